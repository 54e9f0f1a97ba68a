import * as z from 'zod';
import { type JobType, jobTypes } from '../catalog/job-types.ts';
import { idempotencySeconds } from '../catalog/problems.ts';
import { SubmitAnswer } from '../catalog/schemas/submit.ts';
import { type Acceptance, accept, type HeadStart } from '../domain/accept.ts';
import { isFinal, type Job } from '../domain/job.ts';
import { estimateSeconds, percentAt, plannedSteps } from '../domain/plan.ts';
import { followEnd } from './follow-end.ts';
import { statusPath } from './job-paths.ts';
import type { JobPorts } from './ports.ts';
import { sendMessage } from './send-message.ts';

export interface Submit {
  readonly id: string;
  readonly type: JobType;
  readonly owner: string;
  readonly input: unknown;
  readonly options: SubmitOptions;
  readonly queue?: Acceptance['queue'];
  /** The schedule that makes the job. */
  readonly scheduleId?: string;
  /** Seconds the job is likely to take once it may start; the catalog's steps say it otherwise. */
  readonly estimateSeconds?: number;
  /** A result known before any work is done: the job goes on with step `next`, or is complete. */
  readonly headStart?: { readonly result: unknown; readonly next?: string };
  readonly idempotency?: { readonly route: string; readonly key: string; readonly fingerprint: string };
}

export interface SubmitOptions {
  readonly priority?: number;
  /** Seconds. */
  readonly expiresIn?: number;
  /** Milliseconds since the epoch. */
  readonly notBefore?: number;
  /** Where the owner wants to be told of the end; checked already as far as its text goes. */
  readonly callbackUrl?: string;
}

export type SubmitOutcome =
  | { readonly kind: 'accepted'; readonly answer: KeptAnswer; readonly job: Job }
  | { readonly kind: 'replayed'; readonly answer: KeptAnswer; readonly job?: undefined }
  | { readonly kind: 'key_reused' }
  | { readonly kind: 'in_flight' };

/** What is kept under an idempotency key. `completed`: the request was answered with the finished job itself. */
const KeptAnswer = SubmitAnswer.extend({ status: z.enum([...SubmitAnswer.shape.status.options, 'completed']) });

type KeptAnswer = z.infer<typeof KeptAnswer>;

/** Accepts one job: record first, then message. Rejects only when the record could not be written. */
export async function submitJob(submit: Submit, ports: JobPorts): Promise<SubmitOutcome> {
  const { store, telemetry } = ports;
  const { headStart } = submit;
  const now = ports.now();
  const job = accept(await acceptance(submit, now, ports), now);
  const answer = answerFor(job, submit, now);
  const expiresAt = now + idempotencySeconds * 1_000;
  const outcome = await store.accept(
    job,
    submit.idempotency && { ...submit.idempotency, owner: submit.owner, answer, now, expiresAt },
  );
  switch (outcome.kind) {
    case 'accepted':
      telemetry.count('jobs_accepted', job);
      if (isFinal(job.status)) {
        telemetry.count('jobs_completed', job);
        await followEnd(job, ports);
      } else {
        await sendMessage(job, ports);
      }
      // Whoever shows the job at once needs not read the result again.
      return { kind: 'accepted', answer, job: headStart ? { ...job, result: { inline: headStart.result } } : job };
    case 'in_flight':
      return outcome;
    case 'known':
      return replayed(outcome, submit);
  }
}

/** The outcome of a submit whose key was used before, without making anything; undefined for any other. */
export async function replayOf(
  submit: Pick<Submit, 'owner' | 'idempotency'>,
  { store, now }: Pick<JobPorts, 'store' | 'now'>,
): Promise<SubmitOutcome | undefined> {
  const { owner, idempotency } = submit;
  const known = idempotency && (await store.findAnswer({ ...idempotency, owner }, now()));
  return known && replayed(known, submit);
}

function replayed(
  { fingerprint, answer }: { readonly fingerprint: string; readonly answer: unknown },
  { idempotency }: Pick<Submit, 'idempotency'>,
): SubmitOutcome {
  if (fingerprint !== idempotency?.fingerprint) return { kind: 'key_reused' };
  return { kind: 'replayed', answer: KeptAnswer.parse(answer) };
}

function answerFor(job: Job, submit: Submit, now: number): KeptAnswer {
  const isDone = isFinal(job.status);
  const waitSeconds = Math.max(0, ((job.not_before ?? now) - now) / 1_000);
  return {
    job_id: job.id,
    status: isDone ? 'completed' : job.status === 'scheduled' ? 'scheduled' : 'accepted',
    status_url: statusPath(job.id),
    estimated_completion_time: isDone
      ? 0
      : Math.ceil(waitSeconds + (submit.estimateSeconds ?? estimateSeconds(job.type, submit.input, job.step))),
  };
}

async function acceptance(submit: Submit, now: number, ports: JobPorts): Promise<Acceptance> {
  const { id, type, owner, queue, scheduleId, options } = submit;
  const headStart = await keptHeadStart(submit, ports);
  const input = await ports.store.keep({ id, visit: 1, attempt: 0 }, 'input', jobTypes[type].input.parse(submit.input));
  return {
    id,
    type,
    owner,
    input,
    ...(queue && { queue }),
    ...(scheduleId !== undefined && { scheduleId }),
    ...(headStart && { headStart }),
    ...(options.priority !== undefined && { priority: options.priority }),
    ...(options.callbackUrl !== undefined && { callbackUrl: options.callbackUrl }),
    ...(options.notBefore !== undefined && { notBefore: options.notBefore }),
    ...(options.expiresIn !== undefined && { deadline: now + options.expiresIn * 1_000 }),
  };
}

async function keptHeadStart(
  { id, type, input, headStart }: Submit,
  { store }: JobPorts,
): Promise<HeadStart | undefined> {
  if (!headStart) return undefined;
  const { next: step } = headStart;
  const result = await store.keep(
    { id, visit: 1, attempt: 0 },
    'result',
    jobTypes[type].result.parse(headStart.result),
  );
  if (step === undefined) return { result };
  return { result, next: { step, progress: percentAt(plannedSteps(type, input), step, 0) } };
}
