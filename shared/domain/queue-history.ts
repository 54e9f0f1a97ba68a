import type { QueueName } from '../catalog/queues.ts';

/** What metrics tell of the queues. Rejects when CloudWatch does not answer, or not wholly. */
export interface QueueHistory {
  /** Of each queue, over a time that begins and ends on whole minutes. */
  read(queues: readonly QueueName[], time: TimeSpan): Promise<ReadonlyMap<QueueName, MeasuredQueue>>;
}

export interface TimeSpan {
  /** Milliseconds since the epoch; inclusive. */
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
}

/** An absent figure was never measured: a metric of a count is only written when there is something to count. */
export interface MeasuredQueue {
  /** Jobs. */
  readonly accepted?: number;
  readonly completed?: number;
  readonly failed?: number;
  readonly expired?: number;
  readonly pickUp?: Percentiles;
  readonly step?: Percentiles;
  /** Seconds. */
  readonly ageOfOldest?: number;
}

/** Milliseconds. */
export interface Percentiles {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}
