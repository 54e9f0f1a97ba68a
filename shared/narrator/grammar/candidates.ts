import type { Fact } from '../../domain/story.ts';
import { pickOne, type Random } from '../seeded-random.ts';
import { aroundPhrases } from './around-phrases.ts';
import { fill, type Units } from './fill.ts';
import { pastPhrases } from './past-phrases.ts';
import type { Part, Phrase } from './phrase.ts';
import { placePhrases } from './place-phrases.ts';
import { skyPhrases } from './sky-phrases.ts';
import { isTopic, type Topic } from './topics.ts';

/** Something a story can tell: one sentence, or a landmark's two or three. */
export interface Candidate {
  readonly sentences: readonly CandidateSentence[];
  readonly part: Part;
  /** Place in the part; equal orders keep the order of the facts. */
  readonly order: number;
  readonly topics: readonly Topic[];
  readonly weight: number;
  /** A text that makes the candidate needless once it was said. */
  readonly unlessSaid: string | undefined;
}

export interface CandidateSentence {
  /** Whole but for `{subject}`. */
  readonly template: string;
  readonly fact: Fact;
  readonly aboutPlace: boolean;
}

const phrases: readonly Phrase[] = [...placePhrases, ...pastPhrases, ...aroundPhrases, ...skyPhrases];

/** Everything that can be said of the facts, each in one of its wordings. */
export function candidatesFor(
  facts: readonly Fact[],
  wanted: ReadonlySet<Topic>,
  units: Units,
  randomFor: (purpose: string) => Random,
): Candidate[] {
  const used = new Set<string>();
  return facts.flatMap((fact) => {
    const order = phrases.findIndex((phrase) => suits(phrase, fact));
    const phrase = phrases[order];
    const template = phrase && chooseTemplate(phrase, fact, units, used, randomFor(fact.id));
    if (phrase === undefined || template === undefined) {
      return [];
    }
    const sentence = { template, fact, aboutPlace: phrase.aboutPlace ?? false };
    const details = chooseDetails(facts, fact, wanted);
    const topics = details.length > 0 ? details.flatMap(topicsOfDetail) : phrase.topics;
    const more = details.map((detail) => ({ template: statementOf(detail, units), fact: detail, aboutPlace: false }));
    const said = phrase.unlessSaid === undefined ? undefined : String(fact.values[phrase.unlessSaid]);
    const { part, weight } = phrase;
    return [{ sentences: [sentence, ...more], part, order, topics, weight, unlessSaid: said }];
  });
}

function suits(phrase: Phrase, fact: Fact): boolean {
  const conditions = Object.entries(phrase.when ?? {});
  return phrase.kind === fact.kind && conditions.every(([name, value]) => fact.values[name] === value);
}

/** A wording not used yet, filled with all but its subject; wordings whose values are missing are passed over. */
function chooseTemplate(
  phrase: Phrase,
  fact: Fact,
  units: Units,
  used: Set<string>,
  random: Random,
): string | undefined {
  const possible = phrase.say.filter((template) => fillAround(template, fact.values, units) !== undefined);
  const fresh = possible.filter((template) => !used.has(template));
  const template = pickOne(fresh.length > 0 ? fresh : possible, random);
  if (template === undefined) {
    return undefined;
  }
  used.add(template);
  return fillAround(template, fact.values, units);
}

/** Leaves `{subject}` for the arrangement, which knows what was said before. */
function fillAround(template: string, values: Fact['values'], units: Units): string | undefined {
  return fill(template.replaceAll('{subject}', '\u0000'), values, units)?.replaceAll('\u0000', '{subject}');
}

/** What is told of a landmark: the facts of the wanted topics, at most two; else the first. */
function chooseDetails(facts: readonly Fact[], fact: Fact, wanted: ReadonlySet<Topic>): readonly Fact[] {
  if (fact.kind !== 'landmark') {
    return [];
  }
  const details = facts.filter(
    (other) => other.kind === 'landmark-detail' && other.values.landmark === fact.values.landmark,
  );
  const asked = details.filter((detail) => topicsOfDetail(detail).some((topic) => wanted.has(topic)));
  return asked.length > 0 ? asked.slice(0, 2) : details.slice(0, 1);
}

function topicsOfDetail(detail: Fact): Topic[] {
  return String(detail.values.topics ?? '')
    .split(' ')
    .filter(isTopic);
}

function statementOf(detail: Fact, units: Units): string {
  return fill('{statement}', detail.values, units) ?? detail.text;
}
