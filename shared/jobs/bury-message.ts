import { holds } from '../domain/change.ts';
import { PermanentError } from '../domain/errors.ts';
import { free, lost, sameVisit } from '../domain/guards.ts';
import { isFinal, type Job, type JobMessage } from '../domain/job.ts';
import { requeue } from '../domain/message-transitions.ts';
import type { JobPorts } from './ports.ts';
import { sendMessage } from './send-message.ts';
import { settle } from './settle.ts';

/** How often a healthy job's message may come back as a dead letter before the job is failed. */
const REQUEUES_ALLOWED = 5;

/**
 * Takes one message off a dead-letter queue. A job that still waits for it gets a new visit and a new message: SQS gave up on the message,
 * not the job on its work. Anything else is put right or dropped; nothing stays in the dead-letter queue.
 */
export async function buryMessage(message: JobMessage, ports: JobPorts): Promise<void> {
  const { store, telemetry, now } = ports;
  const job = await store.find(message.id, 'strong');
  if (!job || isFinal(job.status) || job.visit !== message.visit) {
    telemetry.note('dead_letter_dropped', { job_id: message.id, visit: message.visit, status: job?.status });
    return;
  }
  if (job.lease_until !== undefined) return buryHeld(job, ports);
  if (job.requeues >= REQUEUES_ALLOWED) return failWaiting(job, ports);
  const sentAgain = await store.apply(requeue(job, now()));
  if (sentAgain.applied) await sendMessage(sentAgain.job, ports);
}

/** An attempt holds the job: a live one goes on undisturbed, a dead one is accounted for. */
async function buryHeld(job: Job, ports: JobPorts): Promise<void> {
  const fence = lost(job, ports.now());
  if (!holds(fence, job)) return;
  ports.telemetry.count('leases_lost', job);
  await settle(job, fence, { kind: 'lost' }, ports);
}

/** Nobody ever ran the job, message after message: it fails for good, or ends without the step that it can do without. */
async function failWaiting(job: Job, ports: JobPorts): Promise<void> {
  const error = new PermanentError('attempts_exhausted', `Given up after ${job.requeues} dead letters`);
  await settle(job, [...free, ...sameVisit(job.visit)], { kind: 'failed', error }, ports);
}
