import { describe, expect, it } from 'vitest';
import { cronProblem, nextRun, type Timing } from '../../../shared/domain/timing.ts';

/** The first runs after a moment, as UTC times without their seconds. */
function runs(timing: Timing, after: string, count: number): string[] {
  const times: string[] = [];
  let last: number | undefined = Date.parse(after);
  while (times.length < count) {
    last = nextRun(timing, last);
    if (last === undefined) break;
    times.push(new Date(last).toISOString().slice(0, 16));
  }
  return times;
}

const daily = (hour: string, time_zone: string) => ({ cron: `${hour} * * *`, time_zone });

describe('a cron schedule', () => {
  it('runs at the same hour of its place, summer and winter', () => {
    expect(runs(daily('0 8', 'America/Denver'), '2026-03-06T12:00:00Z', 4)).toEqual([
      '2026-03-06T15:00',
      '2026-03-07T15:00',
      '2026-03-08T14:00',
      '2026-03-09T14:00',
    ]);
  });

  it('runs an hour later on the day whose hour the clocks skip', () => {
    expect(runs(daily('30 2', 'America/Los_Angeles'), '2026-03-07T00:00:00Z', 3)).toEqual([
      '2026-03-07T10:30',
      '2026-03-08T10:30', // 03:30, for there is no 02:30
      '2026-03-09T09:30',
    ]);
  });

  it('runs once on the day whose hour the clocks repeat', () => {
    expect(runs(daily('30 1', 'America/Los_Angeles'), '2026-10-31T00:00:00Z', 3)).toEqual([
      '2026-10-31T08:30',
      '2026-11-01T08:30',
      '2026-11-02T09:30',
    ]);
    expect(runs(daily('30 2', 'Europe/Berlin'), '2026-10-24T12:00:00Z', 2)).toHaveLength(2);
  });

  it('of every hour runs every hour, also while the clocks change', () => {
    const hourly = { cron: '0 * * * *', time_zone: 'America/Los_Angeles' };
    expect(runs(hourly, '2026-11-01T07:30:00Z', 3)).toEqual([
      '2026-11-01T08:00',
      '2026-11-01T09:00',
      '2026-11-01T10:00',
    ]);
    expect(runs(hourly, '2026-03-08T08:30:00Z', 3)).toEqual([
      '2026-03-08T09:00',
      '2026-03-08T10:00',
      '2026-03-08T11:00',
    ]);
  });

  it('is left out on a day whose clocks skip it by half an hour', () => {
    expect(runs(daily('15 2', 'Australia/Lord_Howe'), '2026-10-02T12:00:00Z', 2)).toEqual([
      '2026-10-02T15:45', // 02:15 on the 3rd
      '2026-10-04T15:15', // 02:15 on the 5th
    ]);
  });

  it('runs on working days, on the last of February, and by quarter hours of offset', () => {
    expect(runs({ cron: '0 8 * * 1-5', time_zone: 'Asia/Kathmandu' }, '2026-10-02T12:00:00Z', 1)).toEqual([
      '2026-10-05T02:15',
    ]);
    expect(runs({ cron: '0 0 29 2 *', time_zone: 'UTC' }, '2026-10-02T12:00:00Z', 1)).toEqual(['2028-02-29T00:00']);
  });
});

describe('a rate', () => {
  it('counts from the moment the schedule was made, whenever it is asked', () => {
    const from = Date.parse('2026-03-07T00:10:00Z');
    const rate = { every: 3_600, from };
    expect(runs(rate, '2026-03-07T00:10:00Z', 2)).toEqual(['2026-03-07T01:10', '2026-03-07T02:10']);
    expect(runs(rate, '2026-03-07T05:09:59Z', 1)).toEqual(['2026-03-07T05:10']);
    expect(runs(rate, '2026-03-01T00:00:00Z', 1), 'not before it was made').toEqual(['2026-03-07T01:10']);
  });
});

describe('a moment', () => {
  it('comes once', () => {
    expect(runs({ at: Date.parse('2026-03-07T00:10:00Z') }, '2026-03-01T00:00:00Z', 5)).toEqual(['2026-03-07T00:10']);
  });
});

describe('a cron expression', () => {
  it.each([
    '0 8 * * 1-5',
    '*/15 * * * *',
    '*/20 * * * *',
    '0,15,30,45 8-18 * JAN-MAR MON',
    '0 0 29 2 *',
    '50 23 * * *',
    '5,20 0 * * *',
  ])('%s can be kept', (cron) => {
    expect(cronProblem(cron)).toBeUndefined();
  });

  it.each(['* * * * *', '0,14 8 * * *', '*/25 * * * *', '5,55 0,23 1 1 *', '0-59/10 3 * * *'])(
    '%s whose times are too near to each other is refused',
    (cron) => {
      expect(cronProblem(cron)).toBe('has times less than 15 minutes apart');
    },
  );

  it.each(['0 0 30 2 *', '0 0 31 4,6 *', '0 18-8 * * *'])('%s that names no time there is, is refused', (cron) => {
    expect(cronProblem(cron)).toBe('names no time that exists');
  });
});
