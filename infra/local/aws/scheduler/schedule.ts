import type { Clock } from '../../clock.ts';
import { nextCronTime, parseAwsCron } from './cron.ts';

export interface ScheduleOptions {
  /** `rate(5 minutes)` or `cron(0 3 * * ? *)`. */
  readonly expression: string;
  /** IANA name; a rule of EventBridge is always UTC, a schedule of EventBridge Scheduler may name one. */
  readonly timeZone?: string;
  readonly clock: Clock;
  /** Called at each due time, also while an earlier call is still running; `dueAt` in milliseconds since the epoch. */
  readonly run: (dueAt: number) => Promise<unknown>;
  readonly log: (line: string) => void;
}

export interface Schedule {
  /** No further run starts; one under way is left alone. */
  stop(): void;
}

const UNIT_MS = { minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const;
/** A timer cannot wait longer than 2^31 - 1 ms. */
const LONGEST_WAIT_MS = 86_400_000;

/**
 * Runs something on an EventBridge schedule. A rate first runs one period after the start and never drifts; what fell due
 * while the machine slept runs once. Throws RangeError for an expression EventBridge would refuse.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html
 */
export function startSchedule({ expression, timeZone = 'UTC', clock, run, log }: ScheduleOptions): Schedule {
  const timeAfter = dueTimes(expression, timeZone, clock.now());
  let cancel = () => {};

  const wait = (dueAt: number | undefined) => {
    if (dueAt === undefined) return;
    const delayMs = dueAt - clock.now();
    cancel = clock.after(Math.max(0, Math.min(delayMs, LONGEST_WAIT_MS)), () => {
      if (clock.now() < dueAt) return wait(dueAt);
      run(dueAt).catch((error: unknown) => log(`${expression}: ${String(error)}`));
      wait(timeAfter(clock.now()));
    });
  };
  wait(timeAfter(clock.now()));
  return { stop: () => cancel() };
}

/** The next due time strictly after a moment; undefined when there is none. */
function dueTimes(expression: string, timeZone: string, startedAt: number): (after: number) => number | undefined {
  const periodMs = parseRate(expression);
  if (periodMs !== undefined) {
    return (after) => startedAt + (Math.floor((after - startedAt) / periodMs) + 1) * periodMs;
  }
  const cron = parseAwsCron(expression);
  return (after) => nextCronTime(cron, after, timeZone);
}

/** `rate(1 hour)`, `rate(2 hours)`: the singular only and always with 1. */
function parseRate(expression: string): number | undefined {
  const parts = /^rate\(([1-9]\d*) (minute|hour|day)(s?)\)$/.exec(expression);
  if (!parts) return undefined;
  const [, count, unit, plural] = parts;
  if ((count === '1') === (plural === 's')) throw new RangeError(`${expression}: singular with 1, else plural`);
  if (unit !== 'minute' && unit !== 'hour' && unit !== 'day') return undefined;
  return Number(count) * UNIT_MS[unit];
}
