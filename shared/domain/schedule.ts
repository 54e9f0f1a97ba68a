import type { FailureCode } from '../catalog/failures.ts';
import type { JobType } from '../catalog/job-types.ts';
import { endedScheduleDays } from '../catalog/schedules.ts';
import { shardOf } from './accept.ts';
import { dueShards } from './job.ts';
import type { PlannedRun } from './plan-run.ts';
import type { Timing } from './timing.ts';

/** A schedule as it is stored (docs/schedules.md). Times are milliseconds since the epoch, except `ttl`, which DynamoDB wants in seconds. */
export interface Schedule {
  /** ULID. */
  readonly id: string;
  /** Hash of issuer and subject. */
  readonly owner: string;
  readonly name?: string;
  readonly timing: Timing;
  /** No run is later. */
  readonly ends_at?: number;
  readonly max_runs?: number;
  /** What to submit. The body is checked again at each run, since a later release may accept something else. */
  readonly job: { readonly type: JobType; readonly body: unknown };
  /** The next run; absent once there is none. */
  readonly due_at?: number;
  readonly due_shard: number;
  /** Jobs made so far. */
  readonly runs: number;
  /** Runs that were not made because their time had passed. */
  readonly skipped: number;
  /** For which moment the last job was made. */
  readonly last_run_at?: number;
  readonly last_job_id?: string;
  /** Why the latest run made no job. */
  readonly last_error?: RunFailure;
  readonly created_at: number;
  readonly ended_at?: number;
  readonly ttl?: number;
  /** Version of the record. */
  readonly rv: number;
}

export interface RunFailure {
  readonly code: FailureCode;
  readonly message: string;
}

/** The version of the record this release writes, and the newest it understands. */
export const scheduleVersion = 1;

/** Far above the shards of jobs, which may become more. */
const FIRST_SHARD = 1_000;

/** Schedules have shards of the due index of their own: neither they nor jobs have to be looked for among the others. */
export const scheduleShards: readonly number[] = Array.from({ length: dueShards }, (_, number) => FIRST_SHARD + number);

/** The shard of the index `due` that holds the schedule; jobs are in others. */
export function scheduleShardOf(id: string): number {
  return FIRST_SHARD + shardOf(id);
}

/** What came of the run that was planned, if one was. */
export type RunOutcome =
  | { readonly kind: 'made'; readonly jobId: string }
  | { readonly kind: 'refused'; readonly error: RunFailure }
  | { readonly kind: 'skipped' };

/** The schedule after a run: it waits for the next one, or has ended. */
export function afterRun(schedule: Schedule, planned: PlannedRun, outcome: RunOutcome, now: number): Schedule {
  const { due_at: _due, last_error: _error, ...kept } = schedule;
  const isMade = outcome.kind === 'made';
  const runs = schedule.runs + (isMade ? 1 : 0);
  const isLast = planned.next === undefined || runs >= (schedule.max_runs ?? Number.POSITIVE_INFINITY);
  const error = outcome.kind === 'refused' ? outcome.error : isMade ? undefined : schedule.last_error;
  return {
    ...kept,
    runs,
    skipped: schedule.skipped + planned.skipped,
    ...(isMade && { last_run_at: planned.runAt ?? now, last_job_id: outcome.jobId }),
    ...(error && { last_error: error }),
    ...(isLast ? { ended_at: now, ttl: expiryOf(now) } : { due_at: planned.next }),
  };
}

/** When the record of a schedule that ended at `now` is deleted, seconds since the epoch. */
function expiryOf(now: number): number {
  return Math.ceil(now / 1_000) + endedScheduleDays * 86_400;
}

/** Whether nobody may see it any more; DynamoDB deletes late. */
export function isExpired({ ttl }: Schedule, now: number): boolean {
  return ttl !== undefined && ttl * 1_000 <= now;
}
