import { describe, expect, it } from 'vitest';
import type { Town } from '../../../shared/domain/gazetteer.ts';
import { kmPerDegree, type Point } from '../../../shared/domain/geodesy.ts';
import { estimateDrive } from '../../../shared/domain/routes/estimate-drive.ts';

/** A town on the equator, or so many kilometres north of it. */
function town(id: number, eastKm: number, population = 5_000, northKm = 0): Town {
  const place = { latitude: northKm / kmPerDegree, longitude: eastKm / kmPerDegree };
  return { id, name: `Town ${id}`, ...place, population, countryCode: 'EC' };
}

const land = { openSea: () => false };
const start = town(1, 0);

function driveOver(towns: readonly Town[], destination: Town, openSea: (point: Point) => boolean = land.openSea) {
  const townsBetween = (_from: Point, _to: Point, _longestKm: number, smallest: number) =>
    towns.filter(({ population }) => population >= smallest);
  return estimateDrive({ townsBetween, openSea }, start, destination);
}

describe('the figures of a drive', () => {
  it('are 50 km/h when it is not longer than the ways out of town and into one', () => {
    const drive = driveOver([], town(2, 20));
    expect(drive).toMatchObject({ lengthKm: expect.closeTo(23.6, 6), hours: expect.closeTo(23.6 / 50, 6) });
  });

  it('are 90 km/h from the thirty-first kilometre on', () => {
    const drive = driveOver([], town(2, 200));
    expect(drive).toMatchObject({ lengthKm: expect.closeTo(236, 6), hours: expect.closeTo(30 / 50 + 206 / 90, 6) });
  });

  it('are those of at most 1.28 times the straight line, however winding the way over the towns is', () => {
    const winding = [town(3, 50, 50_000, 58), town(4, 100, 50_000, 80), town(5, 150, 50_000, 58)];
    const blocked = driveOver(winding, town(2, 200));
    expect(blocked).toMatchObject({ lengthKm: expect.closeTo(256, 6) });
  });

  it('are told up to 800 km away, and not beyond', () => {
    const stones = [200, 400, 600].map((eastKm, index) => town(index + 3, eastKm));
    expect(driveOver(stones, town(2, 799))).toMatchObject({ lengthKm: expect.closeTo(799 * 1.18, 6) });
    expect(driveOver(stones, town(2, 801))).toBe('too_far');
  });
});

describe('water on the way', () => {
  const everywhere = () => true;

  it('that is no wider than sixteen kilometres passes for a bridge or a ferry', () => {
    expect(driveOver([], town(2, 15.9), everywhere)).toMatchObject({ lengthKm: expect.closeTo(15.9 * 1.18, 6) });
  });

  it('that is wider ends the way', () => {
    expect(driveOver([], town(2, 16.1), everywhere)).toBe('no_way_over_land');
  });

  it.each([20, 50, 80])('is found %i km from the start of a stretch of a hundred', (eastKm) => {
    const isSea = ({ longitude }: Point) => Math.abs(longitude * kmPerDegree - eastKm) < 8;
    expect(driveOver([], town(2, 100), isSea)).toBe('no_way_over_land');
  });

  it('is asked about with eight kilometres of sea on every side', () => {
    const margins = new Set<number>();
    const openSea = (_: Point, marginKm: number) => {
      margins.add(marginKm);
      return false;
    };
    estimateDrive({ townsBetween: () => [], openSea }, start, town(2, 100));
    expect([...margins]).toEqual([8]);
  });
});

describe('the towns a drive is estimated over', () => {
  const end = town(2, 400);
  /** Too far off for any way. */
  const elsewhere = (count: number) => Array.from({ length: count }, (_, index) => town(index + 10, 0, 50_000, 400));

  it('are the eight hundred most populous', () => {
    expect(driveOver([...elsewhere(799), town(3, 200, 20_000)], end)).toMatchObject({
      lengthKm: expect.closeTo(472, 6),
    });
    expect(driveOver([...elsewhere(900), town(3, 200, 90_000)], end)).toMatchObject({
      lengthKm: expect.closeTo(472, 6),
    });
    expect(driveOver([town(3, 200, 20_000), ...elsewhere(800)], end)).toBe('no_way_over_land');
  });

  it('have a thousand people at least', () => {
    expect(driveOver([town(3, 200, 1_000)], end)).toMatchObject({ lengthKm: expect.closeTo(472, 6) });
    expect(driveOver([town(3, 200, 999)], end)).toBe('no_way_over_land');
  });
});
