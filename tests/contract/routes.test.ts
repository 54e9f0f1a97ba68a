import { describe, expect, it } from 'vitest';
import { planRoutes } from '../../functions/process-job/processors/plan-routes.ts';
import { type Place, resolvePlace } from '../../shared/domain/gazetteer.ts';
import { distanceKm } from '../../shared/domain/geodesy.ts';
import { embeddedRouteFinder } from '../../shared/domain/routes/embedded-route-finder.ts';
import { findRoute } from '../../shared/domain/routes/find-route.ts';
import { builtGazetteer } from '../support/gazetteer.ts';

const gazetteer = await builtGazetteer();
const atlas = { gazetteer, finder: embeddedRouteFinder(gazetteer) };

/** Ways that are found without any service cost nothing. */
const attemptWith = (signal: AbortSignal) => ({
  signal,
  spend: (cost: object) => expect.fail(`spent ${JSON.stringify(cost)}`),
});

function place(name: string): Place {
  const resolution = resolvePlace(gazetteer, name);
  if (resolution.outcome !== 'found') throw new Error(`${name} is ${resolution.outcome}`);
  return resolution.place;
}

describe('towns between two places', () => {
  it('are all that a detour passes and no other, on both sides of the date line', () => {
    for (const [from, to] of [
      ['Tucumcari', 'Amarillo, TX'],
      ['Suva', 'Labasa'],
    ] as const) {
      const [start, end] = [place(from), place(to)];
      const longestKm = distanceKm(start, end) * 1.3;
      const isOnTheWay = (point: Place) => distanceKm(start, point) + distanceKm(point, end) <= longestKm;
      const expected = gazetteer
        .near(start, longestKm)
        .flatMap(({ place: near }) => (isOnTheWay(near) ? [near.id] : []));
      const found = gazetteer.townsBetween(start, end, longestKm, 0);
      expect(found.map(({ id }) => id).toSorted()).toEqual(expected.toSorted());
      const large = gazetteer.townsBetween(start, end, longestKm, 5_000);
      expect(large.every(({ population }) => population >= 5_000)).toBe(true);
    }
  });
});

describe('routes over the real gazetteer', () => {
  it.each([
    ['San Francisco', 'Los Angeles', ['King City', 'Paso Robles', 'Santa Barbara', 'Ventura'], 616],
    ['Reno, NV', 'Salt Lake City', ['Lovelock', 'Battle Mountain', 'West Wendover'], 832],
    ['Portland, OR', 'Boise', ['Hood River', 'Pendleton', 'La Grande', 'Baker City'], 692],
    ['Moab', 'Flagstaff', ['Monticello', 'Blanding', 'Cameron'], 517],
  ] as const)('from %s to %s follow the highway and guess its length to a fifth', (from, to, towns, roadKm) => {
    const route = findRoute(gazetteer, place(from), place(to));
    expect(route?.towns.map(({ name }) => name)).toEqual(expect.arrayContaining([...towns]));
    expect(Math.abs((route?.lengthKm ?? 0) / roadKm - 1)).toBeLessThan(0.2);
  });

  it('lead to no island', () => {
    expect(findRoute(gazetteer, place('San Francisco'), place('Honolulu'))).toBeUndefined();
  });

  it('are planned one by one: what is not clear in one says so and leaves the others alone', async () => {
    const asked = [
      { origin: 'Tucumcari', destination: 'Amarillo, TX' },
      { origin: 'Tucumcari', destination: 'Springfield' },
      { origin: 'Xyzzyville', destination: 'Amarillo, TX' },
      { origin: 'San Francisco', destination: 'Honolulu' },
      { origin: 'Moab', destination: 'Moab' },
    ];
    const routes = await planRoutes(asked, atlas, attemptWith(new AbortController().signal));
    expect(routes.map(({ problem }) => [problem?.code, problem?.field])).toEqual([
      [undefined, undefined],
      ['place_ambiguous', 'destination'],
      ['place_unknown', 'origin'],
      ['route_unknown', undefined],
      [undefined, undefined],
    ]);
    expect(routes[1]?.problem?.message).toContain('Springfield, Missouri');
    expect(routes[0]?.origin).toBe('Tucumcari, New Mexico, United States');
    expect(routes[4]?.way_points.map(({ name }) => name)).toEqual(['Moab']);
    expect(routes[4]?.duration).toBe(0);
  });

  it('say that they are guesses, how long the drive is, and when it comes to each way point', async () => {
    const asked = [{ origin: 'Reno, NV', destination: 'Salt Lake City' }];
    const [route] = await planRoutes(asked, atlas, attemptWith(new AbortController().signal));
    expect(route?.approximate).toBe(true);
    const sevenAndAHalfHours = 27_000;
    expect(Math.abs((route?.duration ?? 0) / sevenAndAHalfHours - 1)).toBeLessThan(0.35);
    const arrivals = route?.way_points.map(({ arrives_after = 0 }) => arrives_after) ?? [];
    expect(arrivals).toEqual(arrivals.toSorted((one, other) => one - other));
    expect(arrivals.every((seconds) => seconds > 0 && seconds < (route?.duration ?? 0))).toBe(true);
  });

  it('are given up when the job is cancelled', async () => {
    const asked = [{ origin: 'Moab', destination: 'Flagstaff' }];
    await expect(planRoutes(asked, atlas, attemptWith(AbortSignal.abort('cancel')))).rejects.toBe('cancel');
  });
});
