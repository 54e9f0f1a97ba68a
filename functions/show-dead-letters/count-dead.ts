import type { QueueName } from '../../shared/catalog/queues.ts';
import type { JobStore } from '../../shared/domain/ports.ts';

/** The failed jobs of a queue, as far as the widget looks. */
export interface Pile {
  readonly queue: QueueName;
  readonly count: number;
  /** Whether there are more than were counted. */
  readonly more: boolean;
  /** Milliseconds since the epoch; undefined when there is none. */
  readonly newestAt?: number;
}

/** Beyond this the number does not matter: something is wrong. */
const countsAtMost = 200;

/** Counts entries of the index, which may be a moment behind the records. */
export async function countDead(queue: QueueName, store: Pick<JobStore, 'deadLetters'>): Promise<Pile> {
  let count = 0;
  let newestAt: number | undefined;
  for await (const { diedAt } of store.deadLetters(queue, 'newest_first')) {
    if (count === countsAtMost) return { queue, count, more: true, ...(newestAt !== undefined && { newestAt }) };
    newestAt ??= diedAt;
    count++;
  }
  return { queue, count, more: false, ...(newestAt !== undefined && { newestAt }) };
}
