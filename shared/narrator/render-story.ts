import type { Fact, Story, StoryBrief, StoryLength } from '../domain/story.ts';
import { arrange, type ToldSentence } from './grammar/arrange.ts';
import { type Candidate, candidatesFor } from './grammar/candidates.ts';
import { asSentence, fill } from './grammar/fill.ts';
import { bareOpenings, openings } from './grammar/openings.ts';
import { awayClosings, type Theme, themeOf } from './grammar/themes.ts';
import { type Topic, topicsOf } from './grammar/topics.ts';
import { pickOne, type Random, seededRandom } from './seeded-random.ts';
import { creditsFor } from './sources.ts';

/** What of a brief shapes the words; where and when are in the facts. */
export type Telling = Pick<StoryBrief, 'interests' | 'theme' | 'length' | 'units' | 'seed'>;

/** Words aimed at; a story is shorter when there is less to say. */
const targetWords: Readonly<Record<StoryLength, number>> = { short: 90, medium: 150, long: 240 };

/** The longest line that names an interest. */
const interestLineWords = 10;

/** How much an interest raises the chance of what it asks for. */
const interestFactor = 3;

/**
 * Tells the facts as a story. Needs nothing else: the facts must hold one of kind `here`, as `collectFacts` gives. The same
 * facts and telling give the same text.
 */
export function renderStory(facts: readonly Fact[], telling: Telling): Story {
  const here = facts.find((fact) => fact.kind === 'here');
  if (here === undefined) {
    throw new Error('A story needs to know where it is: no fact of kind "here".');
  }
  const moment = facts.find((fact) => fact.kind === 'moment');
  const randomFor = (purpose: string): Random => seededRandom(`${telling.seed}|${here.values.place}|${purpose}`);
  const theme = themeOf(telling.theme);
  const wanted = topicsOf(telling.interests);
  const say = (purpose: string, templates: readonly string[]) =>
    sayAbout(here, moment, templates, telling, randomFor(purpose));

  const opening = [...say('theme', theme.openings), ...say('opening', openingsFor(here))];
  const closing = say('closing', isAt(here) ? theme.closings : awayClosings);
  const candidates = candidatesFor(facts, wanted, telling.units, randomFor);
  const turn = telling.length === 'short' ? [] : say('turn', theme.turns);
  const spoken = countWords([...opening, ...turn, ...closing]) + (wanted.size > 0 ? interestLineWords : 0);
  const budget = targetWords[telling.length] - spoken;
  const chosen = chooseWithin(budget, candidates, wanted, opening, String(here.values.place), randomFor('choice'));
  const paragraphs = arrange({ opening, chosen, turn, closing, wanted, place: String(here.values.place), randomFor });
  return toStory(facts, paragraphs, titleOf(theme, here, telling, randomFor('title')));
}

/** One of the templates, said of the place; none if there are no templates. */
function sayAbout(
  here: Fact,
  moment: Fact | undefined,
  templates: readonly string[],
  { units }: Telling,
  random: Random,
): ToldSentence[] {
  const told = templates.flatMap((template) => {
    const text = fill(template, { ...moment?.values, ...here.values }, units);
    const facts = [
      ...(/\{(now|date)\}/.test(template) && moment ? [moment.id] : []),
      ...(/\{/.test(template) ? [here.id] : []),
    ];
    return text === undefined ? [] : [{ text: asSentence(text), facts }];
  });
  return [pickOne(told, random)].filter((sentence) => sentence !== undefined);
}

/** The candidates to tell: by weight, interest and chance, as many as the budget of words holds. */
function chooseWithin(
  budget: number,
  candidates: readonly Candidate[],
  wanted: ReadonlySet<Topic>,
  opening: readonly ToldSentence[],
  place: string,
  random: Random,
): Candidate[] {
  const said = opening.map(({ text }) => text).join(' ');
  const ranked = candidates
    .filter(({ unlessSaid }) => unlessSaid === undefined || !said.includes(unlessSaid))
    .map((candidate) => ({
      candidate,
      rank: candidate.weight * (0.6 + 0.8 * random()) * interestIn(candidate, wanted),
    }))
    .toSorted((first, second) => second.rank - first.rank);
  const chosen: Candidate[] = [];
  let left = budget;
  for (const { candidate } of ranked) {
    const words = countWords(
      candidate.sentences.map(({ template }) => ({ text: template.replace('{subject}', place) })),
    );
    if (words <= left) {
      chosen.push(candidate);
      left -= words;
    }
  }
  return chosen;
}

function interestIn(candidate: Candidate, wanted: ReadonlySet<Topic>): number {
  return candidate.topics.some((topic) => wanted.has(topic)) ? interestFactor : 1;
}

function openingsFor({ values }: Fact): readonly string[] {
  const table = values.parent === undefined ? bareOpenings : openings;
  return table[String(values.relation)] ?? [];
}

/** True where the place is at hand: in it or near it. */
function isAt(here: Fact): boolean {
  return here.values.relation === 'in' || here.values.relation === 'near';
}

function titleOf(theme: Theme, here: Fact, { units }: Telling, random: Random): string {
  const titles = isAt(here) ? theme.titles : ['{distance} from {place}', '{direction} of {place}'];
  return asSentence(fill(pickOne(titles, random) ?? '{place}', here.values, units) ?? String(here.values.place));
}

function toStory(facts: readonly Fact[], paragraphs: readonly (readonly ToldSentence[])[], title: string): Story {
  const sentences = paragraphs.flat();
  const told = new Set(sentences.flatMap((sentence) => sentence.facts));
  const used = facts.filter((fact) => told.has(fact.id));
  const content = paragraphs.map((sentencesOf) => sentencesOf.map(({ text }) => text).join(' ')).join('\n\n');
  return { title, content, sentences, facts: used, words: countWords(sentences), credits: creditsFor(used) };
}

function countWords(sentences: readonly { readonly text: string }[]): number {
  return sentences.reduce((sum, { text }) => sum + text.split(/\s+/).length, 0);
}
