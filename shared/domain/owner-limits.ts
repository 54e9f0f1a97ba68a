import type { Bucket, LimitClass } from '../catalog/owner-limits.ts';
import type { QueueName } from '../catalog/queues.ts';

/**
 * What each owner has used of what a stage grants (docs/adr/0013-limits-per-owner.md). Every method is atomic. Rejects when the store
 * fails, and then nobody may be refused.
 */
export interface OwnerLimits extends Spending {
  /** Takes one token and notes the job as unfinished, both or neither. */
  take(ask: LimitAsk): Promise<TakeOutcome>;
  /** Takes jobs off the owner's list of unfinished ones. */
  forget(owner: string, queue: QueueName, ids: readonly string[]): Promise<void>;
  /** Takes a place among the owner's held requests until the given time (milliseconds); undefined when all are taken. */
  hold(owner: string, ask: HoldAsk): Promise<HeldPlace | undefined>;
  /** Gives the place back. Places that nobody gives back are free again when their time is over. */
  release(owner: string, place: HeldPlace): Promise<void>;
}

/** What owners have spent on each day (UTC). Rejects when the store fails. */
export interface Spending {
  /** Adds to what was spent on the day of `now`, and takes a job that has ended off the owner's lists of unfinished ones. */
  spend(owner: string, spent: Spent): Promise<void>;
}

export interface Spent {
  readonly microUsd: number;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly ended?: { readonly id: string; readonly queues: readonly QueueName[] };
}

export interface LimitAsk {
  readonly owner: string;
  readonly limitClass: LimitClass;
  readonly bucket: Bucket;
  /** The job that would be unfinished, on the queue where it starts, and how many of the owner's may be there. */
  readonly job?: { readonly queue: QueueName; readonly id: string; readonly most: number };
  /** For a request that may cost something: what the owner may spend in a day, and what it is expected to cost, micro-dollars. */
  readonly budget?: { readonly dailyMicroUsd: number; readonly expectedMicroUsd: number };
  /** Milliseconds since the epoch. */
  readonly now: number;
}

export type TakeOutcome =
  | { readonly kind: 'taken'; readonly level: BucketLevel }
  | { readonly kind: 'rate_limited'; readonly level: BucketLevel }
  | { readonly kind: 'budget_spent'; readonly level: BucketLevel; readonly spentMicroUsd: number }
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
  /** The day on which the owner spent last, and what. */
  readonly spentDay?: string;
  readonly spentMicroUsd: number;
}

/** Whether one more token may be taken and one more job be unfinished, by what is kept of the owner. */
export function judge(use: OwnerUse, { limitClass, bucket, job, budget, now }: LimitAsk): 'may_take' | TakeOutcome {
  const full = use.full[limitClass] ?? now;
  const level = levelOf(full, bucket, now);
  if (full > latestFull(bucket, now)) return { kind: 'rate_limited', level };
  const spentMicroUsd = (use.spentDay ?? '') >= dayOf(now) ? use.spentMicroUsd : 0;
  if (budget && spentMicroUsd > mostSpent(budget)) return { kind: 'budget_spent', level, spentMicroUsd };
  const ids = job ? (use.unfinished[job.queue] ?? []) : [];
  if (job && ids.length >= job.most && !ids.includes(job.id)) return { kind: 'too_many_unfinished', level, ids };
  return 'may_take';
}

/** What may have been spent on a day on which one more request may be made: less than the budget, and room for what it is expected to cost. */
export function mostSpent({ dailyMicroUsd, expectedMicroUsd }: NonNullable<LimitAsk['budget']>): number {
  return dailyMicroUsd - Math.max(1, expectedMicroUsd);
}

/** The day (UTC), such as `2026-11-25`; later days sort after earlier ones. */
export function dayOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 10);
}

/** When the day of `now` is over, milliseconds since the epoch. */
export function endOfDay(now: number): number {
  return Date.parse(dayOf(now)) + DAY_MILLISECONDS;
}

const DAY_MILLISECONDS = 86_400_000;

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
