import * as z from 'zod';
import { answerFromFacts } from '../../../../shared/narrator/answer-from-facts.ts';
import { fact, readBlock, tellJourney, tellStory } from './tell-story.ts';

/** What the stand-in's model answers: what the prompt's own facts say to its question, or else a story, or a look back at a journey, told of them. */
export function answerPrompt(prompt: string): string {
  const asked = question.safeParse(readBlock(prompt, 'question'));
  const known = facts.safeParse(readBlock(prompt, 'facts'));
  if (!asked.success || !known.success) return tellJourney(prompt) ?? tellStory(prompt);
  const { sentences } = answerFromFacts(asked.data.message, known.data, 'This is what I know about it.');
  return sentences.map(({ text, facts: ids }) => `${text} [${ids.join(', ')}]`).join(' ');
}

const question = z.object({ message: z.string() });

const facts = z.array(fact);
