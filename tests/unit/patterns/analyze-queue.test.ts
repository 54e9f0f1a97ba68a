import { describe, expect, it } from 'vitest';
import type { FailureCode } from '../../../shared/catalog/failures.ts';
import { analyzeQueue, type QueueAnalysis } from '../../../shared/domain/patterns/analyze-queue.ts';
import { recommend } from '../../../shared/domain/patterns/recommend.ts';
import type { MeasuredHour } from '../../../shared/domain/queue-history.ts';

const HOUR = 3_600_000;
const monday = Date.UTC(2026, 10, 16);

/** The seven days before, a hundred jobs and one defect an hour, and the day that is judged, idle but for what is said of its hours. */
function week(changed: Readonly<Record<number, Partial<MeasuredHour>>> = {}): readonly MeasuredHour[] {
  const idle = { accepted: 0, opportunities: 0, defects: 0, busy: 0 };
  const before = { accepted: 100, opportunities: 100, defects: 1, busy: 9 };
  return Array.from({ length: 8 * 24 }, (_, index) => ({
    from: monday + index * HOUR,
    ...(index < 7 * 24 ? before : { ...idle, ...changed[index - 7 * 24] }),
  }));
}

const analyzed = (hours: readonly MeasuredHour[] | undefined, failures: readonly FailureCode[] = []) =>
  analyzeQueue({ queue: 'booking', hours, failures, capacity: 10 });

describe('the quality of the last day', () => {
  it.each([
    [66_807, 3],
    [6_210, 4],
    [233, 5],
  ])('with %i defects in a million is that of %i sigma', (defects, sigma) => {
    const half = defects - 100;
    const hours = week({ 2: { opportunities: 400_000, defects: 100 }, 9: { opportunities: 600_000, defects: half } });
    const quality = analyzed(hours).measured?.quality;
    expect(quality).toMatchObject({ opportunities: 1_000_000, defects });
    expect(quality?.dpmo).toBeCloseTo(defects, 6);
    expect(quality?.sigmaLevel).toBeCloseTo(sigma, 2);
  });

  it('counts the defects for a million of what could have been one', () => {
    expect(analyzed(week({ 5: { opportunities: 400, defects: 3 } })).measured?.quality.dpmo).toBeCloseTo(7_500, 6);
  });

  it('has no sigma level without a defect, and no rate without a job', () => {
    const faultless = analyzed(week({ 5: { opportunities: 400 } })).measured?.quality;
    expect(faultless).toStrictEqual({ opportunities: 400, defects: 0, dpmo: 0 });
    expect(analyzed(week()).measured?.quality).toStrictEqual({ opportunities: 0, defects: 0 });
  });
});

describe('the analysis of a queue', () => {
  it('takes for usual what the days before showed, and judges the last day alone', () => {
    const chart = analyzed(week({ 3: { opportunities: 50, defects: 40 } })).measured?.chart;
    // 168 defects of 16,800 jobs, with the half and the one that Jeffreys adds.
    expect(chart?.usual).toBeCloseTo(168.5 / 16_801, 12);
    expect(chart?.points.map(({ from, defects }) => [from, defects])).toEqual([[monday + 171 * HOUR, 40]]);
  });

  it('names the first of the busiest hours of the last day', () => {
    const hours = week({ 4: { busy: 6 }, 11: { busy: 8 }, 17: { busy: 8 }, 20: { busy: 2 } });
    const busiest = { from: monday + 179 * HOUR, busy: 8, capacity: 10, utilization: 0.8 };
    expect(analyzed(hours).measured?.busiest).toEqual(busiest);
  });

  it('names the hour in which most jobs come', () => {
    const hours = week({ 17: { accepted: 300 } });
    // 7 × 100 and 300 jobs in eight days; 17,100 jobs in 192 hours.
    expect(analyzed(hours).measured?.peak).toEqual({
      hour: 17,
      jobs: 125,
      timesUsual: expect.closeTo(125 / 89.0625, 9),
    });
  });

  it('has neither chart nor peak hour when nothing came before', () => {
    const idle = week().slice(-24);
    const busiest = { from: monday + 168 * HOUR, busy: 0, capacity: 10, utilization: 0 };
    expect(analyzed(idle)).toStrictEqual({
      queue: 'booking',
      failures: [],
      measured: { quality: { opportunities: 0, defects: 0 }, busiest },
    });
  });

  it('knows the causes of failures also when nobody could read the metrics', () => {
    expect(analyzed(undefined, ['throttled'])).toStrictEqual({
      queue: 'booking',
      failures: [{ cause: 'throttled', count: 1, share: 1, cumulative: 1, vital: true }],
    });
  });
});

