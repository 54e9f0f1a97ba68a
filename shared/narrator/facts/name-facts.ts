import type { Fact } from '../../domain/story.ts';
import { meaningOf } from '../name-meanings.ts';
import type { Scene } from './scene.ts';

/** What the place's name means in the language it is made of. */
export function nameFacts({ here }: Scene): Fact[] {
  const meaning = meaningOf(here.name, here.countryCode);
  if (meaning === undefined) {
    return [];
  }
  return [
    {
      id: 'name-meaning',
      kind: 'name-meaning',
      text: `In ${meaning.language}, ${meaning.words} means "${meaning.meaning}".`,
      source: meaning.source,
      values: { place: here.name, words: meaning.words, language: meaning.language, meaning: meaning.meaning },
    },
  ];
}
