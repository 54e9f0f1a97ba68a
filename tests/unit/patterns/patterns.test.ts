import { describe, expect, it } from 'vitest';
import { pareto } from '../../../shared/domain/patterns/pareto.ts';
import { peakHour } from '../../../shared/domain/patterns/peak-hour.ts';

const times = (count: number, cause: string) => Array.from({ length: count }, () => cause);

describe('a Pareto of causes', () => {
  it('has the most frequent first, and calls vital those that make up four fifths', () => {
    const rows = pareto([...times(2, 'c'), ...times(60, 'a'), ...times(30, 'b'), ...times(8, 'd')]);
    expect(rows.map(({ cause, count, vital }) => [cause, count, vital])).toEqual([
      ['a', 60, true],
      ['b', 30, true],
      ['d', 8, false],
      ['c', 2, false],
    ]);
    expect(rows.map(({ share }) => share)).toEqual([0.6, 0.3, 0.08, 0.02]);
    expect(rows.map(({ cumulative }) => cumulative)).toEqual([0.6, 0.9, 0.98, 1]);
  });

  it('calls no cause vital when those before it make up four fifths just so', () => {
    expect(pareto([...times(8, 'a'), ...times(2, 'b')]).map(({ vital }) => vital)).toEqual([true, false]);
  });

  it('of nothing is empty', () => {
    expect(pareto([])).toEqual([]);
  });
});

describe('the peak hour', () => {
  const week = (accepted: (hour: number, day: number) => number) =>
    Array.from({ length: 7 * 24 }, (_, index) => ({
      from: Date.UTC(2026, 10, 18) + index * 3_600_000,
      accepted: accepted(index % 24, Math.floor(index / 24)),
    }));

  it('is the hour of the day with the most jobs on average, not the one with the highest single day', () => {
    const peak = peakHour(week((hour, day) => (hour === 17 ? 30 : hour === 3 && day === 0 ? 100 : 10)));
    expect(peak).toMatchObject({ hour: 17, jobs: 30 });
    expect(peak?.timesUsual).toBeCloseTo(30 / (10 + 20 / 24 + 90 / 168), 6);
  });

  it.each([0, 10, 20])(
    'is the earlier of two hours with as many jobs, though the week begins at %i o’clock',
    (first) => {
      const hours = Array.from({ length: 7 * 24 }, (_, index) => ({
        from: Date.UTC(2026, 10, 18, first + index),
        accepted: [5, 17].includes((first + index) % 24) ? 30 : 10,
      }));
      expect(peakHour(hours)).toMatchObject({ hour: 5, jobs: 30 });
    },
  );

  it('is none when no hour was read', () => {
    expect(peakHour([])).toBeUndefined();
  });

  it('is none when nothing came', () => {
    expect(peakHour(week(() => 0))).toBeUndefined();
  });
});
