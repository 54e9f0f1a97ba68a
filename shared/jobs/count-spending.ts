import { stepNames } from '../catalog/job-types.ts';
import { queueOf } from '../domain/accept.ts';
import { isFinal, type Job } from '../domain/job.ts';
import type { JobPorts } from './ports.ts';

/**
 * Counts micro-dollars among what the owner has spent today; a job that has ended goes off the owner's list of unfinished ones in the same
 * call. Never rejects: a budget is no reason to do anything again, and what is not counted is on the job's record all the same.
 */
export async function countSpending(job: Job, microUsd: number | undefined, ports: JobPorts): Promise<void> {
  if (microUsd === undefined || microUsd <= 0) return;
  const ended = isFinal(job.status) && { id: job.id, queues: queuesOf(job) };
  try {
    await ports.spending.spend(job.owner, { microUsd, now: ports.now(), ...(ended && { ended }) });
  } catch (error) {
    ports.telemetry.warn('spending_not_counted', { job_id: job.id, micro_usd: microUsd }, error);
  }
}

/** Queues on one of which the job may have started. */
function queuesOf({ type, priority }: Job) {
  return [...new Set(stepNames(type).map((step) => queueOf(type, step, priority)))];
}
