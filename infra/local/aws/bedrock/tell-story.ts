import * as z from 'zod';
import { renderJourney } from '../../../../shared/narrator/journey/render-journey.ts';
import { renderStory } from '../../../../shared/narrator/render-story.ts';

type Facts = Parameters<typeof renderStory>[0];
type Telling = Parameters<typeof renderStory>[1];

/**
 * What the stand-in's model answers: a story told by the embedded narrator from the facts and the brief that the prompt itself
 * carries, or, when it carries none, a sentence that says so.
 */
export function tellStory(prompt: string): string {
  const facts = factsOfAPlace.safeParse(readBlock(prompt, 'facts'));
  const asked = telling.safeParse(readBlock(prompt, 'brief'));
  if (!facts.success || !asked.success) return NO_FACTS;
  const story = renderStory(facts.data, asked.data);
  return `${story.title}\n\n${attributed(story)}`;
}

/** The story as the prompt asks for it: after each sentence the ids of its facts. */
function attributed({ content, sentences }: ReturnType<typeof renderStory>): string {
  let written = '';
  let from = 0;
  for (const { text, facts: ids } of sentences) {
    const end = content.indexOf(text, from) + text.length;
    written += `${content.slice(from, end)} [${ids.join(', ')}]`;
    from = end;
  }
  return written + content.slice(from);
}

/** The same for a prompt that holds a journey; undefined when it holds none. */
export function tellJourney(prompt: string): string | undefined {
  const facts = factsOfAJourney.safeParse(readBlock(prompt, 'facts'));
  const asked = journey.safeParse(readBlock(prompt, 'journey'));
  if (!facts.success || !asked.success) return undefined;
  const told = renderJourney(facts.data, asked.data);
  return `${told.title}\n\n${attributed(told)}`;
}

const NO_FACTS =
  'This is the local stand-in for a language model. It can only tell stories from a prompt that holds facts, and this one does not.';

/** A fact as prompts hold it. */
export const fact: z.ZodType<Facts[number]> = z.object({
  id: z.string(),
  kind: z.string(),
  text: z.string(),
  source: z.string(),
  values: z.record(z.string(), z.union([z.string(), z.number()])),
});

/** The narrator needs to know where it is. */
const factsOfAPlace = z.array(fact).refine((facts) => facts.some(({ kind }) => kind === 'here'));

const telling: z.ZodType<Telling> = z.object({
  interests: z.array(z.string()),
  theme: z.string().optional(),
  length: z.enum(['short', 'medium', 'long']),
  units: z.enum(['metric', 'imperial']),
  seed: z.string(),
});

const factsOfAJourney = z.array(fact);

const journey: z.ZodType<Parameters<typeof renderJourney>[1]> = z.object({
  length: z.enum(['short', 'medium', 'long']),
  units: z.enum(['metric', 'imperial']),
  seed: z.string(),
});

/** The JSON between `<name>` and `</name>`; undefined when there is no such block or it is not JSON. */
export function readBlock(prompt: string, name: string): unknown {
  const opening = `\n<${name}>\n`;
  const start = `\n${prompt}`.indexOf(opening);
  if (start === -1) return undefined;
  const [json = ''] = `\n${prompt}`.slice(start + opening.length).split(`\n</${name}>`, 1);
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
