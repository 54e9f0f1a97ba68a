import { describe, expect, it } from 'vitest';
import type { Town } from '../../../shared/domain/gazetteer.ts';
import { distanceKm, type Point } from '../../../shared/domain/geodesy.ts';
import { roadOver } from '../../../shared/domain/routes/road.ts';
import { townsOnRoad } from '../../../shared/domain/routes/towns-on-road.ts';

let ids = 0;

function town(name: string, latitude: number, longitude: number, population = 5_000): Town {
  return { id: ++ids, name, latitude, longitude, population, countryCode: 'US' };
}

/** A gazetteer of these towns, as far as a road needs one. */
function mapOf(towns: readonly Town[]) {
  return {
    townsBetween: (from: Point, to: Point, longestKm: number, smallest: number) =>
      towns.filter((one) => one.population >= smallest && distanceKm(from, one) + distanceKm(one, to) <= longestKm),
  };
}

const namesOf = (towns: readonly Town[]) => towns.map(({ name }) => name);

/** Points about a kilometre apart on the straight way through all of the corners. */
function lineThrough(...corners: readonly Point[]): Point[] {
  return corners.flatMap((to, index) => {
    const from = corners[index - 1];
    if (!from) return [to];
    const steps = Math.max(1, Math.round(distanceKm(from, to)));
    return Array.from({ length: steps }, (_, step) => ({
      latitude: from.latitude + ((to.latitude - from.latitude) * (step + 1)) / steps,
      longitude: from.longitude + ((to.longitude - from.longitude) * (step + 1)) / steps,
    }));
  });
}

describe('a road', () => {
  const [west, middle, east] = [
    { latitude: 40, longitude: -110 },
    { latitude: 40, longitude: -109 },
    { latitude: 40, longitude: -108 },
  ];

  it('is as long, and takes as long, as its stretches were measured, not as its line is', () => {
    const road = roadOver([
      { line: lineThrough(west, middle), lengthKm: 100, durationSeconds: 3_600 },
      { line: lineThrough(middle, east), lengthKm: 90, durationSeconds: 7_200 },
    ]);
    expect(road[0]).toMatchObject({ alongKm: 0, arrivalSeconds: 0 });
    expect(road.at(-1)).toMatchObject({ ...east, alongKm: 190, arrivalSeconds: 10_800 });
    const half = road.findLast(({ alongKm }) => alongKm <= 50);
    expect(half?.arrivalSeconds).toBeCloseTo(1_800, -2);
    expect(road.map(({ alongKm }) => alongKm)).toEqual(road.map(({ alongKm }) => alongKm).toSorted((a, b) => a - b));
  });

  it('keeps its ends when a fine line is made coarser', () => {
    const fine = Array.from({ length: 10_001 }, (_, index) => ({ latitude: 40, longitude: -110 + index / 10_000 }));
    const road = roadOver([{ line: fine, lengthKm: 85, durationSeconds: 3_000 }]);
    expect(road.length).toBeLessThan(500);
    expect(road[0]).toMatchObject({ longitude: -110, alongKm: 0 });
    expect(road.at(-1)).toMatchObject({ longitude: -109, alongKm: 85 });
  });
});

describe('the towns on a road', () => {
  const origin = town('Origin', 40, -110);
  const destination = town('Destination', 41, -108);
  const bend = { latitude: 40, longitude: -108 };
  const road = roadOver([{ line: lineThrough(origin, bend, destination), lengthKm: 300, durationSeconds: 12_000 }]);
  const on = (...towns: readonly Town[]) => townsOnRoad(mapOf(towns), road, origin, destination);

  it('are those the road comes near to, in its order, between its ends', () => {
    const route = on(
      town('Late', 40.5, -108.03),
      town('Early', 40.02, -109.5),
      town('Too far off', 40.06, -109),
      town('On the straight way', 40.5, -109),
      town('At the bend', 39.98, -107.99),
    );
    expect(namesOf(route.towns)).toEqual(['Origin', 'Early', 'At the bend', 'Late', 'Destination']);
    expect(route).toMatchObject({ lengthKm: 300, durationSeconds: 12_000, isApproximate: false });
    expect(route.towns.at(-1)).toMatchObject({ alongKm: 300, arrivalSeconds: 12_000 });
  });

  it('are reached when the road is nearest to them', () => {
    const [, quarter] = on(town('Quarter', 40.02, -109.15)).towns;
    expect(quarter?.alongKm).toBeCloseTo(77, 0);
    expect(quarter?.arrivalSeconds).toBeCloseTo((77 / 300) * 12_000, -2);
  });

  it('are no farms, and neither of the ends again', () => {
    expect(namesOf(on(town('Farm', 40, -109, 12), origin, destination).towns)).toEqual(['Origin', 'Destination']);
  });

  it('are each there once, where the road is nearest, when it comes back', () => {
    const there = lineThrough(origin, { latitude: 40, longitude: -109 }, { latitude: 40.03, longitude: -109 });
    const back = lineThrough({ latitude: 40.03, longitude: -109 }, { latitude: 40.03, longitude: -110 });
    const loop = roadOver([{ line: [...there, ...back], lengthKm: 180, durationSeconds: 7_200 }]);
    const { towns } = townsOnRoad(mapOf([town('Twice', 40.025, -109.5)]), loop, origin, destination);
    expect(namesOf(towns)).toEqual(['Origin', 'Twice', 'Destination']);
    expect(towns[1]?.alongKm).toBeGreaterThan(90);
  });

  it('are found across the date line', () => {
    const [from, to] = [town('Taveuni', -16.8, 179.6), town('Lau', -16.8, -179.4)];
    const line = [from, { latitude: -16.8, longitude: -179.9 }, to];
    const across = roadOver([{ line, lengthKm: 107, durationSeconds: 9_000 }]);
    const middle = town('Middle', -16.81, -179.98);
    expect(namesOf(townsOnRoad(mapOf([middle]), across, from, to).towns)).toEqual(['Taveuni', 'Middle', 'Lau']);
  });

  it('are the one town, when the road leads nowhere', () => {
    expect(townsOnRoad(mapOf([]), [], origin, origin)).toMatchObject({ lengthKm: 0, towns: [{ name: 'Origin' }] });
  });
});
