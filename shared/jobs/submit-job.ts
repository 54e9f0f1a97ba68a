import type * as z from 'zod';
import { type JobType, jobTypes } from '../catalog/job-types.ts';
import { idempotencySeconds } from '../catalog/problems.ts';
import { SubmitAnswer } from '../catalog/schemas/submit.ts';
import { type Acceptance, accept } from '../domain/accept.ts';
import type { Job } from '../domain/job.ts';
import { estimateSeconds } from '../domain/plan.ts';
import { statusPath } from './job-view.ts';
import type { JobPorts } from './ports.ts';
import { sendMessage } from './send-message.ts';

export interface Submit {
  readonly id: string;
  readonly type: JobType;
  readonly owner: string;
  readonly input: unknown;
  readonly options: SubmitOptions;
  readonly queue?: Acceptance['queue'];
  /** Seconds the job is likely to take once it may start; the catalog's steps say it otherwise. */
  readonly estimateSeconds?: number;
  readonly idempotency?: { readonly route: string; readonly key: string; readonly fingerprint: string };
}

export interface SubmitOptions {
  readonly priority?: number;
  /** Seconds. */
  readonly expiresIn?: number;
  /** Milliseconds since the epoch. */
  readonly notBefore?: number;
}

export type SubmitOutcome =
  | { readonly kind: 'accepted' | 'replayed'; readonly answer: Answer }
  | { readonly kind: 'key_reused' }
  | { readonly kind: 'in_flight' };

type Answer = z.infer<typeof SubmitAnswer>;

/** Accepts one job: record first, then message. Rejects only when the record could not be written. */
export async function submitJob(submit: Submit, ports: JobPorts): Promise<SubmitOutcome> {
  const { store, telemetry } = ports;
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
      await sendMessage(job, ports);
      return { kind: 'accepted', answer };
    case 'in_flight':
      return outcome;
    case 'known':
      if (outcome.fingerprint !== submit.idempotency?.fingerprint) return { kind: 'key_reused' };
      return { kind: 'replayed', answer: SubmitAnswer.parse(outcome.answer) };
  }
}

function answerFor(job: Job, submit: Submit, now: number): Answer {
  const waitSeconds = Math.max(0, ((job.not_before ?? now) - now) / 1_000);
  return {
    job_id: job.id,
    status: job.status === 'scheduled' ? 'scheduled' : 'accepted',
    status_url: statusPath(job.id),
    estimated_completion_time: Math.ceil(
      waitSeconds + (submit.estimateSeconds ?? estimateSeconds(job.type, submit.input)),
    ),
  };
}

async function acceptance(submit: Submit, now: number, { store }: JobPorts): Promise<Acceptance> {
  const { id, type, owner, queue, options } = submit;
  const input = await store.keep({ id, visit: 1, attempt: 0 }, 'input', jobTypes[type].input.parse(submit.input));
  return {
    id,
    type,
    owner,
    input,
    ...(queue && { queue }),
    ...(options.priority !== undefined && { priority: options.priority }),
    ...(options.notBefore !== undefined && { notBefore: options.notBefore }),
    ...(options.expiresIn !== undefined && { deadline: now + options.expiresIn * 1_000 }),
  };
}
