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

/** What metrics tell of the queues hour by hour. Rejects when CloudWatch does not answer, or not wholly. */
export interface HourlyHistory {
  /** Every hour of the time, in order, also those in which nothing was measured. The time begins and ends on whole hours. */
  readHours(queues: readonly QueueName[], time: TimeSpan): Promise<ReadonlyMap<QueueName, readonly MeasuredHour[]>>;
}

/** Travellers' jobs; probes are left out. */
export interface MeasuredHour {
  /** Milliseconds since the epoch. */
  readonly from: number;
  readonly accepted: number;
  /** Jobs that ended here completed, failed or expired. */
  readonly opportunities: number;
  /** Those of them that failed or expired for reasons of ours. */
  readonly defects: number;
  /** Attempts under way at a time, on average over the hour. */
  readonly busy: number;
}
