import { describe, expect, it } from 'vitest';
import { planRun } from '../../../shared/domain/plan-run.ts';
import { acceptedAt as start } from '../../support/job-builder.ts';
import { aSchedule } from '../../support/schedule-builder.ts';

const QUARTER = 900_000;
const DAY = 86_400_000;
/** The time of a run of a schedule of every quarter of an hour, by its number. */
const run = (number: number) => start + number * QUARTER;
const quarterly = (fields: Parameters<typeof aSchedule>[0] = {}) =>
  aSchedule({ timing: { every: 900, from: start }, due_at: run(1), ...fields });

describe('the run of a schedule', () => {
  it('is due at its very moment, and not before', () => {
    expect(planRun(quarterly(), run(1) - 1, run(1) - 1)).toBeUndefined();
    expect(planRun(quarterly(), run(1), run(1))).toStrictEqual({ runAt: run(1), skipped: 0, next: run(2) });
  });

  it('is none when the schedule has ended', () => {
    const { due_at: _, ...ended } = quarterly();
    expect(planRun(ended, run(9), run(9))).toBeUndefined();
  });

  it('is given up when it is more than a quarter of an hour late', () => {
    const daily = aSchedule({ timing: { every: 86_400, from: start }, due_at: start + DAY });
    const late = (milliseconds: number) => planRun(daily, start + DAY + milliseconds, start + DAY + milliseconds);
    expect(late(QUARTER)).toStrictEqual({ runAt: start + DAY, skipped: 0, next: start + 2 * DAY });
    expect(late(QUARTER + 1)).toStrictEqual({ skipped: 1, next: start + 2 * DAY });
  });

  it('is the latest of those that are due; the others are given up', () => {
    expect(planRun(quarterly(), run(4), run(4) + 1)).toStrictEqual({ runAt: run(4), skipped: 3, next: run(5) });
  });

  it('has none after it when the schedule ends before', () => {
    expect(planRun(quarterly({ ends_at: run(2) }), run(1), run(1))).toMatchObject({ next: run(2) });
    expect(planRun(quarterly({ ends_at: run(2) - 1 }), run(1), run(1))).toStrictEqual({ runAt: run(1), skipped: 0 });
  });

  it('after an outage of months counts five hundred that are given up, and those that are still in time', () => {
    const planned = planRun(quarterly(), run(10_000), run(10_000));
    expect(planned).toStrictEqual({ runAt: run(10_000), skipped: 501, next: run(10_001) });
  });
});
