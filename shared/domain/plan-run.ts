import { missedRunGraceSeconds } from '../catalog/schedules.ts';
import type { Schedule } from './schedule.ts';
import { nextRun } from './timing.ts';

/** What is to be done with a schedule that is due. */
export interface PlannedRun {
  /** The moment for which a job is to be made; absent when every run that is due came too late. */
  readonly runAt?: number;
  /** Runs that are given up. */
  readonly skipped: number;
  /** The run after those; absent when there is none. */
  readonly next?: number;
}

/** Runs that are counted one by one when a schedule was long overdue: a year of quarters of an hour would take seconds to count. */
const MOST_COUNTED = 500;

/**
 * Of the runs that are due up to `until`, only the latest is made, and only if it is not older than the grace: after an outage nobody wants
 * the stories of all mornings at once. Undefined when nothing is due. All in milliseconds since the epoch.
 */
export function planRun(schedule: Schedule, now: number, until: number): PlannedRun | undefined {
  const due: number[] = [];
  const graceFrom = now - missedRunGraceSeconds * 1_000;
  let next = schedule.due_at;
  while (next !== undefined && next <= until) {
    due.push(next);
    next = followingRun(schedule, due.length < MOST_COUNTED ? next : Math.max(next, graceFrom - 1));
  }
  const latest = due.at(-1);
  if (latest === undefined) return undefined;
  const isMade = latest >= graceFrom;
  return {
    ...(isMade && { runAt: latest }),
    skipped: due.length - (isMade ? 1 : 0),
    ...(next !== undefined && { next }),
  };
}

/** The first run after a moment, unless the schedule ends before. */
export function followingRun(
  { timing, ends_at }: Pick<Schedule, 'timing' | 'ends_at'>,
  after: number,
): number | undefined {
  const next = nextRun(timing, after);
  return next === undefined || next > (ends_at ?? Number.POSITIVE_INFINITY) ? undefined : next;
}
