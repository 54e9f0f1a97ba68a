import type { Clock } from './clock.ts';

/** A clock by which time passes otherwise than by the machine's. */
export interface PlayedClock extends Clock {
  /** What this clock showed, or will show, at a moment of the machine's clock; both in milliseconds since the epoch. */
  at(moment: number): number;
  /** By how many milliseconds it is ahead of the machine's clock now. */
  ahead(): number;
}

/**
 * What of a local cloud does not keep the machine's time, so that an alarm of fifteen minutes need not take fifteen. Everything else does:
 * workers, leases, retries and their delays, tokens.
 */
export interface TimeLapse {
  /** CloudWatch's minutes, and the age that a message has for it. */
  readonly watching: PlayedClock;
  /** The schedules of EventBridge. Left out, they keep the machine's time. */
  readonly schedules?: Clock;
  /** How many seconds after SQS hands out again what was not deleted, by the queue's physical name; undefined leaves it its visibility time-out. */
  readonly redelivery?: Redelivery;
}

export type Redelivery = (queueName: string) => number | undefined;

/** A clock that shows the machine's time. */
export function inRealTime(clock: Clock): PlayedClock {
  return {
    now: () => clock.now(),
    after: (delayMs, callback) => clock.after(delayMs, callback),
    at: (moment) => moment,
    ahead: () => 0,
  };
}

/** A clock that is right at this moment, and goes `factor` times as fast from now on. */
export function timesAsFast(factor: number, clock: Clock): PlayedClock {
  const startedAt = clock.now();
  const at = (moment: number) => startedAt + (moment - startedAt) * factor;
  return {
    now: () => at(clock.now()),
    after: (delayMs, callback) => clock.after(delayMs / factor, callback),
    at,
    ahead: () => (clock.now() - startedAt) * (factor - 1),
  };
}
