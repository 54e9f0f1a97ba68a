import type { NearbyPlace, Place } from '../../domain/gazetteer.ts';
import type { Fact } from '../../domain/story.ts';
import { geoNamesDataSource, geoNamesSource } from '../sources.ts';
import { formatNumber, heightWords } from '../wording.ts';
import { inBothUnits, wayTo } from './place-words.ts';
import type { Scene } from './scene.ts';

/** Nearer than this a neighbor is part of the same town, as a listener sees it. */
const neighborFromKm = 3;

/** Two neighbors in different directions, or none. */
export function chooseNeighbors({ here, around, point }: Scene): readonly NearbyPlace[] {
  const others = around
    .filter(({ place, distanceKm }) => place.id !== here.id && distanceKm > neighborFromKm)
    .filter(({ place }) => place.name !== here.name);
  const [first] = others;
  if (first === undefined) {
    return [];
  }
  const direction = (place: Place): string => wayTo(point, place).direction;
  const second = others.find(
    ({ place }) => direction(place) !== direction(first.place) && place.name !== first.place.name,
  );
  return second === undefined ? [] : [first, second];
}

/** Where the two neighbors lie. */
export function neighborFact({ point }: Scene, neighbors: readonly NearbyPlace[]): Fact[] {
  const [first, second] = neighbors.map(({ place }) => place);
  if (first === undefined || second === undefined) {
    return [];
  }
  const firstWay = wayTo(point, first);
  const secondWay = wayTo(point, second);
  const firstDistance = inBothUnits(firstWay.distanceMetric, firstWay.distanceImperial);
  const secondDistance = inBothUnits(secondWay.distanceMetric, secondWay.distanceImperial);
  return [
    {
      id: 'neighbors',
      kind: 'neighbors',
      text: `As the crow flies, ${first.name} is ${firstDistance} to the ${firstWay.direction} and ${second.name} ${secondDistance} to the ${secondWay.direction}.`,
      source: `${geoNamesSource(first.id)}; ${geoNamesSource(second.id)}`,
      values: {
        first: first.name,
        firstDistanceMetric: firstWay.distanceMetric,
        firstDistanceImperial: firstWay.distanceImperial,
        firstDirection: firstWay.direction,
        second: second.name,
        secondDistanceMetric: secondWay.distanceMetric,
        secondDistanceImperial: secondWay.distanceImperial,
        secondDirection: secondWay.direction,
      },
    },
  ];
}

/** Differences in height below this are no more than a hill. */
const reliefFromMeters = 150;

/** Further away than this a difference in height is not seen. */
const reliefWithinKm = 60;

/** The neighbor whose height differs most. */
export function reliefFact({ here, around, point }: Scene, named: Set<number>): Fact[] {
  const difference = (place: Place): number =>
    (place.elevationMeters ?? Number.NaN) - (here.elevationMeters ?? Number.NaN);
  const candidates = around.filter(
    ({ place }) => !named.has(place.id) && Math.abs(difference(place)) >= reliefFromMeters,
  );
  const [steepest] = candidates.toSorted(
    (first, second) => Math.abs(difference(second.place)) - Math.abs(difference(first.place)),
  );
  if (steepest === undefined || steepest.distanceKm > reliefWithinKm) {
    return [];
  }
  const other = steepest.place;
  const height = heightWords(difference(other));
  const change = difference(other) > 0 ? 'higher' : 'lower';
  const way = wayTo(point, other);
  const measured = inBothUnits(height.heightMetric, height.heightImperial);
  return [
    {
      id: 'relief',
      kind: 'relief',
      text: `${other.name}, to the ${way.direction}, lies ${measured} ${change} than ${here.name}.`,
      source: geoNamesSource(other.id),
      values: { place: here.name, other: other.name, change, ...height, ...way },
    },
  ];
}

/** How many places are listed nearby; each kind of traveller gets a circle in round units. */
export function densityFact({ gazetteer, point, relation }: Scene): Fact[] {
  if (relation === 'remote') {
    return [];
  }
  const countMetric = gazetteer.countWithin(point, 50);
  const countImperial = gazetteer.countWithin(point, 30 * 1.609344);
  if (countImperial < 2) {
    return [];
  }
  const density = countImperial < 12 ? 'sparse' : 'dense';
  return [
    {
      id: 'density',
      kind: 'density',
      text: `The gazetteer lists ${countMetric} places within 50 kilometers and ${countImperial} within 30 miles.`,
      source: geoNamesDataSource,
      values: {
        countMetric: formatNumber(countMetric),
        countImperial: formatNumber(countImperial),
        radiusMetric: '50 kilometers',
        radiusImperial: '30 miles',
        density,
      },
    },
  ];
}
