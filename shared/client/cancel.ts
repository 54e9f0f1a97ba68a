import { ask, type Connection } from './ask.ts';
import { ProblemError } from './errors.ts';
import type { Job } from './job.ts';
import { cancelPath } from './paths.ts';
import { isJob, readJob } from './read-job.ts';

/** Cancels the job. One that has ended is told as it is: a request that had to be sent twice cannot tell by whom. */
export async function cancelJob(connection: Connection, jobId: string, signal?: AbortSignal): Promise<Job> {
  const request = { method: 'POST', path: cancelPath(jobId), needsToken: true, repeatable: true, signal } as const;
  try {
    return (await ask(connection, { ...request, isBody: isJob })).body;
  } catch (error) {
    if (error instanceof ProblemError && error.code === 'job_ended') return readJob(connection, jobId, signal);
    throw error;
  }
}

/**
 * From now until the returned function is called, an aborted signal cancels the job. That happens in the background, once the job's id is known:
 * the caller has left, and a job that cannot be cancelled ends by itself. An id that is undefined names nothing to cancel.
 */
export function cancelWhenAborted(
  connection: Connection,
  signal: AbortSignal | undefined,
  idOf: () => Promise<string | undefined>,
): () => void {
  const cancel = async () => {
    const id = await idOf();
    if (id !== undefined) await cancelJob(connection, id);
  };
  const onAbort = () => void cancel().catch(() => {});
  if (signal?.aborted) onAbort();
  signal?.addEventListener('abort', onAbort);
  return () => signal?.removeEventListener('abort', onAbort);
}
