import { type JobType, stepOf } from '../catalog/job-types.ts';
import type { QueueName } from '../catalog/queues.ts';
import { holds } from '../domain/change.ts';
import { failure, type Outcome } from '../domain/decide.ts';
import { PermanentError } from '../domain/errors.ts';
import { free, held, limitPassed, lost, mayStart, sameVisit } from '../domain/guards.ts';
import { isFinal, type Job, type JobMessage } from '../domain/job.ts';
import { claim } from '../domain/transitions.ts';
import { countSpending } from './count-spending.ts';
import { stoppedByBatch } from './heed-batch.ts';
import type { JobPorts } from './ports.ts';
import type { Processor } from './processor.ts';
import { closeIfLate } from './repair-batch.ts';
import { runStep } from './run-step.ts';
import { sendMessage } from './send-message.ts';
import { settle } from './settle.ts';

export interface Consumer extends JobPorts {
  /** The queue this consumer serves. */
  readonly queue: QueueName;
  processorOf(type: JobType): Promise<Processor>;
  /** Milliseconds until the function is stopped. */
  remaining(): number;
}

/** How one message came. */
export interface Delivery {
  /** When it was sent, milliseconds since the epoch. */
  readonly sentAt?: number;
  /** Invocation and message; no two deliveries share it. */
  readonly holder: string;
}

/** The lease outlives the function, so an attempt that is alive is never taken over. */
const LEASE_BEYOND_FUNCTION_MILLISECONDS = 10_000;

/** Kept back from the attempt to record how it ended. */
const TIME_TO_SETTLE_MILLISECONDS = 5_000;

/**
 * Carries out one message: claims the job, makes one attempt, records how it ended. Resolves when the message may be deleted, rejects when
 * it must come back, which is only when the record could not be read or written.
 */
export async function processMessage(
  message: JobMessage,
  { sentAt, holder }: Delivery,
  consumer: Consumer,
): Promise<void> {
  const { store, telemetry, now } = consumer;
  const claimedAt = now();
  const until = claimedAt + consumer.remaining() + LEASE_BEYOND_FUNCTION_MILLISECONDS;
  const claimed = await store.apply(claim(message, claimedAt, { until, holder }));
  const job = claimed.applied || isOurs(claimed.job, message, holder) ? claimed.job : undefined;
  if (!job) return refuse(message, claimed.job, claimedAt, consumer);
  if (await stoppedByBatch(job, consumer)) return;
  const startedAt = now();
  if (sentAt !== undefined && wasSentAtOnce(job)) {
    telemetry.count('pick_up_latency', job, Math.max(0, startedAt - sentAt));
  }
  const { outcome, head, effects, spent } = await runStep(
    job,
    () => consumer.processorOf(job.type),
    consumer.remaining() - TIME_TO_SETTLE_MILLISECONDS,
    consumer,
  );
  telemetry.count('step_duration', job, now() - startedAt);
  if (outcome === 'taken_over') drop('taken_over', message, consumer);
  else if (await settle(head, held(head), outcome, consumer, { effects, spent })) return;
  await countSpending(head, spent?.micro_usd, consumer); // the record is somebody else's, and the money is spent
}

/** A claim whose answer was lost is refused when the client repeats it: the job is held, by this very delivery. */
function isOurs(job: Job | undefined, { visit }: JobMessage, holder: string): boolean {
  return job?.visit === visit && job.lease_until !== undefined && job.holder === holder;
}

/** Whether the message was to be picked up when it was sent; the messages of retries and of scheduled jobs are kept back. */
function wasSentAtOnce({ history }: Job): boolean {
  const before = history.at(-2)?.status;
  return before === 'accepted' || before === 'processing';
}

/** Why the job could not be claimed, and what that asks for. Judged at the moment of the claim: a millisecond later it might start. */
async function refuse(message: JobMessage, job: Job | undefined, now: number, consumer: Consumer): Promise<void> {
  if (!job) return drop('no_such_job', message, consumer);
  if (job.visit !== message.visit) return drop('stale_visit', message, consumer);
  if (isFinal(job.status)) return drop('already_ended', message, consumer);
  if (job.lease_until !== undefined) {
    if (!holds(lost(job, now), job)) return drop('already_running', message, consumer);
    consumer.telemetry.count('leases_lost', job);
    await settle(job, lost(job, now), { kind: 'lost' }, consumer);
    return;
  }
  if (holds(limitPassed(now), job)) return expireJob(job, consumer);
  if (!holds(mayStart(now), job)) return sendMessage(job, consumer);
  drop('refused', message, consumer);
}

/** Ends a job that waited too long or whose deadline has passed; one that only waits for a step it can do without is complete. */
export async function expireJob(job: Job, ports: JobPorts): Promise<void> {
  if (job.batch && (await closeIfLate(job, ports))) return;
  await settle(job, [...free, ...sameVisit(job.visit)], lateOutcome(job, ports.now()), ports);
}

function lateOutcome(job: Job, now: number): Outcome {
  if (job.deadline !== undefined && job.deadline <= now) return { kind: 'too_late', error: failure('deadline_passed') };
  const isDispensable = job.result && stepOf(job.type, job.step)?.degrades;
  if (!isDispensable) return { kind: 'too_late', error: failure('waited_too_long') };
  return { kind: 'failed', error: new PermanentError('waited_too_long', 'The step could not start in time') };
}

function drop(reason: string, message: JobMessage, { telemetry, queue }: Consumer): void {
  telemetry.count('messages_dropped', { queue });
  telemetry.note('message_dropped', { reason, job_id: message.id, visit: message.visit });
}
