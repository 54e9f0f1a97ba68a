import { expect, it } from 'vitest';
import { sigmaLevel } from '../../../shared/domain/sigma-level.ts';

// The customary table, such as in the ISO 13053-1 annex.
it.each([
  [3.4, 6],
  [233, 5],
  [6_210, 4],
  [66_807, 3],
  [308_538, 2],
  [500_000, 1.5],
  [691_462, 1],
])('%d defects in a million are %d sigma', (dpmo, level) => {
  expect(sigmaLevel(dpmo)).toBeCloseTo(level, 2);
});

it('no defect has no level, and nothing but defects neither', () => {
  expect([sigmaLevel(0), sigmaLevel(1e6)]).toEqual([undefined, undefined]);
});

it('more defects are never a higher level', () => {
  const levels = Array.from({ length: 999 }, (_, index) => sigmaLevel((index + 1) * 1_000) ?? Number.NaN);
  for (const [index, level] of levels.slice(1).entries()) expect(level).toBeLessThan(levels[index] ?? Number.NaN);
});
