import { type JobType, stepNames, stepOf, waitLimitSeconds } from '../catalog/job-types.ts';
import type { QueueName } from '../catalog/queues.ts';
import { dueFrom, outboxOf } from './build-change.ts';
import type { NextStep } from './decide.ts';
import { dueShards, expiryOf, type Job, recordVersion, type StoredValue } from './job.ts';

export interface Acceptance {
  readonly id: string;
  readonly type: JobType;
  readonly owner: string;
  readonly input: StoredValue;
  readonly priority?: number;
  /** For a type that may run anywhere; otherwise the catalog and the priority choose. */
  readonly queue?: QueueName;
  /** Milliseconds since the epoch. */
  readonly notBefore?: number;
  readonly deadline?: number;
  /** For a child: its batch and its number there. */
  readonly parent?: NonNullable<Job['parent']>;
  /** Where the owner wants to be told of the end. */
  readonly callbackUrl?: string;
  /** The job whose end makes this one. */
  readonly follows?: string;
  /** The schedule that makes the job. */
  readonly scheduleId?: string;
  /** What is known before any work is done. */
  readonly headStart?: HeadStart;
}

/** The result so far, and the step that goes on from it; without one the job is complete. */
export interface HeadStart {
  readonly result: StoredValue;
  readonly next?: NextStep;
}

/** The head of a new job: visit 1 of its first step, unless it has a head start. */
export function accept(request: Acceptance, now: number): Job {
  const { headStart } = request;
  const job = headAt(headStart?.next?.step ?? stepNames(request.type)[0] ?? '', request, now);
  if (!headStart) return job;
  const started = { ...job, result: headStart.result, progress: headStart.next?.progress ?? 0 };
  return headStart.next ? withFirstEvent(started, now) : completedAtOnce(started, now);
}

function headAt(step: string, request: Acceptance, now: number): Job {
  const queue = request.queue ?? queueOf(request.type, step, request.priority);
  const startsAt = Math.max(now, request.notBefore ?? now);
  const status = startsAt > now ? 'scheduled' : 'accepted';
  return {
    id: request.id,
    type: request.type,
    owner: request.owner,
    queue,
    ...(request.priority !== undefined && { priority: request.priority }),
    step,
    status,
    visit: 1,
    attempt: 0,
    failures: 0,
    due_at: Math.min(dueFrom(startsAt, now, queue), request.deadline ?? Number.POSITIVE_INFINITY),
    due_shard: shardOf(request.id),
    ...(startsAt > now && { not_before: startsAt }),
    wait_until: startsAt + waitLimitSeconds(request.type, step, queue) * 1_000,
    ...(request.deadline !== undefined && { deadline: request.deadline }),
    ...(request.parent && { parent: request.parent }),
    ...(request.callbackUrl !== undefined && { callback_url: request.callbackUrl }),
    ...(request.follows !== undefined && { follows: request.follows }),
    ...(request.scheduleId !== undefined && { schedule_id: request.scheduleId }),
    progress: 0,
    seq: 1,
    history: [{ at: now, status, step, progress: 0 }],
    input: request.input,
    resends: 0,
    requeues: 0,
    rv: recordVersion,
    accepted_at: now,
    updated_at: now,
  };
}

function withFirstEvent(job: Job, now: number): Job {
  return { ...job, history: [{ at: now, status: job.status, step: job.step, progress: job.progress }] };
}

/** The record of a job that was answered at once: it ends as any other does, and nothing is due but what follows from its end. */
function completedAtOnce({ due_at: _, ...job }: Job, now: number): Job {
  return {
    ...job,
    ...outboxOf(job, 'completed', now),
    status: 'completed',
    progress: 100,
    seq: 2,
    history: [...job.history, { at: now, status: 'completed', progress: 100 }],
    ended_at: now,
    ttl: expiryOf(now),
  };
}

/** The queue of a step: its own, or `analytics` when the submit's priority is 3 or less and the step may be moved there. */
export function queueOf(type: JobType, step: string, priority: number | undefined): QueueName {
  const definition = stepOf(type, step);
  if (!definition) return 'default';
  const demoted = definition.demotable && priority !== undefined && priority <= DEMOTED_PRIORITY;
  return demoted ? 'analytics' : definition.queue;
}

const DEMOTED_PRIORITY = 3;

/** A number below `dueShards`: FNV-1a of the id, so that neighbours in time spread over the shards. */
export function shardOf(id: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < id.length; index++) hash = Math.imul(hash ^ id.charCodeAt(index), 0x01000193);
  return (hash >>> 0) % dueShards;
}
