import { isUndoing, type Job } from './job.ts';

/** How long a job may be between two worlds, milliseconds, before a person should look. */
const OVERDUE_AFTER_MILLISECONDS = 3_600_000;

/**
 * Whether the job has passed the point of no return, or takes back what it did, for too long. No limit ends such a job, so that only this
 * tells of one that never gets through.
 */
export function isOverdue(
  job: Pick<Job, 'committed_at' | 'acted_at' | 'intended_end' | 'batch'>,
  now: number,
): boolean {
  const since = job.committed_at ?? (isUndoing(job) ? job.acted_at : undefined);
  return since !== undefined && now - since > OVERDUE_AFTER_MILLISECONDS;
}
