import type { QueueName } from '../catalog/queues.ts';
import type { redriveOutcomes } from '../catalog/schemas/operate.ts';
import { UnreadableRecordError } from '../domain/unreadable-record.ts';
import { findAny, findReadable } from './find-readable.ts';
import type { JobPorts } from './ports.ts';
import { mayBeRedriven, NotFollowedError, redriveJob } from './redrive-job.ts';

export interface RedrivePorts extends JobPorts {
  readonly wait: (milliseconds: number) => Promise<unknown>;
}

export interface RedriveOrder {
  readonly ids: readonly string[];
  /** Say what would be done, and do nothing. */
  readonly dryRun: boolean;
  readonly ratePerSecond: number;
  /** Nothing is begun from this moment on, milliseconds. */
  readonly until: number;
  /** Who asked for it, for the log. */
  readonly operator: string;
}

export interface RedriveOutcome {
  readonly id: string;
  readonly outcome: (typeof redriveOutcomes)[number];
}

/**
 * Gives failed jobs another life one after the other, never faster than the rate, so that what made them fail is not flooded again. Tells the
 * outcome of each that was reached in time; one whose failure has not been followed up yet costs the others nothing. Every job redriven is in the
 * log with the operator, also when a later one makes the whole reject.
 */
export async function redriveJobs(order: RedriveOrder, ports: RedrivePorts): Promise<readonly RedriveOutcome[]> {
  const outcomes: RedriveOutcome[] = [];
  const pauseMilliseconds = order.dryRun ? 0 : 1_000 / order.ratePerSecond;
  const startedAt = ports.now();
  for (const [index, id] of order.ids.entries()) {
    const beginAt = Math.max(ports.now(), startedAt + index * pauseMilliseconds);
    if (beginAt >= order.until) break;
    if (beginAt > ports.now()) await ports.wait(beginAt - ports.now());
    outcomes.push({ id, outcome: await redriveOne(id, order, ports) });
  }
  return outcomes;
}

async function redriveOne(id: string, order: RedriveOrder, ports: RedrivePorts): Promise<RedriveOutcome['outcome']> {
  const job = await findAny(id, 'strong', ports.store);
  if (!job) return 'unknown';
  if (job instanceof UnreadableRecordError) return 'unreadable';
  if (job.parent) return 'in_batch';
  if (order.dryRun) return mayBeRedriven(job, ports.now()) ? 'would_redrive' : 'not_failed';
  const revived = await redriveJob(job, ports).catch((error: unknown) => {
    if (!(error instanceof NotFollowedError)) throw error;
    ports.telemetry.warn('job_not_redriven', { job_id: id }, error.cause);
    return 'not_followed' as const;
  });
  if (revived === 'not_followed') return revived;
  if (!revived) return 'not_failed';
  ports.telemetry.note('job_redriven', {
    operator: order.operator,
    job_id: id,
    queue: job.queue,
    error: job.error?.code,
  });
  return 'redriven';
}

/**
 * Up to `limit` jobs of a queue that may be redriven, the oldest first: one that fails again becomes the newest, so that no job is redriven
 * over and over while others wait. Jobs of a batch are passed over, they belong to their batch, and so are jobs that cannot be read. `more` is
 * true also when the time is over.
 */
export async function chooseDead(
  queue: QueueName,
  { limit, until }: { readonly limit: number; readonly until: number },
  { store, now }: Pick<RedrivePorts, 'store' | 'now'>,
): Promise<{ readonly ids: readonly string[]; readonly more: boolean }> {
  const ids: string[] = [];
  for await (const { id } of store.deadLetters(queue, 'oldest_first')) {
    if (ids.length === limit || now() >= until) return { ids, more: true };
    const job = await findReadable(id, 'strong', store);
    if (job && mayBeRedriven(job, now())) ids.push(id);
  }
  return { ids, more: false };
}
