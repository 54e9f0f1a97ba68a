import type { Place } from '../../domain/gazetteer.ts';
import type { Fact } from '../../domain/story.ts';

/** One story of a journey, with the facts it stated, as its record keeps them. */
export interface StoryOfJourney {
  readonly jobId: string;
  readonly title: string;
  /** The town it was told at, if one is near. */
  readonly place: Place | undefined;
  readonly stated: readonly ToldFact[];
}

export type ToldFact = Pick<Fact, 'id' | 'text' | 'source'>;

/** Facts of all stories together that a look back has room for; each story keeps at least one. */
const mostToldFacts = 48;
const mostFactsOfStory = 4;

/** The title of each story, and the best of what it stated; what two stories stated is told once. */
export function storyFacts(stories: readonly StoryOfJourney[]): Fact[] {
  const perStory = Math.min(mostFactsOfStory, Math.max(1, Math.floor(mostToldFacts / Math.max(1, stories.length))));
  const said = new Set<string>();
  return stories.flatMap((story, number) => {
    const fresh = bestFirst(story.stated).filter(({ text }) => !said.has(text));
    const best = fresh.slice(0, perStory);
    for (const { text } of best) said.add(text);
    return [titleFact(story, number), ...best.map((fact) => toldFact(fact, story, number))];
  });
}

/** The facts that mean something after the journey: those of the moment, or of where the traveller was, do not. */
export function bestFirst(facts: readonly ToldFact[]): readonly ToldFact[] {
  return facts.filter(({ id }) => rankOf(id) >= 0).toSorted((first, second) => rankOf(first.id) - rankOf(second.id));
}

/** Kinds of facts by their ids, what is most worth remembering first. */
const worthRemembering: readonly RegExp[] = [
  /^landmark-.+-\d+$/,
  /^name-meaning$/,
  /^statehood$/,
  /^(?:seat|standing)$/,
  /^elevation$/,
  /^population$/,
  /^other-names$/,
];

/** -1 for a fact that is not told again. */
function rankOf(id: string): number {
  return worthRemembering.findIndex((pattern) => pattern.test(id));
}

function titleFact({ jobId, title, place }: StoryOfJourney, number: number): Fact {
  const where = place ? ` in ${place.name}` : '';
  return {
    id: `story-${number + 1}`,
    kind: 'journey-story',
    text: `The story heard${where} was called “${title}”.`,
    source: `The story of job ${jobId}`,
    values: { story: number, title, ...(place && { place: place.name }) },
  };
}

/** A fact of a landmark reads "Golden Gate Bridge: It opened in May 1937." */
function toldFact({ id, text, source }: ToldFact, { place }: StoryOfJourney, number: number): Fact {
  const landmark = /^landmark-/.test(id) ? /^(?<name>[^:]+): (?<statement>.+)$/su.exec(text)?.groups : undefined;
  return {
    id: `story-${number + 1}-${id}`,
    kind: 'journey-told',
    text,
    source,
    values: { story: number, ...(place && { place: place.name }), ...landmark },
  };
}
