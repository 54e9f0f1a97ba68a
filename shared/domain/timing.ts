import { CronExpressionParser } from 'cron-parser';
import { shortestIntervalSeconds } from '../catalog/schedules.ts';

/** When a schedule runs. Moments are milliseconds since the epoch. */
export type Timing =
  /** By the clock of a place. */
  | { readonly cron: string; readonly time_zone: string }
  /** Every so many seconds from a moment on. */
  | { readonly every: number; readonly from: number }
  | { readonly at: number };

/**
 * The first run strictly after a moment; undefined when there is none. A time of day that the clocks skip by an hour comes an hour later, and
 * a time of a named hour that they repeat comes once. Throws for a cron expression that `cronProblem` finds fault with.
 */
export function nextRun(timing: Timing, after: number): number | undefined {
  if ('at' in timing) return timing.at > after ? timing.at : undefined;
  if ('every' in timing) return nextOfRate(timing.every * 1_000, timing.from, after);
  const { cron, time_zone: tz } = timing;
  return CronExpressionParser.parse(cron, { currentDate: new Date(after), tz })
    .next()
    .getTime();
}

function nextOfRate(period: number, from: number, after: number): number {
  return from + Math.max(1, Math.floor((after - from) / period) + 1) * period;
}

/** What is wrong with a cron expression whose fields by themselves are right: it names no day that exists, or runs too often. */
export function cronProblem(cron: string): string | undefined {
  try {
    const { minute, hour } = CronExpressionParser.parse(cron, { tz: 'UTC' }).fields;
    const times = hour.values.flatMap((hours) => minute.values.map((minutes) => hours * 60 + minutes));
    const shortest = shortestIntervalSeconds / 60;
    return leastGap(times) < shortest ? `has times less than ${shortest} minutes apart` : undefined;
  } catch {
    return 'names no time that exists';
  }
}

const MINUTES_A_DAY = 1_440;

/** Minutes between the two times of day that are nearest to each other, across midnight too; a single time is a day apart from itself. */
function leastGap(times: readonly number[]): number {
  const sorted = times.toSorted((a, b) => a - b);
  const [first = 0] = sorted;
  const following = [...sorted.slice(1), first + MINUTES_A_DAY];
  return Math.min(...sorted.map((time, index) => (following[index] ?? time) - time));
}
