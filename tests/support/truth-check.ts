import type { Fact, Story } from '../../shared/domain/story.ts';
import { aroundPhrases } from '../../shared/narrator/grammar/around-phrases.ts';
import { bareOpenings, interestLines, openings } from '../../shared/narrator/grammar/openings.ts';
import { pastPhrases } from '../../shared/narrator/grammar/past-phrases.ts';
import { placePhrases } from '../../shared/narrator/grammar/place-phrases.ts';
import { skyPhrases } from '../../shared/narrator/grammar/sky-phrases.ts';
import { awayClosings, plainTheme, themes } from '../../shared/narrator/grammar/themes.ts';
import {
  journeyClosings,
  journeyPhrases,
  journeyTitles,
  landmarkLines,
} from '../../shared/narrator/journey/journey-phrases.ts';

/** Every template of the grammar. */
export const allTemplates: readonly string[] = [
  ...[placePhrases, pastPhrases, aroundPhrases, skyPhrases].flat().flatMap(({ say }) => say),
  ...Object.values(openings).flat(),
  ...Object.values(bareOpenings).flat(),
  ...[plainTheme, ...themes].flatMap((theme) => [
    ...theme.titles,
    ...theme.openings,
    ...theme.turns,
    ...theme.closings,
  ]),
  ...awayClosings,
  ...interestLines,
  ...Object.values(journeyPhrases).flat(),
  ...Object.values(journeyTitles).flat(),
  ...landmarkLines,
  ...journeyClosings,
];

/** Words that a sentence may begin with although they are in no fact: the first words of templates. */
const openingWords = new Set(allTemplates.map((template) => (/^[\p{L}]+/u.exec(template)?.[0] ?? '').toLowerCase()));
openingWords.add('it');
openingWords.add('its');
openingWords.add('they');

const numberWord =
  /^(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|hundreds?|thousands?|millions?|billions?|dozens?)$/;

/** The numbers and proper names of a sentence that no fact of it holds. Empty for a sentence that keeps to its facts. */
export function unsupportedTerms(sentence: string, facts: readonly Pick<Fact, 'text' | 'values'>[]): string[] {
  const ground = facts.flatMap((fact) => [fact.text, ...Object.values(fact.values).map(String)]).join('\n');
  const digits = digitNumbers(sentence).filter((number) => !holds(ground, number));
  const spelled = spelledNumbers(sentence).filter((number) => !holds(ground.toLowerCase(), number));
  return [...digits, ...spelled, ...unsupportedNames(sentence, ground)];
}

/** All unsupported terms of a story: sentence by sentence, and its title against all its facts. */
export function untruths(story: Story): string[] {
  const byId = new Map(story.facts.map((fact) => [fact.id, fact]));
  const ofSentences = story.sentences.flatMap(({ text, facts }) => {
    const ground = facts.flatMap((id) => byId.get(id) ?? []);
    const missing = facts.filter((id) => !byId.has(id)).map((id) => `fact ${id}`);
    return [...missing, ...unsupportedTerms(text, ground).map((term) => `${term} in: ${text}`)];
  });
  return [
    ...ofSentences,
    ...unsupportedTerms(story.title, story.facts).map((term) => `${term} in title: ${story.title}`),
  ];
}

/** "1,250", "8:13", "47th", "6.6": digits with what belongs to them. */
function digitNumbers(sentence: string): string[] {
  return sentence.match(/\d(?:[\d,.:]*\d)?\p{L}*/gu) ?? [];
}

function spelledNumbers(sentence: string): string[] {
  return words(sentence)
    .map((word) => word.toLowerCase())
    .filter((word) => numberWord.test(word));
}

/** Runs of capitalised words, such as "Santa Fe", that the ground does not hold as they are. */
function unsupportedNames(sentence: string, ground: string): string[] {
  const runs =
    sentence.match(/(?<![\p{L}\p{N}])\p{Lu}[\p{L}\p{M}\p{N}’'‘ʻ-]*(?:[ .]+\p{Lu}[\p{L}\p{M}\p{N}’'‘ʻ-]*)*/gu) ?? [];
  return runs.filter((run) => {
    const isFirst = sentence.startsWith(run);
    return !holds(ground, run) && !(isFirst && holdsAfterFirstWord(ground, run));
  });
}

/** A sentence begins with a capital letter: its first word may be an ordinary one, or a name that is written small. */
function holdsAfterFirstWord(ground: string, run: string): boolean {
  const [first = '', ...rest] = run.split(' ');
  const isOrdinary =
    openingWords.has(first.toLowerCase()) || holds(ground, first.charAt(0).toLowerCase() + first.slice(1));
  return isOrdinary && (rest.length === 0 || holds(ground, rest.join(' ')));
}

function holds(ground: string, term: string): boolean {
  const escaped = term.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?<![\\p{L}\\p{N}]|\\d[.,:])${escaped}(?![\\p{L}\\p{N}]|[.,:]\\d)`, 'u').test(ground);
}

function words(sentence: string): string[] {
  return sentence.match(/[\p{L}]+/gu) ?? [];
}
