import type { Story } from '../../domain/story.ts';
import { sentencesOf } from '../../speech/sentences.ts';

/** A text as it is read, and its sentences, each with the ids of the facts that the model says it states. */
export interface AttributedText {
  readonly content: string;
  readonly sentences: Story['sentences'];
}

/** `[population, county]` after a sentence, with the space before it. */
const tag = /[ \t]*\[(?<ids>[\w.:-]*(?:\s*,\s*[\w.:-]+)*)\]/gu;

/** Takes the tags out of a text and gives each to the sentence before it; a sentence without one states no fact. */
export function readAttributed(tagged: string): AttributedText {
  const sentences: { text: string; facts: readonly string[] }[] = [];
  let content = '';
  let from = 0;
  const take = (text: string, facts: readonly string[]) => {
    content += text;
    const read = sentencesOf(text)
      .map((sentence) => sentence.trim())
      .filter((sentence) => sentence !== '');
    sentences.push(
      ...read.map((sentence, index) => ({ text: sentence, facts: index === read.length - 1 ? facts : [] })),
    );
  };
  for (const found of tagged.matchAll(tag)) {
    take(tagged.slice(from, found.index), idsOf(found.groups?.ids ?? ''));
    from = found.index + found[0].length;
  }
  take(tagged.slice(from), []);
  return { content: content.trim(), sentences };
}

function idsOf(list: string): readonly string[] {
  return list
    .split(',')
    .map((id) => id.trim())
    .filter((id) => id !== '');
}
