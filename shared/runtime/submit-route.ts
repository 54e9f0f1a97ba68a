import { ulid } from 'ulid';
import { type JobType, stepNames } from '../catalog/job-types.ts';
import type { QueueName } from '../catalog/queues.ts';
import { type RouteDefinition, type RouteName, routes } from '../catalog/routes.ts';
import { queueOf } from '../domain/accept.ts';
import { replayOf, type Submit, type SubmitOutcome, submitJob } from '../jobs/submit-job.ts';
import type { HttpAnswer } from './http-answer.ts';
import type { HttpRequest } from './http-handler.ts';
import { idempotencyOf, keyInFlight, keyReused } from './idempotency.ts';
import { forgetJob, judgeRequest, type Limited } from './owner-limits.ts';
import { ProblemError } from './problem.ts';
import { type SubmitPorts, submitAnswer } from './submit-answer.ts';
import { type SubmitFields, submitOptions } from './submit-options.ts';

export interface SubmitPlan {
  readonly type: JobType;
  readonly input: unknown;
  readonly options: SubmitFields;
  readonly queue?: QueueName;
  /** Seconds, for a job that its steps alone do not tell it of. */
  readonly estimateSeconds?: number;
  readonly headStart?: Submit['headStart'];
  /** Micro-dollars, for a job that costs so much that the owner's budget must have room for it. */
  readonly expectedMicroUsd?: number;
}

/** Accepts a job and answers as `submitAnswer` does; the same key and body again get the same answer. */
export async function acceptJob<R extends RouteName>(
  request: HttpRequest<R>,
  plan: SubmitPlan,
  ports: SubmitPorts,
): Promise<HttpAnswer> {
  const { path, idempotencyKey }: RouteDefinition = routes[request.route];
  const idempotency = idempotencyOf(request.headers['idempotency-key'], path, [request.params, request.rawBody]);
  if (idempotencyKey === 'required' && !idempotency) {
    const errors = [{ path: 'Idempotency-Key', message: 'is required' }];
    throw new ProblemError('idempotency_key_required', 'One header is missing', { errors });
  }
  const now = ports.now();
  const submit: Submit = {
    id: ulid(now),
    type: plan.type,
    owner: request.owner,
    input: plan.input,
    options: submitOptions(plan.options, now, ports.callbackTestOrigins),
    ...(plan.queue && { queue: plan.queue }),
    ...(plan.estimateSeconds !== undefined && { estimateSeconds: plan.estimateSeconds }),
    ...(plan.headStart && { headStart: plan.headStart }),
    ...(idempotency && { idempotency }),
  };
  const { outcome, headers } = await submitWithinLimits(limitedOf(request.route, submit, plan), submit, ports);
  switch (outcome.kind) {
    case 'key_reused':
      throw keyReused();
    case 'in_flight':
      throw keyInFlight();
    case 'accepted':
    case 'replayed': {
      const answer = await submitAnswer(request, outcome, ports);
      return { ...answer, headers: { ...answer.headers, ...headers } };
    }
  }
}

/** What was answered before is answered again, whatever the limits say: its job is there already. */
async function submitWithinLimits(
  limited: Limited,
  submit: Submit,
  { limiting, ...ports }: SubmitPorts,
): Promise<{ readonly outcome: SubmitOutcome; readonly headers: Readonly<Record<string, string>> }> {
  if (!limiting) return { outcome: await submitJob(submit, ports), headers: {} };
  const limitPorts = { ...ports, ...limiting };
  const verdict = await judgeRequest(limited, limitPorts);
  if (verdict.kind === 'admitted') {
    const outcome = await submitJob(submit, ports);
    if (outcome.kind !== 'accepted') await forgetJob(limited, limitPorts);
    return { outcome, headers: verdict.headers };
  }
  const outcome = await replayOf(submit, ports);
  if (!outcome) throw verdict.problem;
  return { outcome, headers: {} };
}

/** A job that is complete at once is never unfinished. */
function limitedOf(
  route: RouteName,
  { id, type, owner, queue, options, headStart }: Submit,
  { expectedMicroUsd = 0 }: SubmitPlan,
): Limited {
  if (headStart && headStart.next === undefined) return { route, owner };
  const firstStep = headStart?.next ?? stepNames(type)[0] ?? '';
  return { route, owner, job: { id, queue: queue ?? queueOf(type, firstStep, options.priority) }, expectedMicroUsd };
}
