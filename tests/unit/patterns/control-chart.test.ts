import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { binomialPosition } from '../../../shared/domain/patterns/binomial.ts';
import { controlChart } from '../../../shared/domain/patterns/control-chart.ts';

const hour = (opportunities: number, defects: number) => ({ from: 0, opportunities, defects });
const hours = (defects: readonly number[], opportunities = 1_000) => defects.map((one) => hour(opportunities, one));
/** One defect of a hundred. */
const usual = hours(Array.from({ length: 100 }, () => 10));
const brokenIn = (defects: readonly number[]) =>
  controlChart(usual, hours(defects))?.points.map(({ breaks }) => breaks);

describe('the place of a count in its binomial distribution', () => {
  it('is what counting all outcomes gives', () => {
    // Two dice, sixes: none 25/36, one 10/36, two 1/36.
    expect(binomialPosition(0, 2, 1 / 6)).toBeCloseTo(25 / 72, 12);
    expect(binomialPosition(1, 2, 1 / 6)).toBeCloseTo(30 / 36, 12);
    expect(binomialPosition(2, 2, 1 / 6)).toBeCloseTo(71 / 72, 12);
  });

  it('holds where the chance of no defect is less than any number', () => {
    expect(binomialPosition(10_000, 100_000, 0.1)).toBeCloseTo(0.5, 2);
  });

  it('rises with the count and stays a part', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 500 }),
        fc.double({ min: 1e-6, max: 0.9, noNaN: true }),
        (trials, chance) => {
          const all = Array.from({ length: trials + 1 }, (_, count) => binomialPosition(count, trials, chance));
          for (const [index, part] of all.entries()) {
            expect(part).toBeGreaterThanOrEqual(all[index - 1] ?? 0);
            expect(part).toBeLessThanOrEqual(1);
          }
        },
      ),
      { numRuns: 30 },
    );
  });
});

describe('a control chart of defects', () => {
  it('finds nothing in hours like those before', () => {
    expect(brokenIn([10, 12, 8, 9, 13, 7, 10, 11, 9])?.flat()).toEqual([]);
  });

  it('says which number of defects is too many, near to where three standard deviations are when there are many', () => {
    const [point] = controlChart(usual, [hour(1_000, 10)])?.points ?? [];
    expect(point?.limit).toBeGreaterThanOrEqual(19);
    expect(point?.limit).toBeLessThanOrEqual(21);
  });

  it('takes more defects for chance in an hour with more jobs', () => {
    const points = controlChart(usual, [hour(100, 5), hour(1_000, 20), hour(10_000, 120)])?.points ?? [];
    expect(points.map(({ limit, defects }) => defects <= limit)).toEqual([true, true, true]);
    expect(points.map(({ limit }) => limit)).toEqual(points.map(({ limit }) => limit).toSorted((a, b) => a - b));
  });

  it('tells one hour far beyond', () => {
    expect(brokenIn([10, 25])).toEqual([[], ['beyond_three']]);
  });

  it('tells two of three hours that are far', () => {
    expect(brokenIn([18, 10, 18])).toEqual([[], [], ['two_of_three_beyond_two']]);
  });

  it('tells four of five hours that are rather far', () => {
    expect(brokenIn([15, 15, 10, 15, 15])?.at(-1)).toEqual(['four_of_five_beyond_one']);
  });

  it('tells eight hours in a row that are above, and not seven', () => {
    expect(brokenIn([11, 11, 11, 11, 11, 11, 11])?.flat()).toEqual([]);
    expect(brokenIn([11, 11, 11, 11, 11, 11, 11, 11])?.at(-1)).toEqual(['eight_in_a_row_above']);
  });

  it('forgets hours that lie further back than its rules look', () => {
    expect(brokenIn([18, 10, 10, 18])).toEqual([[], [], [], []]);
    expect(brokenIn([15, 15, 10, 15, 10, 15])?.at(-1)).toEqual([]);
    expect(brokenIn([15, 15, 15, 10, 10, 15])?.at(-1)).toEqual([]);
  });

  it('takes for usual the part of defects before, with half a defect more in one job more', () => {
    expect(controlChart([hour(90, 3), hour(9, 6)], [])?.usual).toBeCloseTo(9.5 / 100, 12);
  });

  it('does not tell an hour that is well again', () => {
    expect(brokenIn([25, 18, 5])?.at(-1)).toEqual([]);
  });

  it('takes a first defect of a process without any for chance when there are many opportunities, and a heap of them for none', () => {
    const clean = hours(Array.from({ length: 100 }, () => 0));
    const points = controlChart(clean, [hour(1_000, 1), hour(1_000, 3)])?.points ?? [];
    expect(points.map(({ breaks }) => breaks.includes('beyond_three'))).toEqual([false, true]);
  });

  it('leaves out hours without work, and says nothing without a past', () => {
    expect(controlChart(usual, [hour(0, 0)])?.points).toEqual([]);
    expect(controlChart([hour(0, 0)], [hour(10, 10)])).toBeUndefined();
  });
});
