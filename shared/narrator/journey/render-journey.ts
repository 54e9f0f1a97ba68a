import type { JourneyBrief } from '../../domain/narration.ts';
import type { Fact, Story, StoryLength } from '../../domain/story.ts';
import { asSentence, fill } from '../grammar/fill.ts';
import { pickOne, type Random, seededRandom } from '../seeded-random.ts';
import { creditsFor } from '../sources.ts';
import { evenly } from './evenly.ts';
import { type JourneyKind, journeyClosings, journeyPhrases, journeyTitles, landmarkLines } from './journey-phrases.ts';

interface Sentence {
  readonly text: string;
  readonly facts: readonly string[];
}

/** Words aimed at; a narrative is shorter when there is less to say. */
const targetWords: Readonly<Record<StoryLength, number>> = { short: 90, medium: 150, long: 240 };

/** Tells the facts of a journey (`journeyFacts`) as a narrative. The same facts and telling give the same text; it is never empty. */
export function renderJourney(facts: readonly Fact[], telling: JourneyBrief): Story {
  const randomFor = (purpose: string): Random => seededRandom(`${telling.seed}|journey|${purpose}`);
  const say = (kind: JourneyKind) =>
    facts.filter((fact) => fact.kind === kind).flatMap((fact) => sayFact(fact, kind, telling, randomFor(fact.id)));
  const opening = [...say('journey-start'), ...say('journey-way'), ...say('journey-days')];
  const lookBack = [...say('journey-farthest'), ...say('journey-largest'), ...say('journey-regions')];
  const end = [...say('journey-end'), ...say('journey-tally'), ...closing(randomFor('closing'))];
  const left = targetWords[telling.length] - countWords([...opening, ...lookBack, ...end]);
  const groups = [...storyGroups(facts, telling, randomFor), ...say('journey-photos').map((photos) => [photos])];
  const paragraphs = [opening, evenlyWithin(left, groups).flat(), [...lookBack, ...end]];
  return toStory(facts, paragraphs, titleOf(facts, telling, randomFor('title')));
}

function sayFact(fact: Fact, kind: JourneyKind, { units }: JourneyBrief, random: Random): Sentence[] {
  const texts = journeyPhrases[kind].map((template) => fill(template, fact.values, units));
  const whole = texts.filter((text) => text !== undefined);
  const text = pickOne(whole, random);
  return text === undefined ? [] : [{ text: asSentence(text), facts: [fact.id] }];
}

/** For each story its title and the first thing it told. */
function storyGroups(
  facts: readonly Fact[],
  telling: JourneyBrief,
  randomFor: (purpose: string) => Random,
): readonly (readonly Sentence[])[] {
  return facts
    .filter(({ kind }) => kind === 'journey-story')
    .map((story) => {
      const told = facts.find(({ kind, values }) => kind === 'journey-told' && values.story === story.values.story);
      const random = randomFor(story.id);
      return [...sayFact(story, 'journey-story', telling, random), ...(told ? sayTold(told, telling, random) : [])];
    });
}

/** What a story told is told again in its own words. */
function sayTold(fact: Fact, { units }: JourneyBrief, random: Random): Sentence[] {
  const facts = [fact.id];
  const { statement } = fact.values;
  const introduced = fill(pickOne(landmarkLines, random) ?? '', fact.values, units);
  if (introduced === undefined || statement === undefined) return [{ text: ended(fact.text), facts }];
  return [
    { text: introduced, facts },
    { text: ended(asSentence(String(statement))), facts },
  ];
}

/** As many groups as the budget of words holds, evenly from the whole way. */
function evenlyWithin(budget: number, groups: readonly (readonly Sentence[])[]): readonly (readonly Sentence[])[] {
  for (let count = groups.length; count > 1; count--) {
    const chosen = evenly(groups, count);
    if (countWords(chosen.flat()) <= budget) return chosen;
  }
  return groups.slice(0, 1);
}

function closing(random: Random): Sentence[] {
  return [{ text: pickOne(journeyClosings, random) ?? journeyClosings[0], facts: [] }];
}

function titleOf(facts: readonly Fact[], { units }: JourneyBrief, random: Random): string {
  const from = facts.find(({ kind }) => kind === 'journey-start')?.values.place;
  const to = facts.find(({ kind }) => kind === 'journey-end')?.values.place;
  const values = { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
  const titles = from === undefined ? journeyTitles.nowhere : journeyTitles[to === undefined ? 'around' : 'there'];
  return fill(pickOne<string>(titles, random) ?? '', values, units) ?? journeyTitles.nowhere[0];
}

function toStory(facts: readonly Fact[], paragraphs: readonly (readonly Sentence[])[], title: string): Story {
  const content = paragraphs
    .filter((sentences) => sentences.length > 0)
    .map((sentences) => sentences.map(({ text }) => text).join(' '))
    .join('\n\n');
  const sentences = paragraphs.flat();
  return { title, content, sentences, facts, words: countWords(sentences), credits: creditsFor(facts) };
}

function ended(text: string): string {
  return /[.!?]["”]?$/u.test(text) ? text : `${text}.`;
}

function countWords(sentences: readonly Sentence[]): number {
  return sentences.reduce((sum, { text }) => sum + text.split(/\s+/u).length, 0);
}
