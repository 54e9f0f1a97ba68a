import { undoStep } from '../catalog/job-types.ts';
import { change, ended, firstLook, seen } from './build-change.ts';
import type { Change, Guard, OptionalField } from './change.ts';
import { type Effects, isAnyOpen } from './effects.ts';
import { askedFirst, childless, clean, held, limitPassed, live, notAsked, notCancelled, stoppable } from './guards.ts';
import type { IntendedEnd, Job } from './job.ts';

/*
 * The transitions of a job's outside acts. Each act is written down before it is done, so that whoever takes the job over knows that it may
 * have happened. `effects` is written as a whole: only the attempt that holds the job changes it.
 */

/** An act is about to be done. With `commits` there is no way back from here, so nobody may have asked the job to stop. */
export function beginEffect(
  job: Job,
  now: number,
  begun: { effects: Effects; commits: boolean; message?: string; progress: number },
): Change {
  const { effects, commits, message } = begun;
  const progress = Math.max(job.progress, begun.progress);
  return change('begin_effect', job.id, {
    when: [...held(job), ...(commits ? ([{ absent: 'cancel_at' }] as const) : notCancelled)],
    set: {
      ...seen(now),
      effects,
      ...(isAnyOpen(effects) && { acted_at: job.acted_at ?? now }),
      ...(commits && { committed_at: job.committed_at ?? now }),
      ...(message !== undefined && { message, progress }),
    },
    ...(message !== undefined && { event: { at: now, status: 'processing', message, progress } }),
  });
}

/** What is known of the acts now: one was refused, which takes a commitment back, or taken back. */
export function recordEffects(job: Job, now: number, effects: Effects, isCommitted: boolean): Change {
  return change('record_effects', job.id, {
    when: held(job),
    set: { ...seen(now), effects },
    remove: [
      ...(isAnyOpen(effects) ? [] : (['acted_at'] as const)),
      ...(isCommitted ? [] : (['committed_at'] as const)),
    ],
  });
}

/** The job is given up, and what it did outside is taken back before it ends so. */
export function undo(job: Job, fence: readonly Guard[], now: number, { status, error }: IntendedEnd): Change {
  return change('undo', job.id, {
    when: [...fence, ...live, ...childless, ...stoppable, { present: 'acted_at' }, ...reasonFor[status](now)],
    set: {
      ...seen(now),
      status: 'processing',
      step: undoStep.name,
      intended_end: { status, error, step: job.step },
      failures: 0,
      resends: 0,
      due_at: now + firstLook(job.queue),
    },
    remove: ['lease_until', 'not_before', 'message', 'error'],
    add: { visit: 1 },
    event: { at: now, status: 'processing', step: undoStep.name },
  });
}

/** As for the same end of a job that has done nothing outside. */
const reasonFor: Readonly<Record<IntendedEnd['status'], (now: number) => readonly Guard[]>> = {
  failed: () => notAsked,
  cancelled: () => askedFirst,
  expired: (now) => [...limitPassed(now), ...notAsked],
};

/** Everything is taken back, and the job ends as intended, as if it had stopped at the step that was given up. */
export function endUndone(job: Job, now: number, { status, error, step = job.step }: IntendedEnd): Change {
  const remove: readonly OptionalField[] = ['intended_end'];
  return ended(
    'end_undone',
    job,
    [...held(job), ...live, ...childless, ...clean, { present: 'intended_end' }],
    now,
    status,
    { step, error, ...(status === 'failed' && { dead: job.queue }) },
    remove,
  );
}
