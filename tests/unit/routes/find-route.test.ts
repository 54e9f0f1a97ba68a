import { describe, expect, it } from 'vitest';
import type { Town } from '../../../shared/domain/gazetteer.ts';
import { distanceKm } from '../../../shared/domain/geodesy.ts';
import { findRoute } from '../../../shared/domain/routes/find-route.ts';
import { wayPoints } from '../../../shared/domain/routes/way-points.ts';

let ids = 0;

function town(name: string, latitude: number, longitude: number, population = 5_000, countryCode = 'US'): Town {
  return { id: ++ids, name, latitude, longitude, population, countryCode };
}

/** A gazetteer of these towns, as far as a route needs one. */
function mapOf(towns: readonly Town[]) {
  return {
    townsBetween: (from: Town, to: Town, longestKm: number, smallest: number) =>
      towns.filter((one) => one.population >= smallest && distanceKm(from, one) + distanceKm(one, to) <= longestKm),
  };
}

const namesOf = (towns: readonly Town[] = []) => towns.map(({ name }) => name);

describe('a route', () => {
  const west = town('West', 40, -110);
  const east = town('East', 40, -108);

  it('leads from town to town, and is longer than the straight lines between them', () => {
    const between = [town('One', 40.05, -109.5), town('Two', 40.05, -109), town('Three', 39.95, -108.5)];
    const route = findRoute(mapOf(between), west, east);
    expect(namesOf(route?.towns)).toEqual(['West', 'One', 'Two', 'Three', 'East']);
    expect(route?.lengthKm).toBeGreaterThan(distanceKm(west, east) * 1.1);
    expect(route?.towns.at(-1)?.alongKm).toBe(route?.lengthKm);
    expect(route?.towns.at(-1)?.arrivalSeconds).toBe(route?.durationSeconds);
    expect(route?.isApproximate).toBe(true);
  });

  it('prefers the larger of two towns that lie alike', () => {
    const between = [town('Hamlet', 40.1, -109, 120), town('City', 39.9, -109, 80_000)];
    expect(namesOf(findRoute(mapOf(between), west, east)?.towns)).toEqual(['West', 'City', 'East']);
  });

  it('takes a long stretch without a town when there is no other way, but none across a sea', () => {
    expect(namesOf(findRoute(mapOf([]), west, east)?.towns)).toEqual(['West', 'East']);
    expect(findRoute(mapOf([]), west, town('Far', 40, -100))).toBeUndefined();
  });

  it('stays in the country of both its ends if it can', () => {
    const between = [town('Abroad', 40, -109, 50_000, 'CA'), town('Home', 40.15, -109, 500)];
    expect(namesOf(findRoute(mapOf(between), west, east)?.towns)).toEqual(['West', 'Home', 'East']);
    const abroad = between.slice(0, 1);
    const far = town('Far east', 40, -106.2);
    expect(namesOf(findRoute(mapOf(abroad), west, far)?.towns)).toEqual(['West', 'Abroad', 'Far east']);
  });

  it('crosses the date line', () => {
    const [from, to] = [town('Taveuni', -16.8, 179.6), town('Lau', -16.8, -179.4)];
    expect(namesOf(findRoute(mapOf([town('Middle', -16.8, -179.95)]), from, to)?.towns)).toEqual([
      'Taveuni',
      'Middle',
      'Lau',
    ]);
  });

  it('from a place to itself is that place', () => {
    expect(findRoute(mapOf([]), west, west)).toMatchObject({
      lengthKm: 0,
      durationSeconds: 0,
      towns: [{ name: 'West' }],
    });
  });
});

describe('way points', () => {
  const along = (...towns: readonly [string, number, number][]) => ({
    lengthKm: 500,
    towns: towns.map(([name, alongKm, population]) => ({
      ...town(name, 40, -110, population),
      alongKm,
      arrivalSeconds: 0,
    })),
  });

  it('lie in the order of the route, one in each stretch, the ends left out', () => {
    const route = along(
      ['Start', 0, 1e6],
      ['A', 90, 5_000],
      ['B', 210, 5_000],
      ['C', 300, 5_000],
      ['D', 390, 5_000],
      ['End', 500, 1e6],
    );
    expect(namesOf(wayPoints(route, 4))).toEqual(['A', 'B', 'C', 'D']);
  });

  it('are the larger towns, unless they lie at the edge of their stretch', () => {
    const route = along(
      ['Start', 0, 1],
      ['Hamlet', 250, 100],
      ['City', 265, 300_000],
      ['Metropolis', 370, 400_000],
      ['End', 500, 1],
    );
    expect(namesOf(wayPoints(route, 1))).toEqual(['City']);
  });

  it('are fewer where stretches have no town, and the destination where there is none at all', () => {
    expect(namesOf(wayPoints(along(['Start', 0, 1], ['A', 100, 5], ['End', 500, 1]), 4))).toEqual(['A']);
    expect(namesOf(wayPoints(along(['Start', 0, 1], ['End', 500, 1]), 4))).toEqual(['End']);
  });

  it('lie in the middle half of the route when there is one: from its first quarter on, up to its last', () => {
    const only = (alongKm: number) =>
      namesOf(wayPoints(along(['Start', 0, 1], ['Town', alongKm, 5_000], ['End', 500, 1]), 1));
    expect([124, 125, 374, 375].map(only)).toEqual([['End'], ['Town'], ['Town'], ['End']]);
  });

  it('are the ones nearer to the middle of their stretch among towns of one size', () => {
    const route = along(
      ['Start', 0, 1],
      ['Early', 200, 5_000],
      ['Middle', 260, 5_000],
      ['Late', 330, 5_000],
      ['End', 500, 1],
    );
    expect(namesOf(wayPoints(route, 1))).toEqual(['Middle']);
  });

  it('may be towns whose population nobody knows', () => {
    const route = along(['Start', 0, 1], ['Unknown', 250, 0], ['One soul', 252, 1], ['End', 500, 1]);
    expect(namesOf(wayPoints(route, 1))).toEqual(['One soul']);
    expect(
      namesOf(wayPoints(along(['Start', 0, 1], ['Unknown', 250, 0], ['Edge', 370, 1], ['End', 500, 1]), 1)),
    ).toEqual(['Unknown']);
  });
});
