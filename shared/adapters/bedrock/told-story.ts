import type { Fact, Story } from '../../domain/story.ts';
import { creditsFor } from '../../narrator/sources.ts';
import type { StoryText } from './story-answer.ts';

/** A model's answer as a story: each sentence keeps the facts that the model says it states, if they are among those it was given. */
export function toldStory({ title, content, sentences }: StoryText, facts: readonly Fact[]): Story {
  const known = new Set(facts.map(({ id }) => id));
  return {
    title,
    content,
    sentences: sentences.map(({ text, facts: ids }) => ({ text, facts: ids.filter((id) => known.has(id)) })),
    facts,
    words: content.split(/\s+/u).filter((word) => word !== '').length,
    credits: creditsFor(facts),
  };
}
