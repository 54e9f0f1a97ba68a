import type * as z from 'zod';
import { DeliveryAttempt, type WebhookDelivery, type WebhookEvent } from '../catalog/schemas/webhook.ts';
import { type FinalStatus, isFinal, type Job } from '../domain/job.ts';
import type { JobStore } from '../domain/ports.ts';
import { acceptFollower } from './accept-follower.ts';
import { findReadable } from './find-readable.ts';
import { followerId } from './follower-id.ts';
import { statusPath } from './job-paths.ts';
import type { JobPorts } from './ports.ts';

/** Names the effect of one attempt at a delivery. */
const ATTEMPT = 'attempt:';

/** Accepts the job that tells the owner's receiver of this end. Doing it again makes no second one. */
export async function acceptCallback(job: Job, ports: JobPorts): Promise<void> {
  const event = webhookEventOf(job);
  if (job.callback_url === undefined || !event) return;
  await acceptFollower(job, 'callback', 'deliver_webhook', { url: job.callback_url, event }, ports);
}

/** The message about the end of a job: the same however often it is made. */
export function webhookEventOf(job: Job): WebhookEvent | undefined {
  const { id, type, status, ended_at, degraded, error } = job;
  if (ended_at === undefined || !hasEnded(status)) return undefined;
  const timestamp = new Date(ended_at).toISOString();
  return {
    type: `job.${status}`,
    timestamp,
    data: {
      job_id: id,
      type,
      status,
      status_url: statusPath(id),
      created_at: new Date(job.accepted_at).toISOString(),
      ended_at: timestamp,
      ...(degraded && { degraded: [...degraded] }),
      ...(error && status !== 'completed' && { error }),
    },
  };
}

/** The job that delivers the end of this one; undefined if there is none, none yet, or none that can be read. */
export async function deliveryOf(job: Job, store: JobStore): Promise<Job | undefined> {
  if (job.callback_url === undefined || !isFinal(job.status)) return undefined;
  return findReadable(followerId(job, 'callback'), 'eventual', store);
}

/** Name of the effect that an attempt's request is. */
export function attemptName(attempt: number): string {
  return `${ATTEMPT}${attempt}`;
}

/** The attempts at a delivery, oldest first. One whose worker died has no outcome: nobody knows whether the receiver got it. */
export function attemptsOf(delivery: Job): readonly z.infer<typeof WebhookDelivery>[] {
  const attempts = Object.entries(delivery.effects ?? {}).flatMap(([name, { at, outcome }]) => {
    const known = DeliveryAttempt.safeParse(JSON.parse(outcome ?? 'null'));
    const made = known.success ? known.data : { at: new Date(at).toISOString() };
    return name.startsWith(ATTEMPT) ? [{ attempt: Number(name.slice(ATTEMPT.length)), ...made }] : [];
  });
  const ordered = attempts.toSorted((a, b) => a.attempt - b.attempt);
  const next = isFinal(delivery.status) ? undefined : delivery.not_before;
  const last = ordered.at(-1);
  if (!last || next === undefined) return ordered;
  return [...ordered.slice(0, -1), { ...last, next_at: new Date(next).toISOString() }];
}

function hasEnded(status: Job['status']): status is FinalStatus {
  return isFinal(status);
}
