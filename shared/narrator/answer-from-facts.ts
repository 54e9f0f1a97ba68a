import type { Answer } from '../domain/answer.ts';
import type { Fact } from '../domain/story.ts';
import { creditsFor } from './sources.ts';

const mostFacts = 4;

/**
 * An answer without a model: the facts that share the most words with the question, in the facts' own words and order; the first ones when none
 * shares any. The question chooses and is never repeated, so whatever stands in it does nothing else.
 */
export function answerFromFacts(message: string, facts: readonly Fact[], opening: string): Answer {
  if (facts.length === 0)
    return { text: nothingKnown, sentences: [{ text: nothingKnown, facts: [] }], facts: [], credits: [] };
  const chosen = factsAbout(message, facts);
  const sentences = [
    { text: opening, facts: [] },
    ...chosen.map(({ id, text }) => ({ text: asSpoken(text), facts: [id] })),
  ];
  const text = sentences.map((sentence) => sentence.text).join(' ');
  return { text, sentences, facts: chosen, credits: creditsFor(chosen) };
}

const nothingKnown = 'I cannot answer this: nothing is known of the place. Send your location with the question.';

function factsAbout(message: string, facts: readonly Fact[]): readonly Fact[] {
  const asked = new Set(wordsOf(message));
  const ranked = facts
    .map((fact, order) => ({ fact, order, shared: sharedWords(fact, asked) }))
    .filter(({ shared }) => shared > 0)
    .toSorted((first, second) => second.shared - first.shared || first.order - second.order);
  const best = ranked.slice(0, mostFacts).toSorted((first, second) => first.order - second.order);
  return best.length > 0 ? best.map(({ fact }) => fact) : facts.slice(0, mostFacts);
}

function sharedWords({ kind, text }: Fact, asked: ReadonlySet<string>): number {
  return new Set(wordsOf(`${kind} ${text}`).filter((word) => asked.has(word))).size;
}

/** Words that tell questions apart, without their endings: "people", "named" and "names" are "people", "name" and "name". */
function wordsOf(text: string): readonly string[] {
  const words = text.toLowerCase().match(/\p{L}{3,}/gu) ?? [];
  return words.filter((word) => !empty.has(word)).map((word) => word.replace(/(?:ed|es|s|d)$/u, ''));
}

const empty: ReadonlySet<string> = new Set(
  'about and any are can does for from has have here how its that the there they this was what when where which who why will with you your'.split(
    ' ',
  ),
);

/** The facts speak of the traveller to somebody else. */
function asSpoken(text: string): string {
  const spoken = text.replace('the traveler is', 'you are');
  return /[.!?]$/.test(spoken) ? spoken : `${spoken}.`;
}
