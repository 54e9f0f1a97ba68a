import { type Degradation, waitLimitSeconds } from '../catalog/job-types.ts';
import type { QueueName } from '../catalog/queues.ts';
import { change, ended, firstLook, firstLookAfter, seen } from './build-change.ts';
import type { Change, Guard } from './change.ts';
import type { NextStep } from './decide.ts';
import {
  askedFirst,
  childless,
  free,
  goingOn,
  held,
  knownType,
  limitPassed,
  live,
  mayEnd,
  mayStart,
  notAsked,
  notAwaiting,
  notCancelled,
  sameVisit,
  stoppable,
} from './guards.ts';
import type { Job, JobFailure, StoredValue } from './job.ts';

/**
 * Every transition after Accept (docs/job-record.md), one function a row; those of a batch with its children are in batch-transitions.ts, those
 * of a lost message in message-transitions.ts, those of outside acts in effect-transitions.ts.
 * `fence` says who may: the attempt that holds the job (`held`), whoever finds its lease run out (`lost`), or anyone while it is free (`free`).
 */

/** The reconciler looks at a held job this long after its lease has ended: the attempt is then dead. */
const AFTER_THE_LEASE_MILLISECONDS = 10_000;

/** Gives one attempt the right to write to the job until its lease ends. Needs no look at the record before: the guards say it all. */
export function claim(
  { id, visit }: Pick<Job, 'id' | 'visit'>,
  now: number,
  lease: { until: number; holder: string },
): Change {
  return change('claim', id, {
    when: [...free, ...live, ...sameVisit(visit), ...knownType, ...mayStart(now), ...notCancelled, ...notAwaiting],
    set: {
      ...seen(now),
      status: 'processing',
      processing_at: now,
      lease_until: lease.until,
      holder: lease.holder,
      due_at: lease.until + AFTER_THE_LEASE_MILLISECONDS,
      resends: 0,
    },
    remove: ['not_before', 'message'],
    add: { attempt: 1 },
    event: { at: now, status: 'processing' },
  });
}

/** Tells a client how far the attempt is. Progress never falls. */
export function reportProgress(job: Job, now: number, progress: number, message: string): Change {
  return change('progress', job.id, {
    when: [...held(job), { field: 'progress', is: '<=', value: progress }],
    set: { ...seen(now), progress, message },
    event: { at: now, status: 'processing', progress, message },
  });
}

/** The step is done; the job goes to the queue of its next step. */
export function handOff(
  job: Job,
  now: number,
  next: NextStep & { queue: QueueName; result: StoredValue; degraded: readonly Degradation[] },
): Change {
  const progress = Math.max(job.progress, next.progress);
  const waitUntil = now + waitLimitSeconds(job.type, next.step, next.queue) * 1_000;
  return change('hand_off', job.id, {
    when: [...held(job), ...childless, ...goingOn, ...notCancelled],
    set: {
      ...seen(now),
      step: next.step,
      queue: next.queue,
      result: next.result,
      ...(next.degraded.length > 0 && { degraded: next.degraded }),
      progress,
      failures: 0,
      wait_until: waitUntil,
      due_at: firstLookAfter(now, now, { ...job, queue: next.queue, wait_until: waitUntil }),
    },
    remove: ['lease_until', 'message', 'error'],
    add: { visit: 1 },
    event: { at: now, status: 'processing', step: next.step, progress },
  });
}

/** The attempt failed and another will be made, not before `now + delaySeconds`. */
export function retry(
  job: Job,
  fence: readonly Guard[],
  now: number,
  plan: { delaySeconds: number; counted: boolean; error: JobFailure; waitUntil?: number },
): Change {
  const notBefore = now + plan.delaySeconds * 1_000;
  const waitUntil = plan.waitUntil ?? job.wait_until;
  return change('retry', job.id, {
    when: [...fence, ...live, ...notCancelled],
    set: {
      ...seen(now),
      status: 'retrying',
      not_before: notBefore,
      due_at: firstLookAfter(notBefore, now, { ...job, wait_until: waitUntil }),
      ...(plan.waitUntil !== undefined && { wait_until: plan.waitUntil }),
      resends: 0,
      error: plan.error,
    },
    remove: ['lease_until', 'message'],
    add: { visit: 1, failures: plan.counted ? 1 : 0 },
    event: { at: now, status: 'retrying' },
  });
}

/**
 * The job ends with its result, at `now` in milliseconds. `fence` is by what right: the attempt's own, or that of whoever finds it lost. Refused
 * if the owner has asked the job to stop in time, if a child is open, or if the job was given up (`intended_end`).
 */
export function complete(
  job: Job,
  fence: readonly Guard[],
  now: number,
  end: { result: StoredValue | undefined; degraded: readonly Degradation[] },
): Change {
  const set = {
    ...(end.result && { result: end.result }),
    ...(end.degraded.length > 0 && { degraded: end.degraded }),
    progress: 100,
  };
  return ended('complete', job, [...fence, ...live, ...childless, ...goingOn, ...notCancelled], now, 'completed', set, [
    'error',
  ]);
}

/** The job failed for good; it becomes a dead letter that an operator may redrive. */
export function fail(job: Job, fence: readonly Guard[], now: number, error: JobFailure): Change {
  return ended('fail', job, [...fence, ...mayEnd, ...stoppable, ...notAsked], now, 'failed', {
    error,
    dead: job.queue,
  });
}

/** Ends a job that the owner no longer wants. Held jobs must have been asked first (`requestCancel`). */
export function cancel(job: Job, fence: readonly Guard[], now: number, error: JobFailure): Change {
  return ended('cancel', job, [...fence, ...mayEnd, ...stoppable, ...askedFirst], now, 'cancelled', { error });
}

/** Asks the attempt that holds the job to stop; it notices within two seconds. */
export function requestCancel(job: Job, now: number): Change {
  return change('request_cancel', job.id, {
    when: [{ present: 'lease_until' }, { absent: 'cancel_at' }, ...stoppable],
    set: { ...seen(now), cancel_at: now },
    event: { at: now, status: job.status, message: 'Cancelling' },
  });
}

/** Ends a job one of whose limits has passed. */
export function expire(job: Job, fence: readonly Guard[], now: number, error: JobFailure): Change {
  const when = [...fence, ...mayEnd, ...limitPassed(now), ...notAsked];
  return ended('expire', job, when, now, 'expired', { error });
}

/** Another life for a failed job, on the step where it died. Not for a child, whose end its batch has counted, nor for a batch whose children ended for it. */
export function redrive(job: Job, now: number): Change {
  return change('redrive', job.id, {
    when: [
      { field: 'status', oneOf: ['failed'] },
      { present: 'dead' },
      ...sameVisit(job.visit),
      { absent: 'parent' },
      { absent: 'intended_end' },
      { absent: 'outbox' },
    ],
    set: {
      ...seen(now),
      status: 'accepted',
      failures: 0,
      requeues: 0,
      resends: 0,
      ...(job.cost && { cost_counted: job.cost.micro_usd }),
      wait_until: now + waitLimitSeconds(job.type, job.step, job.queue) * 1_000,
      due_at: now + firstLook(job.queue),
    },
    remove: ['dead', 'error', 'ttl', 'ended_at', 'cancel_at', 'deadline', 'message'],
    add: { visit: 1 },
    event: { at: now, status: 'accepted' },
  });
}
