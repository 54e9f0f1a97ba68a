import type { JourneyFigures, Stop } from '../../domain/journey.ts';
import type { Fact } from '../../domain/story.ts';
import { countryInProse, inBothUnits, parentOf, regionInProse } from '../facts/place-words.ts';
import { geometrySource, geoNamesSource } from '../sources.ts';
import { distanceWords, formatNumber, listOf, peopleWords } from '../wording.ts';
import { type StoryOfJourney, storyFacts } from './told-facts.ts';

/** A journey as it can be told. */
export interface Journey {
  readonly stops: readonly Stop[];
  readonly figures: JourneyFigures;
  /** Its stories in the order in which they were heard. */
  readonly stories: readonly StoryOfJourney[];
  /** How many photos there are, those on no stop included. */
  readonly photos: number;
}

/** Everything that may be said of the journey: its figures, its stops with photos, and what its stories told. */
export function journeyFacts(journey: Journey): Fact[] {
  const { stops, figures } = journey;
  return [
    ...endFacts(stops),
    ...wayFact(figures),
    ...daysFact(figures),
    tallyFact(journey),
    ...farthestFact(stops, figures),
    ...largestFact(figures),
    ...regionsFact(figures),
    ...stops.flatMap(photosFact),
    ...storyFacts(journey.stories),
  ];
}

const recordSource = 'The travellers’ own jobs: the times and places of their stories and photos';

/** Where it began and, if that is another town, where it ended. */
function endFacts(stops: readonly Stop[]): Fact[] {
  const [first, last] = [stops.at(0), stops.at(-1)];
  const isRound = first?.place?.id === last?.place?.id;
  return [...endFact('journey-start', 'began', first), ...(isRound ? [] : endFact('journey-end', 'ended', last))];
}

function endFact(id: string, verb: string, stop: Stop | undefined): Fact[] {
  if (!stop?.place) return [];
  const { place } = stop;
  const parent = parentOf(place);
  const date = dateWords(stop.localDate);
  const where = parent === undefined ? place.name : `${place.name}, ${parent}`;
  return [
    {
      id,
      kind: id,
      text: `On ${date} the journey ${verb} in ${where}.`,
      source: `${recordSource}; ${geoNamesSource(place.id)}`,
      values: { place: place.name, where, date },
    },
  ];
}

function wayFact({ lengthKm }: JourneyFigures): Fact[] {
  if (lengthKm === 0) return [];
  const length = distanceWords(lengthKm);
  const both = inBothUnits(length.distanceMetric, length.distanceImperial);
  const text = `From stop to stop the journey was ${both} long, as the crow flies.`;
  return [{ id: 'journey-way', kind: 'journey-way', text, source: geometrySource, values: { ...length } }];
}

function daysFact({ days }: JourneyFigures): Fact[] {
  if (days < 2) return [];
  const values = { days: `${formatNumber(days)} days` };
  const text = `The journey took ${values.days}, the first and the last included.`;
  return [{ id: 'journey-days', kind: 'journey-days', text, source: recordSource, values }];
}

function tallyFact({ stories, photos }: Journey): Fact {
  const told = counted(stories.length, 'story', 'stories');
  const taken = photos === 0 ? undefined : counted(photos, 'photo', 'photos');
  const left = listOf([told, ...(taken === undefined ? [] : [taken])]);
  const text = `The travellers have ${left} of the journey.`;
  return { id: 'journey-tally', kind: 'journey-tally', text, source: recordSource, values: { left } };
}

function farthestFact(stops: readonly Stop[], { farthest }: JourneyFigures): Fact[] {
  const place = farthest && stops[farthest.stop]?.place;
  if (!farthest || !place || place.id === stops[0]?.place?.id) return [];
  const way = distanceWords(farthest.distanceKm);
  return [
    {
      id: 'journey-farthest',
      kind: 'journey-farthest',
      text: `${place.name} was the farthest point, ${inBothUnits(way.distanceMetric, way.distanceImperial)} from the start.`,
      source: geometrySource,
      values: { place: place.name, ...way },
    },
  ];
}

/** Only of a journey of several towns is one the largest. */
function largestFact({ largest, places }: JourneyFigures): Fact[] {
  if (!largest || places.length < 2) return [];
  const values = { place: largest.name, people: peopleWords(largest.population) };
  const text = `With about ${values.people}, ${largest.name} was the largest town of the journey.`;
  return [{ id: 'journey-largest', kind: 'journey-largest', text, source: geoNamesSource(largest.id), values }];
}

function regionsFact({ places }: JourneyFigures): Fact[] {
  const countries = [...new Set(places.map(({ country }) => countryInProse(country)))];
  const regions = [...new Set(places.map((place) => regionInProse(place)).filter((name) => name !== undefined))];
  const names = countries.length > 1 ? countries : regions;
  if (names.length < 2) return [];
  const values = { regions: listOf(names) };
  const source = places.map(({ id }) => geoNamesSource(id)).join('; ');
  return [
    { id: 'journey-regions', kind: 'journey-regions', text: `Its stops lay in ${values.regions}.`, source, values },
  ];
}

function photosFact({ place, moments }: Stop, stop: number): Fact[] {
  const photos = moments.filter(({ kind }) => kind === 'photo').length;
  if (photos === 0 || !place) return [];
  const taken = `${counted(photos, 'photo', 'photos')} ${photos === 1 ? 'was' : 'were'} taken`;
  const values = { place: place.name, taken, stop };
  const source = `${recordSource}; ${geoNamesSource(place.id)}`;
  return [{ id: `photos-${stop + 1}`, kind: 'journey-photos', text: `In ${place.name}, ${taken}.`, source, values }];
}

/** "1 photo", "3 photos". */
function counted(count: number, singular: string, plural: string): string {
  return `${formatNumber(count)} ${count === 1 ? singular : plural}`;
}

const dateFormat = new Intl.DateTimeFormat('en-US', { timeZone: 'UTC', month: 'long', day: 'numeric' });

/** "July 4". */
function dateWords(localDate: string): string {
  return dateFormat.format(new Date(localDate));
}
