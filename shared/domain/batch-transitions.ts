import { queueNames, queues } from '../catalog/queues.ts';
import { change, ended, firstLookAfter, seen } from './build-change.ts';
import type { Change, Guard } from './change.ts';
import { free, held, live, notAsked, notCancelled, sameVisit } from './guards.ts';
import type { BatchPhase, IntendedEnd, Job, SetField, StoredValue } from './job.ts';

/*
 * The transitions of a batch and of its children's ends. A batch whose children are open (`batch` is present) ends in two ways only: all
 * children have ended and it is joined, or it closes, cancels what is open, and ends when the last child has.
 */

/** How long a batch waits for its children at most, seconds: two steps of a child on the slowest queue, and as long again for their attempts. */
const longestWaitSeconds = 3 * Math.max(...queueNames.map((name) => queues[name].waitLimitSeconds));

/** How soon the reconciler looks after a closing batch, milliseconds. */
const CLOSING_LOOK_MILLISECONDS = 60_000;

/** The children are planned: how many there are is fixed before the first is made. Those in `failed` have failed already. */
export function planChildren(
  job: Job,
  now: number,
  plan: { total: number; failed: readonly number[]; result: StoredValue },
): Change {
  return change('plan_children', job.id, {
    when: [...held(job), ...notCancelled, { absent: 'total' }],
    set: {
      ...seen(now),
      total: plan.total,
      batch: 'fanning_out',
      result: plan.result,
      ...(plan.failed.length > 0 && { done_failed: new Set(plan.failed) }),
    },
    event: { at: now, status: 'processing' },
  });
}

/** Every child is made: the batch lets go of its lease, and no message can claim it. */
export function awaitChildren(job: Job, now: number): Change {
  const waitUntil = now + longestWaitSeconds * 1_000;
  return change('await_children', job.id, {
    when: [...held(job), ...notCancelled, ...inPhase('fanning_out')],
    set: {
      ...seen(now),
      batch: 'waiting',
      failures: 0,
      resends: 0,
      wait_until: waitUntil,
      due_at: firstLookAfter(now, now, { ...job, wait_until: waitUntil }),
    },
    remove: ['lease_until', 'message', 'error'],
    add: { visit: 1 },
    event: { at: now, status: 'processing' },
  });
}

/** A child has ended. Counted once, in one set, however often it is told; `index` is the child's number. */
export function countChild(batchId: string, index: number, end: SetField, now: number): Change {
  return change('count_child', batchId, {
    when: [
      ...live,
      { field: 'total', is: '>', value: index },
      { field: 'done_ok', excludes: index },
      { field: 'done_failed', excludes: index },
      { field: 'done_cancelled', excludes: index },
    ],
    set: seen(now),
    include: { [end]: index },
  });
}

/** Every child has ended: the batch goes to the queue of its last step. */
export function join(job: Job, now: number, next: { step: string; progress: number }): Change {
  const waitUntil = now + queues[job.queue].waitLimitSeconds * 1_000;
  return change('join', job.id, {
    when: [...free, ...live, ...notCancelled, ...inPhase('waiting'), ...sameVisit(job.visit)],
    set: {
      ...seen(now),
      step: next.step,
      progress: Math.max(job.progress, next.progress),
      failures: 0,
      resends: 0,
      wait_until: waitUntil,
      due_at: firstLookAfter(now, now, { ...job, wait_until: waitUntil }),
    },
    remove: ['batch', 'message'],
    add: { visit: 1 },
    event: { at: now, status: 'processing', step: next.step, progress: Math.max(job.progress, next.progress) },
  });
}

/** The batch will not be completed. It ends as intended once its children have; a cancel goes before another intention. */
export function close(job: Job, fence: readonly Guard[], now: number, end: IntendedEnd): Change {
  const phases: readonly BatchPhase[] = ['fanning_out', 'waiting', ...(end.status === 'cancelled' ? closingToo : [])];
  return change('close', job.id, {
    when: [
      ...fence,
      ...live,
      ...sameVisit(job.visit),
      ...inPhase(...phases),
      ...(end.status === 'cancelled' ? [] : notAsked),
    ],
    set: {
      ...seen(now),
      status: 'processing',
      batch: 'closing',
      intended_end: end,
      ...(end.status === 'cancelled' && { cancel_at: job.cancel_at ?? now }),
      resends: 0,
      due_at: now + CLOSING_LOOK_MILLISECONDS,
    },
    remove: ['lease_until', 'not_before', 'message'],
    add: { visit: 1 },
    event: { at: now, status: 'processing' },
  });
}

const closingToo: readonly BatchPhase[] = ['closing'];

/** The last child of a closing batch has ended, and so does the batch. */
export function endClosed(job: Job, now: number, { status, error }: IntendedEnd): Change {
  const when = [...free, ...live, ...inPhase('closing'), ...sameVisit(job.visit)];
  return ended('end_closed', job, when, now, status, { error, ...(status === 'failed' && { dead: job.queue }) }, [
    'batch',
  ]);
}

/** Everything that had to follow from the job's end has been done; a client sees nothing of it. */
export function clearOutbox(job: Job): Change {
  return change('clear_outbox', job.id, {
    when: [{ present: 'ended_at' }, { present: 'outbox' }, ...sameVisit(job.visit)],
    remove: ['outbox', 'due_at'],
  });
}

function inPhase(...phases: readonly BatchPhase[]): readonly Guard[] {
  return [{ field: 'batch', oneOf: phases }];
}
