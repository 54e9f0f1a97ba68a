import type { FailureCode } from '../catalog/failures.ts';
import type { Degradation, JobType } from '../catalog/job-types.ts';
import type { QueueName } from '../catalog/queues.ts';
import { jobRetentionDays } from '../catalog/retention.ts';
import type { JobCost } from '../catalog/schemas/cost.ts';
import type { jobStatuses } from '../catalog/schemas/job.ts';
import type { Effects } from './effects.ts';

export type JobStatus = (typeof jobStatuses)[number];

export type FinalStatus = 'completed' | 'failed' | 'cancelled' | 'expired';

/**
 * The head of one job, as it is stored (docs/job-record.md). Times are milliseconds since the epoch, except `ttl`, which DynamoDB wants in
 * seconds. The field names are those of the record, so that a transition reads the same here, in the table and in the console.
 */
export interface Job {
  /** ULID. */
  readonly id: string;
  readonly type: JobType;
  /** Hash of issuer and subject. */
  readonly owner: string;
  readonly queue: QueueName;
  /** What the submit asked for, 1 to 10; 3 or less moves demotable steps to `analytics`. */
  readonly priority?: number;
  readonly step: string;
  readonly status: JobStatus;
  /** Number of the current stay on a queue; a message with another number can run nothing. */
  readonly visit: number;
  /** Runs of any step so far. */
  readonly attempt: number;
  /** Failures of the current step that count. */
  readonly failures: number;
  /** Present while an attempt holds the job. */
  readonly lease_until?: number;
  /** Invocation and message of the latest attempt: what to look for in the logs. */
  readonly holder?: string;
  /** When the reconciler looks at the job; absent once nothing remains to be done. */
  readonly due_at?: number;
  readonly due_shard: number;
  /** Not to be claimed before. */
  readonly not_before?: number;
  /** The current step expires if it has not started by then. */
  readonly wait_until: number;
  /** The whole job expires then, running or not. */
  readonly deadline?: number;
  /** When the owner asked a running job to stop. */
  readonly cancel_at?: number;
  /** The outside acts of the job, by name. */
  readonly effects?: Effects;
  /** Since when there is an effect that must be taken back before the job may end otherwise than completed. */
  readonly acted_at?: number;
  /** Since when there is no way back: the job can only go forward, and no limit binds it. */
  readonly committed_at?: number;
  /** 0 to 100; never falls. */
  readonly progress: number;
  /** What the attempt last said of itself; absent: the status and the step say it. */
  readonly message?: string;
  /** Rises with every change that a client can see. */
  readonly seq: number;
  /** The latest events, oldest first; the last one is number `seq`. */
  readonly history: readonly JobEvent[];
  readonly input: StoredValue;
  readonly result?: StoredValue;
  readonly error?: JobFailure;
  readonly degraded?: readonly Degradation[];
  /** What all attempts have cost that ended; those of an attempt whose worker died are not known. */
  readonly cost?: JobCost;
  /** How much of the cost was counted among the owner's spending at an earlier end: a job may be redriven. Micro-dollars. */
  readonly cost_counted?: number;
  /** How often the reconciler has sent the current message again. */
  readonly resends: number;
  /** How often a dead-letter message has been sent again. */
  readonly requeues: number;
  /** Version of the record, written by the release that wrote it last. */
  readonly rv: number;
  readonly accepted_at: number;
  readonly updated_at: number;
  readonly processing_at?: number;
  readonly ended_at?: number;
  /** Present on a child: its batch, and its number there, from 0. */
  readonly parent?: { readonly id: string; readonly index: number };
  /** The schedule that made the job. */
  readonly schedule_id?: string;
  /** How many children a batch has; written before the first is made, never changed. */
  readonly total?: number;
  /** Present while children of the batch are open. */
  readonly batch?: BatchPhase;
  /** Numbers of the children that have ended, each in one of three sets: counting the same end twice changes nothing. */
  readonly done_ok?: ReadonlySet<number>;
  readonly done_failed?: ReadonlySet<number>;
  readonly done_cancelled?: ReadonlySet<number>;
  /** How a closing batch ends once its children have, or an undone job once its effects are taken back. */
  readonly intended_end?: IntendedEnd;
  /** What must still follow from the end of the job; the job stays due until it has. */
  readonly outbox?: readonly FollowUp[];
  /** Where the owner wants to be told of the end. */
  readonly callback_url?: string;
  /** Id of the job whose end made this one. */
  readonly follows?: string;
  /** Queue on which the job died; an operator may redrive it. */
  readonly dead?: QueueName;
  /** Seconds since the epoch. */
  readonly ttl?: number;
}

