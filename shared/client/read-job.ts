import { isRecord } from './answer.ts';
import { ask, type Connection } from './ask.ts';
import type { Job } from './job.ts';
import { statusPath } from './paths.ts';

/** The job as it is now. Rejects with ProblemError 404 when the caller has no such job. */
export async function readJob(connection: Connection, jobId: string, signal?: AbortSignal): Promise<Job> {
  const request = { method: 'GET', path: statusPath(jobId), needsToken: true, isBody: isJob, signal } as const;
  return (await ask(connection, request)).body;
}

/** Looks at what the client itself relies on; the rest is the server's promise. */
export function isJob(body: unknown): body is Job {
  if (!isRecord(body)) return false;
  const isNamed = [body.job_id, body.type, body.status].every((field) => typeof field === 'string');
  return isNamed && (body.status !== 'completed' || isRecord(body.result));
}
