import type { Answer } from '../domain/answer.ts';
import type { Fact } from '../domain/story.ts';
import { creditsFor } from '../narrator/sources.ts';

/** One sentence and the facts it states. */
export interface Said {
  readonly text: string;
  readonly facts: readonly Fact[];
}

/** The sentences as one answer. */
export function answerOf(said: readonly Said[]): Answer {
  const byId = new Map(said.flatMap(({ facts }) => facts).map((fact) => [fact.id, fact]));
  const facts = [...byId.values()];
  return {
    text: said.map(({ text }) => text).join(' '),
    sentences: said.map(({ text, facts: stated }) => ({ text, facts: stated.map(({ id }) => id) })),
    facts,
    credits: creditsFor(facts),
  };
}

/** A traveller who shares no position, or no goal, is told what it takes. */
export const whereUnknown = remark('I do not know where you are: send your location with the question.');
export const goalUnknown = remark('I do not know where you are going: name the place, or send your destination.');

/** A sentence that states nothing about the world. */
export function remark(text: string): Said {
  return { text, facts: [] };
}
