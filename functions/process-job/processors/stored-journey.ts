import type { JourneyStatistics, JourneyStop } from '../../../shared/catalog/schemas/journey.ts';
import type { Place } from '../../../shared/domain/gazetteer.ts';
import type { Stop } from '../../../shared/domain/journey.ts';
import { utcTime } from '../../../shared/domain/utc-time.ts';
import type { Journey } from '../../../shared/narrator/journey/journey-facts.ts';

/** About a metre. */
const POSITION_DIGITS = 5;

/** The stops as a result keeps them. */
export function storedStops(stops: readonly Stop[]): JourneyStop[] {
  return stops.map(({ point, place, at, localDate, legKm, moments }) => ({
    latitude: rounded(point.latitude, POSITION_DIGITS),
    longitude: rounded(point.longitude, POSITION_DIGITS),
    ...(place && { place: storedPlace(place) }),
    at: utcTime(at),
    local_date: localDate,
    km_from_last_stop: rounded(legKm, 1),
    stories: moments.filter(({ kind }) => kind === 'story').map(({ jobId }) => jobId),
    photos: moments.filter(({ kind }) => kind === 'photo').map(({ jobId }) => jobId),
  }));
}

/** The figures as a result keeps them. */
export function storedStatistics({ stops, figures, stories, photos }: Journey): JourneyStatistics {
  const { places, largest } = figures;
  return {
    stories: stories.length,
    photos,
    stops: stops.length,
    places: places.length,
    countries: [...new Set(places.map(({ country }) => country))],
    regions: regionsOf(places),
    started_at: utcTime(figures.startedAt),
    ended_at: utcTime(figures.endedAt),
    days: figures.days,
    distance_km: rounded(figures.lengthKm, 1),
    ...longestLeg(stops, figures.longestLeg),
    ...farthestPoint(stops, figures.farthest),
    ...(largest && { largest_place: storedPlace(largest) }),
  };
}

function longestLeg(stops: readonly Stop[], to_stop: number | undefined): Pick<JourneyStatistics, 'longest_leg'> {
  if (to_stop === undefined) return {};
  return {
    longest_leg: { from_stop: to_stop - 1, to_stop, distance_km: rounded(stops[to_stop]?.legKm ?? 0, 1) },
  };
}

function farthestPoint(
  stops: readonly Stop[],
  farthest: Journey['figures']['farthest'],
): Pick<JourneyStatistics, 'farthest_point'> {
  if (!farthest) return {};
  const { stop, distanceKm } = farthest;
  const place = stops[stop]?.place;
  return {
    farthest_point: { stop, ...(place && { place: storedPlace(place) }), distance_km: rounded(distanceKm, 1) },
  };
}

function regionsOf(places: readonly Place[]): JourneyStatistics['regions'] {
  const byKey = new Map(
    places.flatMap(({ region, country }) =>
      region === undefined ? [] : [[`${country}\n${region}`, { name: region, country }] as const],
    ),
  );
  return [...byKey.values()];
}

function storedPlace({ name, region, country, countryCode, population }: Place) {
  return { name, ...(region !== undefined && { region }), country, country_code: countryCode, population };
}

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
