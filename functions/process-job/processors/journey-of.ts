import { farthestPhotoDays, farthestTownOfStopKm } from '../../../shared/catalog/highlights.ts';
import type { StoredImage } from '../../../shared/catalog/schemas/image.ts';
import type { StoredStory } from '../../../shared/catalog/schemas/story.ts';
import { PermanentError } from '../../../shared/domain/errors.ts';
import type { Gazetteer, Place } from '../../../shared/domain/gazetteer.ts';
import type { Point } from '../../../shared/domain/geodesy.ts';
import { type JourneyTime, journeyFigures, type Moment, stopsOf } from '../../../shared/domain/journey.ts';
import type { StoryBrief } from '../../../shared/domain/story.ts';
import { instantOf, localTimeOf } from '../../../shared/domain/zoned-time.ts';
import { findScene } from '../../../shared/narrator/facts/scene.ts';
import { timeZoneAt } from '../../../shared/narrator/facts/sky-facts.ts';
import type { Journey } from '../../../shared/narrator/journey/journey-facts.ts';
import type { StoryOfJourney } from '../../../shared/narrator/journey/told-facts.ts';
import { unitsAt } from '../../../shared/narrator/units-at.ts';
import type { GatheredJourney, GatheredPhoto, GatheredStory } from './gather-journey.ts';

/** Puts what was gathered in the order of the journey and computes its figures; `units` are those of the road signs where it began. */
export function journeyOf(
  { stories, photos }: GatheredJourney,
  gazetteer: Gazetteer,
): { readonly journey: Journey; readonly units: StoryBrief['units'] } {
  const ordered = stories.toSorted(
    (first, second) => first.toldAt - second.toldAt || (first.jobId < second.jobId ? -1 : 1),
  );
  const told = ordered.map((story) => ({ ...story, moment: storyMoment(story, gazetteer) }));
  const dated = photos.flatMap((photo) => datedPhoto(photo, ordered));
  const taken = dated.flatMap((photo) => photoMoment(photo, gazetteer));
  const stops = stopsOf([...told.map(({ moment }) => moment), ...taken]);
  const figures = journeyFigures(stops, dated);
  const [start] = stops;
  if (!figures || !start) throw new PermanentError('journey_empty', 'The journey has no story');
  const journey = { stops, figures, photos: photos.length, stories: told.map(storyOfJourney) };
  return { journey, units: unitsAt(start.point, gazetteer) };
}

function storyMoment({ jobId, toldAt, location }: GatheredStory, gazetteer: Gazetteer): Moment {
  const { latitude, longitude } = location;
  const localDate = localDateAt(toldAt, timeZoneAt(latitude, longitude));
  const place = townAt(location, gazetteer);
  return { kind: 'story', jobId, at: toldAt, localDate, point: { latitude, longitude }, place };
}

function storyOfJourney({ jobId, story, moment }: GatheredStory & { readonly moment: Moment }): StoryOfJourney {
  return { jobId, title: story.title, place: moment.place, stated: statedFacts(story) };
}

function statedFacts({ facts, sentences }: StoredStory): StoredStory['facts'] {
  const stated = new Set(sentences.flatMap((sentence) => sentence.facts));
  return facts.filter(({ id }) => stated.has(id));
}

interface DatedPhoto extends GatheredPhoto, JourneyTime {}

/** Nothing for a photo that does not tell its time, or one that lies far from every story. */
function datedPhoto(photo: GatheredPhoto, stories: readonly GatheredStory[]): DatedPhoto[] {
  const { taken_at } = photo.image;
  const at = taken_at && instantTaken(taken_at);
  if (!taken_at || at === undefined) return [];
  const isNear = stories.some(({ toldAt }) => Math.abs(toldAt - at) <= farthestPhotoDays * 86_400_000);
  return isNear ? [{ ...photo, at, localDate: taken_at.local.slice(0, 'YYYY-MM-DD'.length) }] : [];
}

/** Milliseconds since the epoch; undefined when the camera's clock is all that is known. */
function instantTaken({ local, utc_offset, zone }: NonNullable<StoredImage['taken_at']>): number | undefined {
  const byOffset = utc_offset === undefined ? Number.NaN : Date.parse(`${local}${utc_offset}`);
  if (!Number.isNaN(byOffset)) return byOffset;
  return zone === undefined ? undefined : instantOf(local, zone);
}

function photoMoment({ jobId, at, localDate, image: { place } }: DatedPhoto, gazetteer: Gazetteer): Moment[] {
  if (!place) return [];
  const { latitude, longitude } = place;
  const point = { latitude, longitude };
  return [{ kind: 'photo', jobId, at, localDate, point, place: townAt(point, gazetteer) }];
}

/** The town that a story told there would speak of. */
function townAt(location: Point & { readonly name?: string | undefined }, gazetteer: Gazetteer): Place | undefined {
  const { latitude, longitude, name } = location;
  const scene = findScene(gazetteer, {
    location: { latitude, longitude, ...(name !== undefined && { name }) },
    interests: [],
    length: 'short',
    units: 'metric',
    when: new Date(0),
    seed: '',
  });
  return scene && scene.distanceKm <= farthestTownOfStopKm ? scene.here : undefined;
}

function localDateAt(instant: number, zone: string): string {
  return localTimeOf(instant, zone).slice(0, 'YYYY-MM-DD'.length);
}