const row = (cause: FailureCode, count: number, vital: boolean) => ({
  cause,
  count,
  share: count / 100,
  cumulative: 1,
  vital,
});

const calm: NonNullable<QueueAnalysis['measured']> = {
  quality: { opportunities: 0, defects: 0 },
  busiest: { from: monday, busy: 7, capacity: 10, utilization: 0.7 },
};
const point = { from: monday, opportunities: 100, defects: 9, limit: 5, deviation: 4.2 };
const broken = { ...point, breaks: ['beyond_three' as const] };
const well = { ...point, breaks: [] };

describe('what is recommended', () => {
  it('is nothing where nothing is known, and nothing where all is well', () => {
    expect(recommend({ queue: 'booking', failures: [] })).toEqual([]);
    expect(recommend({ queue: 'booking', failures: [], measured: calm })).toEqual([]);
    expect(
      recommend({ queue: 'booking', failures: [], measured: { ...calm, chart: { usual: 0.01, points: [] } } }),
    ).toEqual([]);
  });

  it('is to look for the cause while the newest hour is beyond chance, with the three most frequent errors', () => {
    const failures = [
      row('card_declined', 40, false),
      row('venue_unknown', 30, false),
      row('throttled', 20, false),
      row('timed_out', 10, false),
    ];
    const measured = { ...calm, chart: { usual: 0.01, points: [well, well, broken] } };
    const errors = [
      { cause: 'card_declined', count: 40 },
      { cause: 'venue_unknown', count: 30 },
      { cause: 'throttled', count: 20 },
    ];
    expect(recommend({ queue: 'booking', failures, measured })).toEqual([
      { name: 'look_for_cause', evidence: { queue: 'booking', usual: 0.01, ...broken, errors } },
    ]);
  });

  it('is no longer to look for a cause once an hour is well again', () => {
    const measured = { ...calm, chart: { usual: 0.01, points: [broken, broken, well] } };
    expect(recommend({ queue: 'booking', failures: [], measured })).toEqual([]);
  });

  it('is to mend each of the few causes behind most failures that is ours', () => {
    const failures = [row('card_declined', 50, true), row('timed_out', 40, true), row('internal_error', 10, false)];
    expect(recommend({ queue: 'booking', failures })).toEqual([
      { name: 'mend_most_frequent', evidence: { queue: 'booking', error: 'timed_out', jobs: 40, share: 0.4 } },
    ]);
  });

  it('is more capacity from more than seven tenths of it on, with the hour in which most jobs come if there is one', () => {
    const busiest = { from: monday, busy: 7.1, capacity: 10, utilization: 0.71 };
    const peak = { hour: 17, jobs: 30, timesUsual: 3 };
    expect(recommend({ queue: 'booking', failures: [], measured: { ...calm, busiest, peak } })).toStrictEqual([
      { name: 'add_capacity', evidence: { queue: 'booking', ...busiest, peak } },
    ]);
    expect(recommend({ queue: 'booking', failures: [], measured: { ...calm, busiest } })).toStrictEqual([
      { name: 'add_capacity', evidence: { queue: 'booking', ...busiest } },
    ]);
  });
});