/** One change a client can see. What an event leaves out is as in the event before it. */
export interface JobEvent {
  readonly at: number;
  readonly status: JobStatus;
  readonly step?: string;
  readonly progress?: number;
  readonly message?: string;
}

export interface JobFailure {
  readonly code: FailureCode;
  readonly message: string;
}

/**
 * Where a batch is with its children. `fanning_out`: some are made; `waiting`: all are made, and nobody can claim the batch; `closing`: the
 * batch will end otherwise than completed, and its open children are being cancelled.
 */
export type BatchPhase = (typeof batchPhases)[number];

export const batchPhases = ['fanning_out', 'waiting', 'closing'] as const;

export interface IntendedEnd {
  readonly status: (typeof intendedEnds)[number];
  readonly error: JobFailure;
  /** Of an undone job: the step that was given up. */
  readonly step?: string;
}

export const intendedEnds = ['failed', 'cancelled', 'expired'] as const;

/** `count_at_parent`: the batch must learn how its child ended. `callback`: the owner's receiver must be told. `notify`: the traveller must be. */
export type FollowUp = (typeof followUps)[number];

export const followUps = ['count_at_parent', 'callback', 'notify'] as const;

/** The fields that hold sets of numbers. */
export type SetField = 'done_ok' | 'done_failed' | 'done_cancelled';

/** A value of the record: in the head when small, else in a write-once part whose name is kept here, with the fields that were added since. */
export type StoredValue =
  | { readonly inline: unknown }
  | { readonly part: string; readonly more?: Readonly<Record<string, unknown>> };

/** The version of the record this release writes. */
export const recordVersion = 1;

/** The newest version this release understands: it learns to read the next one before any release writes it. */
export const newestReadableVersion = 1;

/** How many events the head keeps. */
export const historyLength = 50;

/** How long a finished job can be read, seconds. */
export const retentionSeconds = jobRetentionDays * 86_400;

/** When the record of a job that ended at `now` is deleted, seconds since the epoch. */
export function expiryOf(now: number): number {
  return Math.ceil(now / 1_000) + retentionSeconds;
}

/** The shards of the due index. A job's shard is fixed by its id. */
export const dueShards = 16;

/** Whether the job is in its step `undo`: its effects are being taken back, and then it ends as intended. */
export function isUndoing({ intended_end, batch }: Pick<Job, 'intended_end' | 'batch'>): boolean {
  return intended_end !== undefined && batch === undefined;
}

/** Whether a cancel or a limit may still end the job. */
export function canBeStopped(job: Pick<Job, 'committed_at' | 'intended_end' | 'batch'>): boolean {
  return job.committed_at === undefined && !isUndoing(job);
}

/** When the job runs out of time, milliseconds since the epoch; never, once it can only go forward or back. */
export function limitOf(job: Job): number {
  if (!canBeStopped(job) || job.batch === 'closing') return Number.POSITIVE_INFINITY;
  return Math.min(job.wait_until, job.deadline ?? Number.POSITIVE_INFINITY);
}

/** Whether a job of this status has ended; what still follows from its end is in its `outbox`. */
export function isFinal(status: JobStatus): status is FinalStatus {
  return status === 'completed' || status === 'failed' || status === 'cancelled' || status === 'expired';
}

/** What travels on a queue. Everything else is in the record. */
export interface JobMessage {
  readonly v: 1;
  readonly id: string;
  readonly visit: number;
}
