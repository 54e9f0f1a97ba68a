import { ulid } from 'ulid';
import type { JobType } from '../catalog/job-types.ts';
import type { QueueName } from '../catalog/queues.ts';
import { type RouteName, routes } from '../catalog/routes.ts';
import { longestDelayOfSubmitSeconds } from '../catalog/schemas/submit.ts';
import { type Submit, type SubmitOptions, submitJob } from '../jobs/submit-job.ts';
import type { HttpAnswer } from './http-answer.ts';
import type { HttpRequest } from './http-handler.ts';
import { idempotencyOf } from './idempotency.ts';
import { ProblemError } from './problem.ts';
import { type SubmitPorts, submitAnswer } from './submit-answer.ts';

/** The submit options as the API names them. */
export interface SubmitFields {
  readonly priority?: number | undefined;
  readonly expires_in?: number | undefined;
  readonly delay?: number | undefined;
  readonly run_at?: string | undefined;
}

export interface SubmitPlan {
  readonly type: JobType;
  readonly input: unknown;
  readonly options: SubmitFields;
  readonly queue?: QueueName;
  /** Seconds, for a job that its steps alone do not tell it of. */
  readonly estimateSeconds?: number;
  readonly headStart?: Submit['headStart'];
}

/** Accepts a job and answers as `submitAnswer` does; the same key and body again get the same answer. */
export async function acceptJob<R extends RouteName>(
  request: HttpRequest<R>,
  plan: SubmitPlan,
  ports: SubmitPorts,
): Promise<HttpAnswer> {
  const { path } = routes[request.route];
  const idempotency = idempotencyOf(request.headers['idempotency-key'], path, [request.params, request.rawBody]);
  const now = ports.now();
  const outcome = await submitJob(
    {
      id: ulid(now),
      type: plan.type,
      owner: request.owner,
      input: plan.input,
      options: optionsOf(plan.options, now),
      ...(plan.queue && { queue: plan.queue }),
      ...(plan.estimateSeconds !== undefined && { estimateSeconds: plan.estimateSeconds }),
      ...(plan.headStart && { headStart: plan.headStart }),
      ...(idempotency && { idempotency }),
    },
    ports,
  );
  switch (outcome.kind) {
    case 'key_reused':
      throw new ProblemError('idempotency_key_reused', 'The key belongs to a request with another body; use a new key');
    case 'in_flight':
      throw new ProblemError('idempotency_in_flight', 'Send the same request again in a moment', {
        headers: { 'retry-after': '1' },
      });
    case 'accepted':
    case 'replayed':
      return submitAnswer(request, outcome, ports);
  }
}

function optionsOf({ priority, expires_in, delay, run_at }: SubmitFields, now: number): SubmitOptions {
  if (delay !== undefined && run_at !== undefined) {
    const errors = [{ path: 'run_at', message: 'cannot be given together with delay' }];
    throw new ProblemError('invalid_request', 'One field is wrong', { errors });
  }
  const notBefore = run_at !== undefined ? Date.parse(run_at) : delay && now + delay * 1_000;
  if (notBefore !== undefined && notBefore > now + longestDelayOfSubmitSeconds * 1_000) {
    const errors = [{ path: 'run_at', message: `must be within ${longestDelayOfSubmitSeconds / 86_400} days` }];
    throw new ProblemError('invalid_request', 'One field is wrong', { errors });
  }
  if (notBefore !== undefined && expires_in !== undefined && notBefore >= now + expires_in * 1_000) {
    const errors = [{ path: 'expires_in', message: 'must be longer than the wait before the job may start' }];
    throw new ProblemError('invalid_request', 'One field is wrong', { errors });
  }
  return {
    ...(priority !== undefined && { priority }),
    ...(expires_in !== undefined && { expiresIn: expires_in }),
    ...(notBefore !== undefined && { notBefore }),
  };
}
