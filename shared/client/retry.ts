import { ask, type Connection } from './ask.ts';
import { ProblemError } from './errors.ts';
import type { Job } from './job.ts';
import { retryPath } from './paths.ts';
import { isJob, readJob } from './read-job.ts';

/** Tries a failed job again. One that is on its way already is told as it is: a request that had to be sent twice cannot tell by whom. */
export async function retryJob(connection: Connection, jobId: string, signal?: AbortSignal): Promise<Job> {
  const request = { method: 'POST', path: retryPath(jobId), needsToken: true, repeatable: true, signal } as const;
  try {
    return (await ask(connection, { ...request, isBody: isJob })).body;
  } catch (error) {
    if (!(error instanceof ProblemError) || error.code !== 'job_not_failed') throw error;
    const job = await readJob(connection, jobId, signal);
    if (!isUnderWay(job)) throw error;
    return job;
  }
}

function isUnderWay({ status }: Job): boolean {
  return ['scheduled', 'accepted', 'processing', 'retrying'].includes(status);
}
