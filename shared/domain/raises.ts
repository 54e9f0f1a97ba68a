import type { QueueName } from '../catalog/queues.ts';
import { raiseFactor, raiseMinutes } from '../catalog/remediations.ts';
import type { QueueConsumer } from './ports.ts';

/** Runs of a queue's consumer at a time. */
export interface ConcurrencyBounds {
  /** What the template says. */
  readonly usual: number;
  /** What it may be raised to; the same when it may not. */
  readonly most: number;
}

/** A queue does not keep up. */
export interface RaiseWanted {
  readonly kind: 'raise';
  readonly queue: QueueName;
}

/** It gets more runs at a time, until the time is over at the latest. */
export interface Raise extends RaiseWanted, RemedialRaise {
  /** Runs at a time until now. */
  readonly before: number;
}

/** What is to be put back. */
export interface RemedialRaise {
  readonly queue: QueueName;
  /** Runs at a time. */
  readonly concurrency: number;
  /** Milliseconds since the epoch. */
  readonly until: number;
}

export type WhyNotRaised = 'queue_paused' | 'consumer_changing' | 'at_bound';

/** Half as many runs again as there may be now, `most` at the most; or why not. */
export function raiseOf(
  queue: QueueName,
  { state, concurrency }: QueueConsumer,
  most: number,
  now: number,
): Raise | { readonly kind: 'none'; readonly why: WhyNotRaised } {
  if (state === 'paused' || state === 'pausing') return { kind: 'none', why: 'queue_paused' };
  if (state !== 'running') return { kind: 'none', why: 'consumer_changing' };
  if (concurrency === undefined || concurrency >= most) return { kind: 'none', why: 'at_bound' };
  const raised = Math.min(most, Math.ceil(concurrency * raiseFactor));
  const until = now + raiseMinutes * 60_000;
  return { kind: 'raise', queue, before: concurrency, concurrency: raised, until };
}

/** What is kept of a raise until it is put back. */
export function remedialRaise({ queue, concurrency, until }: Raise): RemedialRaise {
  return { queue, concurrency, until };
}

export function withoutRaise(queue: QueueName, raises: readonly RemedialRaise[]): readonly RemedialRaise[] {
  return raises.filter((one) => one.queue !== queue);
}

/** The time of a queue's raise is over at `now`. */
export function dueAt(now: number, queue: QueueName, raises: readonly RemedialRaise[]): readonly RemedialRaise[] {
  return raises.map((one) => (one.queue === queue ? { ...one, until: now } : one));
}
