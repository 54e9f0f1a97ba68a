import { ulid } from 'ulid';
import { type JobType, stepNames } from '../catalog/job-types.ts';
import type { QueueName } from '../catalog/queues.ts';
import { type RouteName, routes } from '../catalog/routes.ts';
import { queueOf } from '../domain/accept.ts';
import { replayOf, type Submit, type SubmitOutcome, submitJob } from '../jobs/submit-job.ts';
import type { HttpAnswer } from './http-answer.ts';
import type { HttpRequest } from './http-handler.ts';
import { idempotencyOf, keyErrors, keyInFlight, keyMissing, keyRequired, keyReused } from './idempotency.ts';
import { forgetJob, type Limited, limitRequest } from './owner-limits.ts';
import { type FieldError, ProblemError, wrongFields } from './problem.ts';
import { type SubmitPorts, submitAnswer } from './submit-answer.ts';
import { type SubmitFields, submitOptions, wrongOptions } from './submit-options.ts';

export interface SubmitPlan {
  readonly type: JobType;
  readonly input: unknown;
  readonly queue?: QueueName;
  /** Seconds, for a job that its steps alone do not tell it of. */
  readonly estimateSeconds?: number;
  readonly headStart?: Submit['headStart'];
  /** Micro-dollars, for a job that costs so much that the owner's budget must have room for it. */
  readonly expectedMicroUsd?: number;
}

/** What a request asks for. */
export interface Submission {
  readonly options: SubmitFields;
  /** What becomes of it, asked only when it was not answered before. Rejects with the problem of a request that is refused. */
  readonly plan: () => SubmitPlan | Promise<SubmitPlan>;
}

/**
 * Accepts a job and answers as `submitAnswer` does. The same key and body again get the same answer, before anything is judged that the clock
 * or other records decide, whatever the limits say, and without anything being written.
 */
export async function acceptJob<R extends RouteName>(
  request: HttpRequest<R>,
  submission: Submission,
  ports: SubmitPorts,
): Promise<HttpAnswer> {
  return (await answeredBefore(request, ports)) ?? acceptNew(request, submission, ports);
}

/** The answer to a request that was answered before under its key; undefined for any other. Rejects when the key stands for another request. */
export async function answeredBefore<R extends RouteName>(
  request: HttpRequest<R>,
  ports: SubmitPorts,
): Promise<HttpAnswer | undefined> {
  const outcome = await replayOf({ owner: request.owner, ...keyOf(request) }, ports);
  return outcome && answerFor(request, outcome, ports);
}

/** Accepts the job of a request that is not known to have been answered before; if it is being answered meanwhile, makes nothing. */
export async function acceptNew<R extends RouteName>(
  request: HttpRequest<R>,
  submission: Submission,
  ports: SubmitPorts,
): Promise<HttpAnswer> {
  const now = ports.now();
  const plan = await planned(submission, wrongFieldsOf(request, submission.options, ports));
  const submit: Submit = {
    id: ulid(now),
    type: plan.type,
    owner: request.owner,
    input: plan.input,
    options: submitOptions(submission.options, now),
    ...(plan.queue && { queue: plan.queue }),
    ...(plan.estimateSeconds !== undefined && { estimateSeconds: plan.estimateSeconds }),
    ...(plan.headStart && { headStart: plan.headStart }),
    ...keyOf(request),
  };
  const { outcome, headers } = await submitWithinLimits(limitedOf(request.route, submit, plan), submit, ports);
  const answer = await answerFor(request, outcome, ports);
  return { ...answer, headers: { ...answer.headers, ...headers } };
}

function keyOf<R extends RouteName>({ route, headers, params, rawBody }: HttpRequest<R>): Pick<Submit, 'idempotency'> {
  const idempotency = idempotencyOf(headers['idempotency-key'], routes[route].path, [params, rawBody]);
  return idempotency ? { idempotency } : {};
}

/** What is wrong with what every submit may bring: its key and its options. */
export function wrongFieldsOf<R extends RouteName>(
  { route, headers }: HttpRequest<R>,
  options: SubmitFields,
  { now, callbackTestOrigins }: Pick<SubmitPorts, 'now' | 'callbackTestOrigins'>,
): readonly FieldError[] {
  return [
    ...keyErrors(routes[route], headers['idempotency-key']),
    ...wrongOptions(options, now(), callbackTestOrigins),
  ];
}

/** Rejects naming every wrong field: what the plan is refused for beside what is `wrong` already. Any other problem waits until no field is. */
async function planned({ plan }: Submission, wrong: readonly FieldError[]): Promise<SubmitPlan> {
  try {
    const made = await plan();
    if (wrong.length === 0) return made;
  } catch (error) {
    if (!(error instanceof ProblemError) || wrong.length === 0) throw error;
    throw refusal([...wrong, ...error.errors]);
  }
  throw refusal(wrong);
}

function refusal(wrong: readonly FieldError[]): ProblemError {
  return wrong.every((error) => error === keyMissing) ? keyRequired() : wrongFields(wrong);
}

async function answerFor<R extends RouteName>(
  request: HttpRequest<R>,
  outcome: SubmitOutcome,
  ports: SubmitPorts,
): Promise<HttpAnswer> {
  switch (outcome.kind) {
    case 'key_reused':
      throw keyReused();
    case 'in_flight':
      throw keyInFlight();
    case 'accepted':
    case 'replayed':
      return submitAnswer(request, outcome, ports);
  }
}

async function submitWithinLimits(
  limited: Limited,
  submit: Submit,
  { limiting, ...ports }: SubmitPorts,
): Promise<{ readonly outcome: SubmitOutcome; readonly headers: Readonly<Record<string, string>> }> {
  if (!limiting) return { outcome: await submitJob(submit, ports), headers: {} };
  const limitPorts = { ...ports, ...limiting };
  const headers = await limitRequest(limited, limitPorts);
  const outcome = await submitJob(submit, ports);
  if (outcome.kind !== 'accepted') await forgetJob(limited, limitPorts);
  return { outcome, headers };
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
