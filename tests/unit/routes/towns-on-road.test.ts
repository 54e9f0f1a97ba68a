import { describe, expect, it } from 'vitest';
import type { Town } from '../../../shared/domain/gazetteer.ts';
import { distanceKm, kmPerDegree, type Point } from '../../../shared/domain/geodesy.ts';
import { type RoadPoint, roadOver } from '../../../shared/domain/routes/road.ts';
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

  it('that is a point takes the place of its line, with nothing behind it', () => {
    expect(roadOver([{ line: [west], lengthKm: 0, durationSeconds: 0 }])).toEqual([
      { ...west, alongKm: 0, arrivalSeconds: 0 },
    ]);
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

  it('are in the order of the road, whatever order the gazetteer names them in', () => {
    const [first, second, third] = [0.1, 0.2, 0.25].map((east) => town(`At ${east}`, 40.01, -110 + east));
    if (!first || !second || !third) throw new Error('three towns are needed');
    expect(namesOf(on(second, third, first).towns)).toEqual(['Origin', 'At 0.1', 'At 0.2', 'At 0.25', 'Destination']);
  });

  it('are reached part of the way from one of its points to the next, as far as they lie between', () => {
    const [from, to] = [town('From', 0, 10), town('To', 0, 10.2)];
    const road = [
      { latitude: 0, longitude: 10, alongKm: 0, arrivalSeconds: 0 },
      { latitude: 0, longitude: 10.1, alongKm: 12, arrivalSeconds: 600 },
      { latitude: 0, longitude: 10.2, alongKm: 24, arrivalSeconds: 1_800 },
    ];
    const towns = [town('Quarter', 0.01, 10.025), town('Last fifth', -0.01, 10.18)];
    const [, quarter, last] = townsOnRoad(mapOf(towns), road, from, to).towns;
    expect(quarter).toMatchObject({ alongKm: expect.closeTo(3, 3), arrivalSeconds: expect.closeTo(150, 1) });
    expect(last).toMatchObject({ alongKm: expect.closeTo(21.6, 3), arrivalSeconds: expect.closeTo(1_560, 1) });
  });

  it('lie within four kilometres of it', () => {
    const kilometres = (north: number) => town(`${north} km off`, 40 + north / kmPerDegree, -109);
    expect(namesOf(on(kilometres(3.9), kilometres(-4.1)).towns)).toEqual(['Origin', '3.9 km off', 'Destination']);
  });

  it('are the one town, when the road leads nowhere', () => {
    expect(townsOnRoad(mapOf([]), [], origin, origin)).toMatchObject({ lengthKm: 0, towns: [{ name: 'Origin' }] });
  });
});

describe('what the towns on a road are asked of the gazetteer by', () => {
  const [from, to] = [town('From', 0, 10), town('To', 0, 11)];

  /** The questions for a road along these points. */
  function asked(road: readonly RoadPoint[]) {
    const questions: {
      readonly from: Point;
      readonly to: Point;
      readonly longestKm: number;
      readonly smallest: number;
    }[] = [];
    const townsBetween = (from: Point, to: Point, longestKm: number, smallest: number) => {
      questions.push({ from, to, longestKm, smallest });
      return [];
    };
    townsOnRoad({ townsBetween }, road, from, to);
    return questions;
  }

  it('is pieces of twenty-five kilometres, each from where the one before ended, to the end of the road', () => {
    const road = Array.from({ length: 71 }, (_, km) => ({
      latitude: 0,
      longitude: 10 + km / kmPerDegree,
      alongKm: km,
      arrivalSeconds: km * 60,
    }));
    const pieces = asked(road).map((one) => [one.from, one.to].map((end) => (end.longitude - 10) * kmPerDegree));
    expect(pieces.map((ends) => ends.map(Math.round))).toEqual([
      [0, 25],
      [25, 50],
      [50, 70],
    ]);
  });

  it('is room for four kilometres on both sides of the farthest bend', () => {
    const bends = [0, 0.05, 0.01, 0].map((latitude, index) => ({
      latitude,
      longitude: 10 + index * 0.03,
      alongKm: index * 6,
      arrivalSeconds: index * 360,
    }));
    const [start, farthest, , end] = bends;
    if (!start || !farthest || !end) throw new Error('four points are needed');
    const [question, ...more] = asked(bends);
    expect(more).toEqual([]);
    expect(question).toMatchObject({ from: start, to: end, smallest: 100 });
    expect(question?.longestKm).toBeCloseTo(distanceKm(start, farthest) + distanceKm(farthest, end) + 8, 9);
  });

  it('is nothing where there is no road', () => {
    expect(asked([])).toEqual([]);
  });

  it('is the place itself where the road is a point', () => {
    const point = { latitude: 0, longitude: 10, alongKm: 0, arrivalSeconds: 0 };
    expect(asked([point])).toEqual([{ from: point, to: point, longestKm: 8, smallest: 100 }]);
  });
});
