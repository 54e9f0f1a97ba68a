import { notifies } from '../catalog/job-types.ts';
import { longestDelaySeconds, type QueueName, queues } from '../catalog/queues.ts';
import type { Change, Guard, OptionalField } from './change.ts';
import { readable } from './guards.ts';
import { expiryOf, type FollowUp, type Job, type JobStatus, limitOf, recordVersion } from './job.ts';

/** How long whoever ended a job has to do what follows before the reconciler does it, milliseconds. */
const OUTBOX_PATIENCE_MILLISECONDS = 60_000;

/** How long after a send the reconciler first looks whether the job was picked up, milliseconds. */
export function firstLook(queue: QueueName): number {
  return queues[queue].firstLookSeconds * 1_000;
}

/**
 * When a job that may start at `startsAt` is due: once somebody should have picked it up, or at its very time if no message can be kept back so
 * long, which the reconciler then sends.
 */
export function dueFrom(startsAt: number, now: number, queue: QueueName): number {
  const isTooFarOff = startsAt - now > longestDelaySeconds * 1_000;
  return isTooFarOff ? startsAt : startsAt + firstLook(queue);
}

/** The same, but not later than the job's limits, so that an end by them is told in time. */
export function firstLookAfter(startsAt: number, now: number, job: Job): number {
  return Math.min(dueFrom(startsAt, now, job.queue), limitOf(job));
}

/** A change of a job's head, signed by this release. None is made to a record that a later one wrote in a way this one does not know. */
export function change(transition: string, id: string, { when, set, ...writes }: Parts): Change {
  return {
    transition,
    id,
    remove: [],
    add: {},
    ...writes,
    set: { ...set, rv: recordVersion },
    when: [...when, ...readable],
  };
}

/** What a transition needs and writes; what it leaves out it does not do. */
type Parts = Pick<Change, 'when'> & Partial<Omit<Change, 'transition' | 'id'>>;

/** The change that ends a job. What must follow from the end goes on the record with it, and keeps the job due until it is done. */
export function ended(
  transition: string,
  job: Job,
  when: readonly Guard[],
  now: number,
  status: JobStatus,
  set: Partial<Job>,
  remove: readonly OptionalField[] = [],
): Change {
  const due = outboxOf(job, status, now);
  return change(transition, job.id, {
    when,
    set: { ...seen(now), ...set, ...due, status, ended_at: now, ttl: expiryOf(now) },
    remove: ['lease_until', 'not_before', 'message', ...(due ? [] : (['due_at'] as const)), ...remove],
    event: { at: now, status, ...(set.progress !== undefined && { progress: set.progress }) },
  });
}

/** What every change says that a client can see. */
export function seen(now: number): Pick<Job, 'updated_at'> {
  return { updated_at: now };
}

/** What must follow from the end of the job, and when whoever ended it has left it undone; undefined when nothing must. */
export function outboxOf(
  { type, parent, callback_url }: Job,
  status: JobStatus,
  now: number,
): Pick<Job, 'outbox' | 'due_at'> | undefined {
  const outbox: readonly FollowUp[] = [
    ...(parent ? (['count_at_parent'] as const) : []),
    ...(callback_url !== undefined ? (['callback'] as const) : []),
    ...(status === 'completed' && notifies(type) ? (['notify'] as const) : []),
  ];
  return outbox.length > 0 ? { outbox, due_at: now + OUTBOX_PATIENCE_MILLISECONDS } : undefined;
}
