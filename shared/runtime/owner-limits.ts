import {
  type Bucket,
  limitClasses,
  limitClassOf,
  mostUnfinished,
  type OwnerLimitSettings,
  unfinishedRetrySeconds,
} from '../catalog/owner-limits.ts';
import type { QueueName } from '../catalog/queues.ts';
import { type RouteName, routes } from '../catalog/routes.ts';
import { type BucketLevel, endOfDay, type LimitAsk } from '../domain/owner-limits.ts';
import { type Admission, type AdmitPorts, admit } from '../jobs/admit.ts';
import { ProblemError } from './problem.ts';

export interface LimitPorts extends AdmitPorts {
  readonly grant: OwnerLimitSettings;
  readonly now: () => number;
}

/** Whose request it is, and the job that would be unfinished, on the queue where it starts. */
export interface Limited {
  readonly route: RouteName;
  readonly owner: string;
  readonly job?: { readonly id: string; readonly queue: QueueName };
  /** What the job is expected to cost, if that is much. */
  readonly expectedMicroUsd?: number;
}

type Headers = Readonly<Record<string, string>>;

/**
 * The headers that tell an admitted request what is left. Rejects with the problem of one that is refused, and with nothing else: limits do not
 * take the API down.
 */
export async function limitRequest(limited: Limited, ports: LimitPorts): Promise<Headers> {
  const limitClass = limitClassOf(routes[limited.route]);
  if (!limitClass) return {};
  const bucket = ports.grant.buckets[limitClass];
  const ask = { limitClass, bucket, now: ports.now(), ...bounded(limited, ports.grant) };
  const admission = await admit(ask, ports);
  const headers = admission.level ? rateHeaders(limitClass, bucket, admission.level) : {};
  const problem = refusal(admission, ask, headers);
  if (problem) throw problem;
  return headers;
}

/** A job is bounded in number and cost; a request without one only in its rate. */
function bounded(
  { owner, job, expectedMicroUsd = 0 }: Limited,
  grant: OwnerLimitSettings,
): Pick<LimitAsk, 'owner' | 'job' | 'budget'> {
  if (!job) return { owner };
  return {
    owner,
    job: { ...job, most: mostUnfinished(job.queue, grant) },
    budget: { dailyMicroUsd: grant.dailyBudgetMicroUsd, expectedMicroUsd },
  };
}

/** Takes a job off the list that was not made after all. That it stays there does no harm: it is found out when the list is full. */
export async function forgetJob({ owner, job }: Limited, { limits, telemetry }: LimitPorts): Promise<void> {
  if (!job) return;
  try {
    await limits.forget(owner, job.queue, [job.id]);
  } catch (error) {
    telemetry.warn('job_not_forgotten', { job_id: job.id }, error);
  }
}

function refusal(
  admission: Admission,
  { limitClass, bucket, job, budget, now }: LimitAsk,
  headers: Headers,
): ProblemError | undefined {
  if (admission.kind === 'rate_limited') {
    const seconds = Math.max(1, secondsOf(admission.level));
    const detail = `${limitClasses[limitClass].means}: ${bucket.size} at once, and all of them again within ${bucket.fullAfterSeconds} s; the next one in ${seconds} s`;
    return new ProblemError('rate_limited', detail, { headers: { ...headers, 'retry-after': String(seconds) } });
  }
  if (admission.kind === 'budget_spent' && budget) return budgetProblem(admission, budget, now, headers);
  if (admission.kind !== 'too_many_unfinished' || !job) return undefined;
  const seconds = Math.max(unfinishedRetrySeconds, secondsOf(admission.level));
  const detail = `${admission.ids.length} of your jobs on ${job.queue} have not ended, and ${job.most} may be unfinished; there is room as soon as one ends`;
  return new ProblemError('too_many_unfinished', detail, { headers: { ...headers, 'retry-after': String(seconds) } });
}

function budgetProblem(
  { level, spentMicroUsd }: Extract<Admission, { kind: 'budget_spent' }>,
  { dailyMicroUsd, expectedMicroUsd }: NonNullable<LimitAsk['budget']>,
  now: number,
  headers: Headers,
): ProblemError {
  const end = endOfDay(now);
  const seconds = Math.max(Math.ceil((end - now) / 1_000), secondsOf(level));
  const needs = expectedMicroUsd > 0 ? `; this request is expected to cost ${dollars(expectedMicroUsd)}` : '';
  const detail = `Your jobs have cost ${dollars(spentMicroUsd)} of the ${dollars(dailyMicroUsd)} of this day${needs}; the next day begins at ${new Date(end).toISOString()}`;
  return new ProblemError('daily_budget_spent', detail, { headers: { ...headers, 'retry-after': String(seconds) } });
}

function dollars(microUsd: number): string {
  return `${(microUsd / 1e6).toFixed(4)} USD`;
}

/**
 * What is left, as the Internet-Draft has it: `r` requests now, and one more in `t` seconds; `q` at most, full again within `w` seconds.
 * https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/
 */
function rateHeaders(name: string, { size, fullAfterSeconds }: Bucket, level: BucketLevel): Headers {
  return {
    ratelimit: `"${name}";r=${level.left};t=${secondsOf(level)}`,
    'ratelimit-policy': `"${name}";q=${size};w=${fullAfterSeconds}`,
  };
}

function secondsOf({ milliseconds }: BucketLevel): number {
  return Math.ceil(milliseconds / 1_000);
}
