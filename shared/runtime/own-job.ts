import type { Job } from '../domain/job.ts';
import type { JobStore } from '../domain/ports.ts';
import { UnreadableRecordError } from '../domain/unreadable-record.ts';
import { findAny } from '../jobs/find-readable.ts';
import { ProblemError } from './problem.ts';

/**
 * One job of the caller's. A job of somebody else's is not told apart from one that does not exist, whether or not its record can be read; the
 * caller's own that cannot be rejects with `UnreadableRecordError`.
 */
export async function ownJob(id: string, owner: string, store: JobStore): Promise<Job> {
  const job = await findAny(id, 'strong', store);
  if (!job || job.owner !== owner) throw noSuchJob();
  if (job instanceof UnreadableRecordError) throw job;
  return job;
}

/** What anybody is told of a job that is not theirs, or not there. */
export function noSuchJob(): ProblemError {
  return new ProblemError('job_not_found', 'There is no job with this id, or it is no longer kept');
}
