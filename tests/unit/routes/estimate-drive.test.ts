import { beforeAll, describe, expect, it } from 'vitest';
import type { Gazetteer } from '../../../shared/domain/gazetteer.ts';
import { estimateDrive } from '../../../shared/domain/routes/estimate-drive.ts';
import { builtGazetteer } from '../../support/gazetteer.ts';

let gazetteer: Gazetteer;
beforeAll(async () => {
  gazetteer = await builtGazetteer();
}, 120_000);

function estimated(from: string, to: string) {
  return estimateDrive(gazetteer, place(from), place(to));
}

function place(name: string) {
  const [match] = gazetteer.byName(name, 1);
  if (!match) throw new Error(`${name} is not known`);
  return match.place;
}

/** By the shortest usual road, kilometres, to ten or so. */
const drives = [
  ['Tucumcari', 'Albuquerque', 283],
  ['Tucumcari', 'Denver, CO', 695],
  ['Reno, NV', 'Salt Lake City', 834],
  ['Los Angeles', 'Las Vegas, NV', 435],
  ['San Francisco', 'Los Angeles', 615],
  ['Moab, UT', 'Flagstaff, AZ', 510],
  ['Denver, CO', 'Salt Lake City', 835],
  ['Chicago', 'Detroit', 455],
  ['Munich', 'Berlin', 585],
  ['London', 'Edinburgh', 650],
] as const;

describe('the estimate of a drive', () => {
  it.each(drives)('from %s to %s is at most 11 %% short and 21 %% long', (from, to, kilometres) => {
    const estimate = estimated(from, to);
    const lengthKm = typeof estimate === 'string' ? 0 : estimate.lengthKm;
    expect(lengthKm).toBeGreaterThan(0.89 * kilometres);
    expect(lengthKm).toBeLessThan(1.21 * kilometres);
  });

  it.each([
    ['Honolulu', 'Hilo'],
    ['Miami', 'Havana'],
    ['Calais', 'Dover, England'],
    ['Helsinki', 'Tallinn'],
  ])('from %s to %s there is none: the sea is between', (from, to) => {
    expect(estimated(from, to)).toBe('no_way_over_land');
  });

  it('is not made where it would be too rough to be worth telling', () => {
    expect(estimated('New York City', 'Chicago')).toBe('too_far');
  });
});
