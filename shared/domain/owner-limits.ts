import type { Bucket, LimitClass } from '../catalog/owner-limits.ts';
import type { QueueName } from '../catalog/queues.ts';

/**
 * What each owner has used of what a stage grants (docs/adr/0013-limits-per-owner.md). Every method is atomic. Rejects when the store
 * fails, and then nobody may be refused.
 */
export interface OwnerLimits {
  /** Takes one token and notes the job as unfinished, both or neither. */
  take(ask: LimitAsk): Promise<TakeOutcome>;
  /** Takes jobs off the owner's list of unfinished ones. */
  forget(owner: string, queue: QueueName, ids: readonly string[]): Promise<void>;
  /** Takes a place among the owner's held requests until the given time (milliseconds); undefined when all are taken. */
  hold(owner: string, ask: HoldAsk): Promise<HeldPlace | undefined>;
  /** Gives the place back. Places that nobody gives back are free again when their time is over. */
  release(owner: string, place: HeldPlace): Promise<void>;
}

export interface LimitAsk {
  readonly owner: string;
  readonly limitClass: LimitClass;
  readonly bucket: Bucket;
  /** The job that would be unfinished, on the queue where it starts, and how many of the owner's may be there. */
  readonly job?: { readonly queue: QueueName; readonly id: string; readonly most: number };
  /** Milliseconds since the epoch. */
  readonly now: number;
}

export type TakeOutcome =
  | { readonly kind: 'taken'; readonly level: BucketLevel }
  | { readonly kind: 'rate_limited'; readonly level: BucketLevel }
  /** The list of unfinished jobs is full; some of these may have ended. */
  | { readonly kind: 'too_many_unfinished'; readonly level: BucketLevel; readonly ids: readonly string[] };

/** What is in a bucket. */
export interface BucketLevel {
  /** Whole tokens. */
  readonly left: number;
  /** Until there is one more. */
  readonly milliseconds: number;
}

export interface HoldAsk {
  readonly most: number;
  /** Milliseconds since the epoch. */
  readonly until: number;
  readonly now: number;
}

export interface HeldPlace {
  /** From 0. */
  readonly place: number;
  readonly until: number;
}

/** What is kept of one owner. */
export interface OwnerUse {
  /**
   * When each bucket is full again, milliseconds since the epoch; a time that has passed means full. One number tells the level at any
   * moment, so nothing has to be refilled (the generic cell rate algorithm, ITU-T I.371).
   */
  readonly full: Readonly<Partial<Record<LimitClass, number>>>;
  readonly unfinished: Readonly<Partial<Record<QueueName, readonly string[]>>>;
}

/** Whether one more token may be taken and one more job be unfinished, by what is kept of the owner. */
export function judge(use: OwnerUse, { limitClass, bucket, job, now }: LimitAsk): 'may_take' | TakeOutcome {
  const full = use.full[limitClass] ?? now;
  const level = levelOf(full, bucket, now);
  if (full > latestFull(bucket, now)) return { kind: 'rate_limited', level };
  const ids = job ? (use.unfinished[job.queue] ?? []) : [];
  if (job && ids.length >= job.most && !ids.includes(job.id)) return { kind: 'too_many_unfinished', level, ids };
  return 'may_take';
}

/** Milliseconds in which one token comes back. */
export function tokenMilliseconds({ size, fullAfterSeconds }: Bucket): number {
  return (fullAfterSeconds * 1_000) / size;
}

/** A bucket that is full again at this time, or before, has a token now. */
export function latestFull(bucket: Bucket, now: number): number {
  return now + bucket.fullAfterSeconds * 1_000 - tokenMilliseconds(bucket);
}

/** What is in a bucket that is full again at the given time. */
export function levelOf(full: number, bucket: Bucket, now: number): BucketLevel {
  const token = tokenMilliseconds(bucket);
  const missing = Math.max(0, full - now) / token;
  const left = Math.max(0, Math.floor(bucket.size - missing + ROUNDING));
  const next = full - now - (bucket.size - left - 1) * token;
  return { left, milliseconds: left >= bucket.size ? 0 : Math.max(0, next) };
}

/** A token that is there but for the rounding of a division is there. */
const ROUNDING = 1e-9;
