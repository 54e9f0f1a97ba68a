import { editDistance } from '../../../shared/adapters/gazetteer/edit-distance.ts';
import { nameKey } from '../../../shared/adapters/gazetteer/name-key.ts';
import type { GeoNamesRecord } from './read-places.ts';

/** Countries whose places have former names and nicknames in English among their alternates. */
const englishSpeaking = new Set(['US', 'CA', 'GB', 'AU', 'NZ', 'IE']);
const mostNames = 3;
const titleCaseWords = /^[A-Z][a-z]{2,}( [A-Z][a-z]{2,})+$/;

/** Above this likeness an alternate is a spelling of the name, not another name. */
const spellingLikeness = 0.45;

/**
 * Real other names such as "Six Shooter Siding", kept apart from the transliterations ("Loun Pajn") they are mixed with:
 * several words in title case, each a word of the vocabulary, unlike the place's own name.
 */
export function otherNamesOf(record: GeoNamesRecord, vocabulary: ReadonlySet<string>): string[] {
  if (!englishSpeaking.has(record.countryCode)) {
    return [];
  }
  const ownWords = new Set(words(record.name).filter((word) => word.length > 3));
  return record.alternateNames
    .filter((name) => titleCaseWords.test(name))
    .filter((name) => words(name).every((word) => vocabulary.has(word) && !ownWords.has(word)))
    .filter((name) => likeness(name, record.name) < spellingLikeness)
    .filter((name, index, names) => names.findIndex((other) => bare(other) === bare(name)) === index)
    .slice(0, mostNames);
}

/** "The Windy City" is no other name than "Windy City". */
function bare(name: string): string {
  return name.replace(/^The /, '');
}

/** English words and the words of American place names. */
export function placeNameVocabulary(englishWords: readonly string[], records: readonly GeoNamesRecord[]): Set<string> {
  const american = records.filter((record) => record.countryCode === 'US');
  return new Set([...englishWords, ...american.flatMap((record) => words(record.name))]);
}

function words(name: string): string[] {
  return nameKey(name).split(' ');
}

/** 1 for equal names, 0 for names without a letter in common. */
function likeness(first: string, second: string): number {
  const left = nameKey(first).replaceAll(' ', '');
  const right = nameKey(second).replaceAll(' ', '');
  return 1 - editDistance(left, right) / Math.max(left.length, right.length, 1);
}
