import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Town } from '../../../shared/domain/gazetteer.ts';
import { distanceKm, kmPerDegree, type Point } from '../../../shared/domain/geodesy.ts';
import { findRoute } from '../../../shared/domain/routes/find-route.ts';

/** The longest stretches without a town that are tried one after the other, kilometres: each 1.6 times the one before. */
const stretchesKm = [60, 96, 153.6, 245.76];

/** A hop costs more than in proportion, a stop costs, and a town of fewer than ten thousand costs more the smaller it is. */
function costOf(from: Town, to: Town): number {
  const population = Math.min(10_000, Math.max(10, to.population));
  return Math.max(1, distanceKm(from, to)) ** 1.25 + 1.5 + 1.2 * Math.log10(10_000 / population);
}

function costOfWay(way: readonly Town[], longestKm = Number.POSITIVE_INFINITY): number {
  const hops = way.slice(1).map((to, index) => ({ from: way[index] ?? to, to }));
  if (hops.some(({ from, to }) => distanceKm(from, to) > longestKm)) return Number.POSITIVE_INFINITY;
  return hops.reduce((total, { from, to }) => total + costOf(from, to), 0);
}

/** Every choice of some of the towns, in every order. */
function arrangementsOf(towns: readonly Town[]): readonly (readonly Town[])[] {
  const longer = towns.flatMap((first) =>
    arrangementsOf(towns.filter((town) => town !== first)).map((rest) => [first, ...rest]),
  );
  return [[], ...longer];
}

/** The lowest cost of any way at all, with the shortest stretches that allow one; undefined when none do. */
function lowestCost(origin: Town, destination: Town, between: readonly Town[]): number | undefined {
  const ways = arrangementsOf(between).map((some) => [origin, ...some, destination]);
  const lowest = stretchesKm.map((longestKm) => Math.min(...ways.map((way) => costOfWay(way, longestKm))));
  return lowest.find(Number.isFinite);
}

function town(id: number, point: Point, population = 20_000, countryCode = 'US'): Town {
  return { id, name: `Town ${id}`, ...point, population, countryCode };
}

const hundredths = (min: number, max: number) => fc.noBias(fc.integer({ min, max })).map((count) => count / 100);
const population = fc.constantFrom(0, 10, 99, 1_000, 9_000, 50_000, 3_000_000);
const somewhere = fc.record({ part: hundredths(-10, 110), north: hundredths(-25, 25), population });

/** Up to five towns round the straight way from 40° N 110° W over so many degrees of longitude. */
const country = fc
  .record({
    degrees: fc.oneof(hundredths(20, 100), hundredths(100, 400)),
    towns: fc.array(somewhere, { maxLength: 5, size: 'max' }),
  })
  .map(({ degrees, towns }) => ({
    origin: town(1, { latitude: 40, longitude: -110 }),
    destination: town(2, { latitude: 40, longitude: degrees - 110 }),
    between: towns.map((one, index) =>
      town(index + 3, { latitude: 40 + one.north, longitude: one.part * degrees - 110 }, one.population),
    ),
  }));

const ids = (towns: readonly Town[] = []) => towns.map(({ id }) => id);

describe('the route over the towns', () => {
  it('is the cheapest of all ways there are, by trying every one', () => {
    fc.assert(
      fc.property(country, ({ origin, destination, between }) => {
        const route = findRoute({ townsBetween: () => between }, origin, destination);
        const lowest = lowestCost(origin, destination, between);
        expect(route === undefined).toBe(lowest === undefined);
        if (route && lowest !== undefined) expect(costOfWay(route.towns)).toBeCloseTo(lowest, 6);
      }),
      { numRuns: 200 },
    );
  });

  it('is not the first way that is found', () => {
    const [from, to] = [town(1, { latitude: 0, longitude: 0 }), town(2, { latitude: 0, longitude: 1 })];
    const behind = town(3, { latitude: 0.1, longitude: -0.05 }, 3_000_000);
    const onTheWay = [0.25, 0.5, 0.75].map((longitude, index) => town(index + 4, { latitude: 0, longitude }, 0));
    expect(ids(findRoute({ townsBetween: () => [behind, ...onTheWay] }, from, to)?.towns)).toEqual([1, 4, 5, 6, 2]);
  });

  it('has no town twice when the gazetteer names its ends as well', () => {
    fc.assert(
      fc.property(country, ({ origin, destination, between }) => {
        const route = (towns: readonly Town[]) => findRoute({ townsBetween: () => towns }, origin, destination)?.towns;
        expect(ids(route([destination, ...between, origin]))).toEqual(ids(route(between)));
      }),
      { numRuns: 50 },
    );
  });

  it('is 18 % longer than the straight lines from town to town, and driven at 85 km/h', () => {
    const [south, middle, north] = [
      town(1, { latitude: 40, longitude: -110 }),
      town(2, { latitude: 40.25, longitude: -110 }),
      town(3, { latitude: 40.75, longitude: -110 }),
    ];
    const route = findRoute({ townsBetween: () => [middle] }, south, north);
    const [start, half, end] = route?.towns ?? [];
    expect(start).toMatchObject({ id: 1, alongKm: 0, arrivalSeconds: 0 });
    expect(half?.alongKm).toBeCloseTo(0.25 * kmPerDegree * 1.18, 6);
    expect(end?.alongKm).toBeCloseTo(0.75 * kmPerDegree * 1.18, 6);
    expect(half?.arrivalSeconds).toBeCloseTo(((half?.alongKm ?? 0) * 3_600) / 85, 6);
    expect(route?.durationSeconds).toBeCloseTo(((route?.lengthKm ?? 0) * 3_600) / 85, 6);
  });

  it('crosses the border between its ends rather than stay long in the country it begins in', () => {
    const [from, to] = [
      town(1, { latitude: 40, longitude: -110 }),
      town(2, { latitude: 40, longitude: -109 }, 20_000, 'CA'),
    ];
    const [roundabout, straight] = [
      town(3, { latitude: 40.3, longitude: -109.5 }),
      town(4, { latitude: 40, longitude: -109.5 }, 20_000, 'CA'),
    ];
    const route = findRoute({ townsBetween: () => [roundabout, straight] }, from, to);
    expect(ids(route?.towns)).toEqual([1, 4, 2]);
  });
});

describe('what a route asks the gazetteer for', () => {
  /** The question for a way due east along the equator, so many kilometres long. */
  function asked(straightKm: number) {
    const questions: { readonly longestKm: number; readonly smallest: number }[] = [];
    const townsBetween = (_from: Point, _to: Point, longestKm: number, smallest: number) => {
      questions.push({ longestKm, smallest });
      return [];
    };
    const to = town(2, { latitude: 0, longitude: straightKm / kmPerDegree });
    findRoute({ townsBetween }, town(1, { latitude: 0, longitude: 0 }), to);
    expect(questions).toHaveLength(1);
    return questions[0];
  }

  it.each([
    [10, 100],
    [799, 100],
    [801, 1_000],
    [1_499, 1_000],
    [1_501, 5_000],
    [2_499, 5_000],
    [2_501, 10_000],
  ])('over %i km: towns of %i people', (straightKm, smallest) => {
    expect(asked(straightKm)?.smallest).toBe(smallest);
  });

  it.each([
    [10, 32.8],
    [100, 148],
    [1_000, 1_300],
  ])('over %i km: towns that make it no longer than %d km', (straightKm, longestKm) => {
    expect(asked(straightKm)?.longestKm).toBeCloseTo(longestKm, 6);
  });
});
