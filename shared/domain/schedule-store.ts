import type { AcceptOutcome, IdempotencyKey, IdempotencyName } from './ports.ts';
import type { Schedule } from './schedule.ts';

/** Names a schedule: nobody looks for one without knowing whose it is. */
export interface ScheduleName {
  readonly owner: string;
  readonly id: string;
}

/** Keeps schedules. What it tells is what was written last. Rejects only when the store itself fails. */
export interface ScheduleStore {
  /** Writes a new schedule, with its idempotency key in one transaction if there is one. */
  create(schedule: Schedule, key?: IdempotencyKey): Promise<AcceptOutcome>;
  /** What an earlier request with the key was answered. */
  answered(key: IdempotencyName, now: number): Promise<KnownAnswer | undefined>;
  find(name: ScheduleName): Promise<Schedule | undefined>;
  /** An owner's schedules, newest first, those included that have ended and are not deleted yet. */
  ofOwner(owner: string): AsyncIterable<Schedule>;
  /** Puts the schedule in the place of what it was; false if that has been moved on or deleted meanwhile. */
  moveOn(seen: Schedule, after: Schedule): Promise<boolean>;
  /** Deletes the schedule and tells it; undefined if it is not there. */
  remove(name: ScheduleName, now: number): Promise<Schedule | undefined>;
  /** The schedules of one shard that are due not after `before` (milliseconds), soonest first. An entry may be behind its record. */
  due(shard: number, before: number): AsyncIterable<ScheduleName>;
}

export interface KnownAnswer {
  readonly fingerprint: string;
  readonly answer: unknown;
}
