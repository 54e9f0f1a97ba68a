import type { Job } from '../domain/job.ts';
import type { JobStore } from '../domain/ports.ts';
import { ProblemError } from './problem.ts';

/** One job of the caller's. A job of somebody else's is not told apart from one that does not exist. */
export async function ownJob(id: string, owner: string, store: JobStore): Promise<Job> {
  const job = await store.find(id, 'strong');
  if (job && job.owner === owner) return job;
  throw noSuchJob();
}

/** What anybody is told of a job that is not theirs, or not there. */
export function noSuchJob(): ProblemError {
  return new ProblemError('job_not_found', 'There is no job with this id, or it is no longer kept');
}
