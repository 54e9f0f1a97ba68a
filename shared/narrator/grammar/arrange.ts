import { pickOne, type Random } from '../seeded-random.ts';
import type { Candidate } from './candidates.ts';
import { asSentence } from './fill.ts';
import { interestLines } from './openings.ts';
import type { Part } from './phrase.ts';
import { type Topic, topicNames } from './topics.ts';

/** A finished sentence with the ids of the facts it states. */
export interface ToldSentence {
  readonly text: string;
  readonly facts: readonly string[];
}

export interface Arrangement {
  readonly opening: readonly ToldSentence[];
  readonly chosen: readonly Candidate[];
  readonly turn: readonly ToldSentence[];
  readonly closing: readonly ToldSentence[];
  readonly wanted: ReadonlySet<Topic>;
  readonly place: string;
  readonly randomFor: (purpose: string) => Random;
}

const parts: readonly Part[] = ['here', 'past', 'around', 'sky'];

/** A paragraph of fewer sentences joins its neighbor. */
const leastSentences = 2;

/** Two to four paragraphs: the place, its past, the surroundings, the sky; opening first and closing last. */
export function arrange(arrangement: Arrangement): ToldSentence[][] {
  const { opening, chosen, turn, closing } = arrangement;
  const ordered = chosen.toSorted((first, second) => first.order - second.order);
  const interest = interestLine(arrangement, ordered);
  const byPart = parts.map((part) => {
    const candidates = ordered.filter((candidate) => candidate.part === part);
    return candidates.flatMap((candidate) => [
      ...(candidate === interest.before ? interest.line : []),
      ...unfinished(candidate),
    ]);
  });
  const [here = [], past = [], around = [], sky = []] = byPart;
  const groups = [
    [...opening.map(finished), ...here],
    past,
    around.length > 0 ? [...turn.map(finished), ...around] : [],
    [...sky, ...closing.map(finished)],
  ];
  return joinShort(groups).map((group) => finish(group, arrangement.place));
}

/** A sentence that may still hold `{subject}`. */
interface Unfinished extends ToldSentence {
  readonly aboutPlace: boolean;
}

function finished(sentence: ToldSentence): Unfinished {
  return { ...sentence, aboutPlace: false };
}

function unfinished(candidate: Candidate): Unfinished[] {
  return candidate.sentences.map(({ template, fact, aboutPlace }) => ({
    text: template,
    facts: [fact.id],
    aboutPlace,
  }));
}

/** Names an interest just before the weightiest thing that serves it. */
function interestLine(
  { wanted, randomFor }: Arrangement,
  ordered: readonly Candidate[],
): { before: Candidate | undefined; line: Unfinished[] } {
  const serving = ordered.filter(({ part, topics }) => part !== 'here' && topics.some((topic) => wanted.has(topic)));
  const [before] = serving.toSorted((first, second) => second.weight - first.weight);
  const interest = before?.topics.find((topic) => wanted.has(topic));
  const template = pickOne(interestLines, randomFor('interest'));
  const text = interest === undefined ? undefined : template?.replace('{interest}', topicNames[interest] ?? interest);
  return { before, line: text === undefined ? [] : [{ text, facts: [], aboutPlace: false }] };
}

function joinShort(groups: readonly (readonly Unfinished[])[]): Unfinished[][] {
  const joined: Unfinished[][] = [];
  for (const group of groups.filter((candidate) => candidate.length > 0)) {
    const previous = joined.at(-1);
    const isLast = group === groups.at(-1);
    const fits = previous !== undefined && (previous.length < leastSentences || group.length < leastSentences);
    if (fits && !(isLast && joined.length === 1)) {
      previous.push(...group);
    } else {
      joined.push([...group]);
    }
  }
  return joined;
}

/** Says "it" where the sentence before was about the place, and its name otherwise. */
function finish(group: readonly Unfinished[], place: string): ToldSentence[] {
  return group.map(({ text, facts }, index) => {
    const subject = group[index - 1]?.aboutPlace === true ? 'it' : place;
    return { text: asSentence(endOnce(text.replaceAll('{subject}', subject))), facts };
  });
}

/** A sentence that ends in "p.m." needs no second full stop. */
function endOnce(text: string): string {
  return text.replace(/\.\.$/, '.');
}
