import { isFinal, type Job } from '../domain/job.ts';
import type { MediaLinks } from '../domain/ports.ts';
import { viewJob } from '../jobs/job-view.ts';
import type { JobPorts } from '../jobs/ports.ts';
import type { SubmitOutcome } from '../jobs/submit-job.ts';
import { cacheStatusOf } from './cache-status.ts';
import type { HttpAnswer } from './http-answer.ts';

export interface SubmitPorts extends JobPorts {
  /** Signs what a finished job shows. Without it every submit is answered with 202. */
  readonly media?: MediaLinks;
}

type Accepted = Extract<SubmitOutcome, { kind: 'accepted' | 'replayed' }>;

/** 202 with where to follow the job, or 200 with the job itself if it has ended at once. */
export async function submitAnswer(accepted: Accepted, ports: SubmitPorts): Promise<HttpAnswer> {
  const { kind, answer } = accepted;
  const job = await endedJob(accepted, ports);
  const view = job && ports.media && (await viewJob(job, { ...ports, media: ports.media }));
  return {
    status: view ? 200 : 202,
    body: view ?? answer,
    headers: {
      location: answer.status_url,
      ...(view ? cacheStatusOf(view) : { 'retry-after': '2' }),
      ...(kind === 'replayed' && { 'idempotent-replayed': 'true' }),
    },
  };
}

async function endedJob({ kind, answer, ...outcome }: Accepted, { store }: SubmitPorts): Promise<Job | undefined> {
  if (outcome.job && isFinal(outcome.job.status)) return outcome.job;
  return kind === 'replayed' && answer.status === 'completed' ? store.find(answer.job_id, 'strong') : undefined;
}
