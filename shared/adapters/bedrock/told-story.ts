import type { Fact, Story } from '../../domain/story.ts';
import { creditsFor } from '../../narrator/sources.ts';
import { sentencesOf } from '../../speech/sentences.ts';
import type { StoryText } from './story-answer.ts';

/**
 * A model's text as a story: its sentences, each with the ids of the facts whose telltale name or number stands in it (a fact told
 * in other words is missed), and the credits due.
 */
export function toldStory({ title, content }: StoryText, facts: readonly Fact[]): Story {
  const sentences = sentencesOf(content)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '');
  const tales = telltales(facts);
  return {
    title,
    content,
    sentences: sentences.map((text) => ({
      text,
      facts: tales.filter(({ values }) => values.some((value) => holds(text, value))).map(({ id }) => id),
    })),
    facts,
    words: content.split(/\s+/u).filter((word) => word !== '').length,
    credits: creditsFor(facts),
  };
}

/** The values by which a fact is told from the others: a name or a number that no other fact has. */
interface Telltale {
  readonly id: string;
  readonly values: readonly string[];
}

function telltales(facts: readonly Fact[]): readonly Telltale[] {
  const written = facts.map((fact) => new Set(Object.values(fact.values).flatMap(writtenForms).filter(isTelling)));
  return facts.map((fact, index) => {
    const others = written.filter((_, other) => other !== index);
    return {
      id: fact.id,
      values: [...(written[index] ?? [])].filter((value) => others.every((set) => !set.has(value))),
    };
  });
}

function writtenForms(value: string | number): readonly string[] {
  return typeof value === 'string' ? [value] : [String(value), value.toLocaleString('en-US')];
}

/** Names and numbers of three characters and more; `small` or `8` stands in many a sentence by chance. */
function isTelling(value: string): boolean {
  return value.length >= 3 && /[\p{Lu}\d]/u.test(value);
}

/** Whether the words stand in the sentence on their own: 912 is not in 1,912, nor in 912,000. */
function holds(sentence: string, words: string): boolean {
  for (let at = sentence.indexOf(words); at !== -1; at = sentence.indexOf(words, at + 1)) {
    const before = sentence.slice(0, at);
    const after = sentence.slice(at + words.length);
    if (!/[\p{L}\p{N}]$|\d[.,]$/u.test(before) && !/^[\p{L}\p{N}]|^[.,]\d/u.test(after)) return true;
  }
  return false;
}
