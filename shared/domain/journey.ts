import type { Place } from './gazetteer.ts';
import { distanceKm, type Point } from './geodesy.ts';

/** When something of the journey happened. */
export interface JourneyTime {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** By the calendar of the place, `YYYY-MM-DD`. */
  readonly localDate: string;
}

/** A story or a photo, where and when. */
export interface Moment extends JourneyTime {
  readonly kind: 'story' | 'photo';
  readonly jobId: string;
  readonly point: Point;
  /** The town near it, if there is one. */
  readonly place: Place | undefined;
}

/** Moments one after another that belong to one town; point and time are those of the first. */
export interface Stop extends JourneyTime {
  readonly point: Point;
  readonly place: Place | undefined;
  readonly moments: readonly Moment[];
  /** From the stop before, as the crow flies; 0 for the first. */
  readonly legKm: number;
}

/** What can be computed of a journey. Distances are kilometres as the crow flies. */
export interface JourneyFigures {
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly endedAt: number;
  /** Calendar days by the clocks of the places, first and last included. */
  readonly days: number;
  readonly lengthKm: number;
  /** Different towns, in the order of the first visit. */
  readonly places: readonly Place[];
  /** Number of the stop at the end of the longest leg, from 0. */
  readonly longestLeg: number | undefined;
  /** Number of the stop farthest from the first, from 0, if any is away from it. */
  readonly farthest: { readonly stop: number; readonly distanceKm: number } | undefined;
  /** The town with the most people, if any number is known. */
  readonly largest: Place | undefined;
}

/** The moments in the order of their times, those of one town together as long as no other comes between. */
export function stopsOf(moments: readonly Moment[]): readonly Stop[] {
  const stops: Stop[] = [];
  for (const moment of moments.toSorted(byTime)) {
    const last = stops.at(-1);
    if (last && isSamePlace(last, moment)) {
      stops[stops.length - 1] = { ...last, moments: [...last.moments, moment] };
    } else {
      const { point, place, at, localDate } = moment;
      stops.push({ point, place, at, localDate, moments: [moment], legKm: last ? distanceKm(last.point, point) : 0 });
    }
  }
  return stops;
}

/** The figures of a journey of these stops; `others` are times of moments that are on no stop. Undefined when nothing has a time. */
export function journeyFigures(
  stops: readonly Stop[],
  others: readonly JourneyTime[] = [],
): JourneyFigures | undefined {
  const times = [...stops.flatMap(({ moments }) => moments), ...others];
  if (times.length === 0) return undefined;
  const instants = times.map(({ at }) => at);
  const places = placesOf(stops);
  return {
    startedAt: Math.min(...instants),
    endedAt: Math.max(...instants),
    days: daysOf(times.map(({ localDate }) => localDate)),
    lengthKm: stops.reduce((sum, { legKm }) => sum + legKm, 0),
    places,
    longestLeg: longestLegOf(stops),
    farthest: farthestOf(stops),
    largest: mostBy(places, ({ population }) => population)?.item,
  };
}

/** At one instant the order of the ids decides, so that it is always the same. */
function byTime(first: Moment, second: Moment): number {
  return first.at - second.at || (first.jobId < second.jobId ? -1 : 1);
}

function isSamePlace({ place, point }: Stop, moment: Moment): boolean {
  if (place || moment.place) return place?.id === moment.place?.id;
  return point.latitude === moment.point.latitude && point.longitude === moment.point.longitude;
}

function placesOf(stops: readonly Stop[]): readonly Place[] {
  const byId = new Map<number, Place>();
  for (const { place } of stops) if (place && !byId.has(place.id)) byId.set(place.id, place);
  return [...byId.values()];
}

/** Dates as `YYYY-MM-DD` compare as texts do. */
function daysOf(dates: readonly string[]): number {
  const sorted = dates.toSorted();
  const [first = '', last = ''] = [sorted.at(0), sorted.at(-1)];
  return 1 + Math.round((Date.parse(last) - Date.parse(first)) / 86_400_000);
}

function longestLegOf(stops: readonly Stop[]): number | undefined {
  return mostBy(stops, ({ legKm }) => legKm)?.index;
}

function farthestOf(stops: readonly Stop[]): JourneyFigures['farthest'] {
  const [start] = stops;
  if (!start) return undefined;
  const most = mostBy(stops, ({ point }) => distanceKm(start.point, point));
  return most && { stop: most.index, distanceKm: most.amount };
}

/** The first item of the largest amount, unless that is 0. */
function mostBy<Item>(
  items: readonly Item[],
  amountOf: (item: Item) => number,
): { readonly item: Item; readonly index: number; readonly amount: number } | undefined {
  let most: { item: Item; index: number; amount: number } | undefined;
  for (const [index, item] of items.entries()) {
    const amount = amountOf(item);
    if (amount > (most?.amount ?? 0)) most = { item, index, amount };
  }
  return most;
}
