import { close } from '../domain/batch-transitions.ts';
import type { Change, Guard } from '../domain/change.ts';
import { undo } from '../domain/effect-transitions.ts';
import type { IntendedEnd, Job } from '../domain/job.ts';
import { cancel, expire, fail } from '../domain/transitions.ts';

/**
 * The change that brings a job to its end, other than completed: at once; or, if it has open children or has done what must be taken back, by
 * first intending to.
 */
export function endChange(job: Job, fence: readonly Guard[], now: number, end: IntendedEnd): Change {
  if (job.batch) return close(job, fence, now, end);
  const at = end.error.code === 'deadline_passed' ? notBeforeDeadline(job, now) : now;
  if (job.acted_at !== undefined) return undo(job, fence, at, end);
  switch (end.status) {
    case 'failed':
      return fail(job, fence, at, end.error);
    case 'cancelled':
      return cancel(job, fence, at, end.error);
    case 'expired':
      return expire(job, fence, at, end.error);
  }
}

/** A timer may fire a millisecond early; the guard wants the deadline to have passed. */
function notBeforeDeadline({ deadline }: Job, now: number): number {
  return Math.max(now, deadline ?? now);
}
