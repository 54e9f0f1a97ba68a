import { isRecord } from './answer.ts';
import { ask, type Connection } from './ask.ts';
import type { Bodies } from './contract.ts';
import { hasEnded, type Job, type SubmitRoute } from './job.ts';
import { basePath, statusPath, submitRoutes } from './paths.ts';
import { isJob } from './read-job.ts';

export interface SubmitOptions {
  /**
   * Default: a new one. Keep your own, and the same submit again after a restart gives the same job and not a second one, for 24 hours.
   * 1 to 255 visible ASCII characters without `"`.
   */
  readonly idempotencyKey?: string;
  readonly signal?: AbortSignal;
}

export interface AcceptedJob {
  readonly jobId: string;
  readonly statusUrl: string;
}

export interface SubmittedJob extends AcceptedJob {
  /** Seconds after which the server wants to be asked about it. */
  readonly retryAfter: number;
  /** The job itself if it has ended already: a story that was kept from before. */
  readonly ended: Job | undefined;
}

/** Submits a job, under one key however often it has to be sent. */
export async function submit<R extends SubmitRoute>(
  connection: Connection,
  route: R,
  body: Bodies[R],
  { idempotencyKey = connection.platform.newKey(), signal }: SubmitOptions,
): Promise<SubmittedJob> {
  const answer = await ask(connection, {
    method: 'POST',
    path: submitRoutes[route].path,
    body: JSON.stringify(body),
    needsToken: true,
    idempotencyKey,
    isBody: isSubmitAnswer,
    signal,
  });
  const { body: submitted } = answer;
  const jobId = submitted.job_id;
  const statusUrl = `${connection.baseUrl}${basePath}${statusPath(jobId)}`;
  const ended = isJob(submitted) && hasEnded(submitted) ? submitted : undefined;
  return { jobId, statusUrl, retryAfter: answer.retryAfter ?? 0, ended };
}

function isSubmitAnswer(body: unknown): body is { readonly job_id: string } {
  return isRecord(body) && typeof body.job_id === 'string';
}
