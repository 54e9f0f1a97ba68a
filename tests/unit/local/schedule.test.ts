// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html
import { describe, expect, test } from 'vitest';
import { nextCronTime, parseAwsCron } from '../../../infra/local/aws/scheduler/cron.ts';
import { startSchedule } from '../../../infra/local/aws/scheduler/schedule.ts';
import { ManualClock } from '../../support/manual-clock.ts';

const next = (expression: string, after: string, timeZone = 'UTC') => {
  const time = nextCronTime(parseAwsCron(expression), Date.parse(after), timeZone);
  return time === undefined ? undefined : new Date(time).toISOString();
};

describe('a cron expression of EventBridge', () => {
  test.each([
    ['cron(0 10 * * ? *)', '2026-01-01T10:00:00Z', '2026-01-02T10:00:00.000Z'],
    ['cron(15 12 * * ? *)', '2026-01-01T00:00:00Z', '2026-01-01T12:15:00.000Z'],
    // 2026-01-03 is a Saturday.
    ['cron(0 18 ? * MON-FRI *)', '2026-01-03T00:00:00Z', '2026-01-05T18:00:00.000Z'],
    ['cron(0 8 ? * 1 *)', '2026-01-03T00:00:00Z', '2026-01-04T08:00:00.000Z'],
    ['cron(0 8 ? * 7 *)', '2026-01-01T00:00:00Z', '2026-01-03T08:00:00.000Z'],
    ['cron(0 8 ? * 2-6 *)', '2026-01-03T00:00:00Z', '2026-01-05T08:00:00.000Z'],
    ['cron(0 9 ? * 2#1 *)', '2026-01-06T00:00:00Z', '2026-02-02T09:00:00.000Z'],
    ['cron(0 9 ? * 6L *)', '2026-01-01T00:00:00Z', '2026-01-30T09:00:00.000Z'],
    ['cron(0 9 L * ? *)', '2026-02-01T00:00:00Z', '2026-02-28T09:00:00.000Z'],
    ['cron(0/15 * * * ? *)', '2026-01-01T00:16:00Z', '2026-01-01T00:30:00.000Z'],
    ['cron(0 8 1 * ? *)', '2026-01-01T08:00:00Z', '2026-02-01T08:00:00.000Z'],
    ['cron(0 0 1 JAN ? 2028)', '2026-05-01T00:00:00Z', '2028-01-01T00:00:00.000Z'],
    ['cron(0 0 1 1 ? 2027/2)', '2027-05-01T00:00:00Z', '2029-01-01T00:00:00.000Z'],
    ['cron(0 0 1 1 ? 2020-2025)', '2026-05-01T00:00:00Z', undefined],
  ])('%s after %s is due at %s', (expression, after, expected) => {
    expect(next(expression, after)).toBe(expected);
  });

  test('follows the wall clock of its time zone', () => {
    expect(next('cron(0 9 * * ? *)', '2026-07-01T00:00:00Z', 'Europe/Berlin')).toBe('2026-07-01T07:00:00.000Z');
  });

  test.each([
    'cron(0 10 * * * *)',
    'cron(0 10 ? * ? *)',
    'cron(0 10 * * ?)',
    'cron(0 25 * * ? *)',
    'cron(0 10 15W * ? *)',
    'cron(0 10 * * ? next)',
    'rate(0 minutes)',
    'rate(1 minutes)',
    'rate(5 minute)',
    'every day',
  ])('%s is refused', (expression) => {
    const clock = new ManualClock();
    expect(() => startSchedule({ expression, clock, run: async () => {}, log: () => {} })).toThrow(RangeError);
  });
});

describe('a schedule', () => {
  const setUp = (expression: string, run: () => Promise<unknown> = async () => {}) => {
    const clock = new ManualClock();
    const start = clock.now();
    const dueAfterMs: number[] = [];
    const lines: string[] = [];
    const schedule = startSchedule({
      expression,
      clock,
      run: (dueAt) => {
        dueAfterMs.push(dueAt - start);
        return run();
      },
      log: (line) => lines.push(line),
    });
    return { clock, schedule, dueAfterMs, lines };
  };

  test('runs at a rate without drifting', () => {
    const { clock, dueAfterMs } = setUp('rate(1 minute)');
    clock.advance(60_250);
    clock.advance(119_750);
    expect(dueAfterMs).toEqual([60_000, 120_000, 180_000]);
  });

  test('waits longer than a timer can', () => {
    const { clock, dueAfterMs } = setUp('rate(40 days)');
    clock.advance(39.9 * 86_400_000);
    expect(dueAfterMs).toEqual([]);
    clock.advance(0.2 * 86_400_000);
    expect(dueAfterMs).toEqual([40 * 86_400_000]);
  });

  test('starts a run while the last one is still going', () => {
    const { clock, dueAfterMs } = setUp('rate(1 minute)', () => new Promise(() => {}));
    clock.advance(120_000);
    expect(dueAfterMs).toHaveLength(2);
  });

  test('logs a failed run and goes on', async () => {
    const { clock, dueAfterMs, lines } = setUp('rate(1 minute)', () => Promise.reject(new Error('unreachable')));
    clock.advance(120_000);
    await Promise.resolve();
    expect(lines).toEqual(['rate(1 minute): Error: unreachable', 'rate(1 minute): Error: unreachable']);
    expect(dueAfterMs).toHaveLength(2);
  });

  test('stops', () => {
    const { clock, schedule, dueAfterMs } = setUp('cron(* * * * ? *)');
    clock.advance(60_000);
    schedule.stop();
    clock.advance(600_000);
    expect(dueAfterMs).toHaveLength(1);
    expect(clock.pending).toBe(0);
  });
});
