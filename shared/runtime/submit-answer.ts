import { setTimeout } from 'node:timers/promises';
import { type RouteDefinition, type RouteName, routes } from '../catalog/routes.ts';
import { isFinal, type Job } from '../domain/job.ts';
import type { MediaLinks } from '../domain/ports.ts';
import { type AwaitPorts, awaitEnd } from '../jobs/await-end.ts';
import { findReadable } from '../jobs/find-readable.ts';
import { type JobDocument, viewJob } from '../jobs/job-view.ts';
import type { JobPorts } from '../jobs/ports.ts';
import type { SubmitOutcome } from '../jobs/submit-job.ts';
import { cacheStatusOf } from './cache-status.ts';
import { whileHeld } from './held-requests.ts';
import type { HttpAnswer } from './http-answer.ts';
import type { LimitPorts } from './owner-limits.ts';
import { type Preference, preferenceApplied, preferenceOf } from './prefer.ts';

export interface SubmitPorts extends JobPorts {
  /** Signs what a finished job shows: of the functions whose routes hold a submit. */
  readonly media?: MediaLinks;
  /** What owners may use, and have used. Without it nobody is limited: operators' probes are not. */
  readonly limiting?: Pick<LimitPorts, 'limits' | 'grant'>;
  /** How a held request passes the time: a timer, unless a test has a clock of its own. */
  readonly pause?: (milliseconds: number) => Promise<void>;
  /** Origins on this machine that may be called back; only the local stage has any. */
  readonly callbackTestOrigins?: readonly string[];
}

/** How the request came: by which route, whose it is, its headers, and the milliseconds until its function is stopped. */
interface Request {
  readonly route: RouteName;
  readonly owner: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  remaining(): number;
}

type Accepted = Extract<SubmitOutcome, { kind: 'accepted' | 'replayed' }>;

/** Kept back of a held request's time to read the job once more and show it, milliseconds. */
const TIME_TO_ANSWER_MILLISECONDS = 3_000;

/**
 * 202 with where to follow the job, or, of a route that holds, 200 with the job itself once it has ended: at once, or within the seconds for
 * which the caller would like to be held (`Prefer: wait`). A job that has ended otherwise than well is shown too. Never rejects: the job is
 * accepted, and one that cannot be shown can be followed.
 */
export async function submitAnswer(request: Request, accepted: Accepted, ports: SubmitPorts): Promise<HttpAnswer> {
  const { kind, answer } = accepted;
  const { view, preference, isHeld } = await seen(request, accepted, ports);
  const status = view ? 200 : 202;
  return {
    status,
    body: view ?? { ...answer, status: answer.status === 'completed' ? 'accepted' : answer.status },
    headers: {
      location: answer.status_url,
      ...(view ? cacheStatusOf(view) : { 'retry-after': '2' }),
      ...(kind === 'replayed' && { 'idempotent-replayed': 'true' }),
      ...preferenceApplied(preference, status),
    },
    ...(isHeld && { isHeld }),
  };
}

interface Seen {
  readonly view?: JobDocument | undefined;
  /** What of the wish was heeded. */
  readonly preference: Preference;
  readonly isHeld?: true | undefined;
}

async function seen(request: Request, accepted: Accepted, { media, ...ports }: SubmitPorts): Promise<Seen> {
  const { holds }: RouteDefinition = routes[request.route];
  if (!holds || !media) return { preference: { respondAsync: false, waitSeconds: 0 } };
  const wish = preferenceOf(request.headers.prefer);
  let ended: Awaited = { preference: wish };
  try {
    ended = await endedJob(accepted, wish, request, ports);
    const { job, ...rest } = ended;
    return { ...rest, view: job && (await viewJob(job, { ...ports, media })) };
  } catch (error) {
    ports.telemetry.warn('accepted_job_not_shown', { job_id: accepted.answer.job_id }, error);
    return { preference: ended.preference, isHeld: ended.isHeld };
  }
}

interface Awaited extends Omit<Seen, 'view'> {
  readonly job?: Job | undefined;
}

async function endedJob(accepted: Accepted, wish: Preference, request: Request, ports: SubmitPorts): Promise<Awaited> {
  const { kind, answer, job } = accepted;
  if (job && isFinal(job.status)) return { job, preference: wish };
  if (kind === 'replayed' && answer.status === 'completed') {
    return { job: await findReadable(answer.job_id, 'strong', ports.store), preference: wish };
  }
  const milliseconds = Math.min(wish.waitSeconds * 1_000, request.remaining() - TIME_TO_ANSWER_MILLISECONDS);
  if (wish.waitSeconds === 0 || milliseconds <= 0) return { preference: wish };
  const until = ports.now() + milliseconds;
  const held = await whileHeld(request.owner, until, ports, () => awaitEnd(answer.job_id, until, timed(ports)));
  if (!held) return { preference: { ...wish, waitSeconds: 0 } };
  return { job: held.result, preference: wish, isHeld: true };
}

function timed({ store, telemetry, now, pause = setTimeout }: SubmitPorts): AwaitPorts {
  return { store, telemetry, now, pause };
}
