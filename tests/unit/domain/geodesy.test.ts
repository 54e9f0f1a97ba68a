import { describe, expect, it } from 'vitest';
import {
  antipodeOf,
  bearingDegrees,
  distanceKm,
  kmPerDegree,
  midpoint,
  nearestOnWay,
  wrapLongitude,
} from '../../../shared/domain/geodesy.ts';

const at = (latitude: number, longitude: number) => ({ latitude, longitude });

describe('a bearing', () => {
  it.each([
    [at(0, 0), at(10, 0), 0],
    [at(0, 0), at(0, 10), 90],
    [at(10, 0), at(0, 0), 180],
    [at(0, 10), at(0, 0), 270],
    [at(0, 0), at(45, 90), 45],
    // East of north by the angle whose tangent is √2, and by the one whose tangent is 2.
    [at(45, 0), at(45, 90), 54.735610317],
    [at(60, 10), at(60, 70), 63.434948823],
    [at(60, 70), at(60, 10), 296.565051177],
  ])('from %o to %o is %d degrees', (from, to, degrees) => {
    expect(bearingDegrees(from, to)).toBeCloseTo(degrees, 8);
  });
});

describe('the other side of the Earth', () => {
  it.each([
    [at(40, -110), at(-40, 70)],
    [at(-10, 20), at(10, -160)],
  ])('from %o is %o, half the circumference away', (here, there) => {
    expect(antipodeOf(here)).toEqual(there);
    expect(distanceKm(here, there)).toBeCloseTo(180 * kmPerDegree, 2);
  });
});

describe('a longitude', () => {
  it.each([
    [0, 0],
    [170, 170],
    [190, -170],
    [-190, 170],
    [180, -180],
    [-180, -180],
    [905, -175],
  ])('of %d is written %d', (longitude, wrapped) => {
    expect(wrapLongitude(longitude)).toBe(wrapped);
  });
});

describe('the middle of a way', () => {
  it('is as far from both ends', () => {
    const [reno, moab] = [at(39.53, -119.81), at(38.57, -109.55)];
    const middle = midpoint(reno, moab);
    expect(distanceKm(reno, middle)).toBeCloseTo(distanceKm(reno, moab) / 2, 6);
    expect(distanceKm(middle, moab)).toBeCloseTo(distanceKm(reno, moab) / 2, 6);
  });
});

describe('where a way comes nearest to a point', () => {
  it('is the foot of the perpendicular', () => {
    const nearest = nearestOnWay(at(0.2, 0.9), at(0, 0), at(1, 1));
    expect(nearest.part).toBeCloseTo(0.55, 4);
    expect(nearest.distanceKm).toBeCloseTo(Math.hypot(0.35, 0.35) * kmPerDegree, 2);
  });

  it('is the nearer end when the point lies beyond it', () => {
    expect(nearestOnWay(at(0, -1), at(0, 0), at(0, 2))).toEqual({
      part: 0,
      distanceKm: expect.closeTo(kmPerDegree, 9),
    });
    expect(nearestOnWay(at(0, 5), at(0, 0), at(0, 2))).toEqual({
      part: 1,
      distanceKm: expect.closeTo(3 * kmPerDegree, 9),
    });
  });

  it('is at half the distance where the meridians are half as far apart', () => {
    const nearest = nearestOnWay(at(60, 3), at(60, 0), at(60, 2));
    expect(nearest).toEqual({ part: 1, distanceKm: expect.closeTo(kmPerDegree / 2, 9) });
  });

  it('is the one place of a way that leads nowhere', () => {
    const nearest = nearestOnWay(at(0, 0), at(0, 1), at(0, 1));
    expect(nearest).toEqual({ part: 0, distanceKm: expect.closeTo(kmPerDegree, 9) });
  });
});
