import { setTimeout } from 'node:timers/promises';
import { isFinal, type Job } from '../domain/job.ts';
import type { MediaLinks } from '../domain/ports.ts';
import { awaitEnd } from '../jobs/await-end.ts';
import { viewJob } from '../jobs/job-view.ts';
import type { JobPorts } from '../jobs/ports.ts';
import type { SubmitOutcome } from '../jobs/submit-job.ts';
import { cacheStatusOf } from './cache-status.ts';
import type { HttpAnswer } from './http-answer.ts';
import { type Preference, preferenceApplied, preferenceOf } from './prefer.ts';

export interface SubmitPorts extends JobPorts {
  /** Signs what a finished job shows. Without it every submit is answered at once. */
  readonly media?: MediaLinks;
  /** How a held request passes the time: a timer, unless a test has a clock of its own. */
  readonly pause?: (milliseconds: number) => Promise<void>;
}

/** How the request came: its headers, and the milliseconds until its function is stopped. */
interface Held {
  readonly headers: Readonly<Record<string, string | undefined>>;
  remaining(): number;
}

type Accepted = Extract<SubmitOutcome, { kind: 'accepted' | 'replayed' }>;

/** Kept back of a held request's time to read the job once more and show it, milliseconds. */
const TIME_TO_ANSWER_MILLISECONDS = 3_000;

/**
 * 202 with where to follow the job, or 200 with the job itself once it has ended: at once, or within the seconds for which the caller would
 * like to be held (`Prefer: wait`). A job that has ended otherwise than well is shown too.
 */
export async function submitAnswer(request: Held, accepted: Accepted, ports: SubmitPorts): Promise<HttpAnswer> {
  const { kind, answer } = accepted;
  const preference = ports.media ? preferenceOf(request.headers.prefer) : noPreference;
  const job = await endedJob(accepted, preference, request, ports);
  const view = job && ports.media && (await viewJob(job, { ...ports, media: ports.media }));
  const status = view ? 200 : 202;
  return {
    status,
    body: view ?? answer,
    headers: {
      location: answer.status_url,
      ...(view ? cacheStatusOf(view) : { 'retry-after': '2' }),
      ...(kind === 'replayed' && { 'idempotent-replayed': 'true' }),
      ...preferenceApplied(preference, status),
    },
  };
}

const noPreference: Preference = { respondAsync: false, waitSeconds: 0 };

async function endedJob(
  { kind, answer, ...outcome }: Accepted,
  { waitSeconds }: Preference,
  request: Held,
  ports: SubmitPorts,
): Promise<Job | undefined> {
  if (outcome.job && isFinal(outcome.job.status)) return outcome.job;
  if (kind === 'replayed' && answer.status === 'completed') return ports.store.find(answer.job_id, 'strong');
  const milliseconds = Math.min(waitSeconds * 1_000, request.remaining() - TIME_TO_ANSWER_MILLISECONDS);
  if (waitSeconds === 0 || milliseconds <= 0) return undefined;
  const { store, now, pause = setTimeout } = ports;
  return awaitEnd(answer.job_id, now() + milliseconds, { store, now, pause });
}
