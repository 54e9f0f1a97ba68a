import type { ChildCounts } from '../catalog/schemas/child-counts.ts';
import { isFinal, type Job, type JobStatus, type SetField } from './job.ts';

/** The three sets in which a batch keeps the numbers of its children that have ended. */
export const endSets = ['done_ok', 'done_failed', 'done_cancelled'] as const satisfies readonly SetField[];

/** The set in which a batch counts a child with this status; undefined while the child has not ended. */
export function endSetOf(status: JobStatus): SetField | undefined {
  if (!isFinal(status)) return undefined;
  if (status === 'completed') return 'done_ok';
  return status === 'cancelled' ? 'done_cancelled' : 'done_failed';
}

/** How the children of a batch stand; undefined for any other job, and before the children are planned. */
export function childCounts(job: Job): ChildCounts | undefined {
  if (job.total === undefined) return undefined;
  const completed = job.done_ok?.size ?? 0;
  const failed = job.done_failed?.size ?? 0;
  const cancelled = job.done_cancelled?.size ?? 0;
  return { total: job.total, completed, failed, cancelled, pending: job.total - completed - failed - cancelled };
}

/** Numbers of the children whose end the batch does not know. */
export function uncounted(job: Job): readonly number[] {
  const all = Array.from({ length: job.total ?? 0 }, (_, index) => index);
  return all.filter((index) => !endSets.some((set) => job[set]?.has(index)));
}

/** Whether the end of every child is known. It stays so: the sets only grow. */
export function isComplete(job: Job): boolean {
  return childCounts(job)?.pending === 0;
}

/** Whether a child of this batch must not run any more. */
export function stopsChildren(batch: Job | undefined): boolean {
  return !batch || isFinal(batch.status) || batch.batch === 'closing' || batch.cancel_at !== undefined;
}

/** Percent of the whole job that is done: what the attempt said, or the share of children that have ended. It never falls, however a batch ends. */
export function progressOf(job: Job): number {
  const counts = childCounts(job);
  if (!counts || job.status === 'completed') return job.progress;
  return Math.max(job.progress, Math.floor((99 * (counts.total - counts.pending)) / counts.total));
}
