import { longestDelaySeconds } from '../catalog/queues.ts';
import { firstLook } from '../domain/build-change.ts';
import { holds } from '../domain/change.ts';
import { limitPassed, lost } from '../domain/guards.ts';
import { dueShards, isFinal, type Job, limitOf } from '../domain/job.ts';
import { pushDue } from '../domain/message-transitions.ts';
import { performOutbox } from './follow-end.ts';
import type { JobPorts } from './ports.ts';
import { expireJob } from './process-message.ts';
import { awaitsChildren, closeIfLate, repairBatch } from './repair-batch.ts';
import { sendMessage } from './send-message.ts';
import { settle } from './settle.ts';
import { type SweepCounts, sweepShards } from './sweep-shards.ts';
import { tellOverdue } from './tell-overdue.ts';

/** Jobs whose time comes within this many milliseconds are sent already, with a delay, so that they start on time. */
const LOOK_AHEAD_MILLISECONDS = 60_000;

/** The longest pause between two sends of the same message, milliseconds. */
const LONGEST_PAUSE_MILLISECONDS = 1_800_000;

export interface Reconciliation {
  /** Every job that has not ended, whether due or not: after a restart that lost all queues. */
  readonly everything: boolean;
  /** Attempts that began before this moment (milliseconds) are known to be dead. */
  readonly abandonedBefore: number;
}

/** Puts right every job whose due time has passed. One bad job never stops the others; rejects at the end if a shard could not be read. */
export function reconcileJobs(scope: Reconciliation, ports: JobPorts): Promise<SweepCounts> {
  const before = () => (scope.everything ? Number.MAX_SAFE_INTEGER : ports.now() + LOOK_AHEAD_MILLISECONDS);
  const sweep = {
    shards: Array.from({ length: dueShards }, (_, shard) => shard),
    list: (shard: number) => ports.store.due(shard, before()),
    idName: 'job_id' as const,
    idOf: (id: string) => id,
    handle: (id: string) => reconcileJob(id, scope, ports),
  };
  return sweepShards(sweep, ports.telemetry);
}

async function reconcileJob(id: string, scope: Reconciliation, ports: JobPorts): Promise<void> {
  const now = ports.now();
  const job = await ports.store.find(id, 'strong');
  if (!job || job.due_at === undefined) return;
  if (isFinal(job.status)) return performOutbox(job, ports);
  tellOverdue(job, now, ports.telemetry);
  if (job.lease_until !== undefined) return recoverHeld(job, scope, ports);
  if (awaitsChildren(job)) return reconcileBatch(job, scope, ports);
  if (holds(limitPassed(now), job)) return expireJob(job, ports);
  if (!scope.everything && !isDue(job, now)) return;
  if ((job.not_before ?? now) - now > longestDelaySeconds * 1_000) return; // no message can be kept back so long; due at its time
  await sendAgain(job, ports);
}

/** Whether the job's message must be sent: its due time has passed, or it was never sent because its time was too far off. */
function isDue({ due_at = Number.POSITIVE_INFINITY, not_before }: Job, now: number): boolean {
  return due_at <= now || (due_at === not_before && due_at <= now + LOOK_AHEAD_MILLISECONDS);
}

async function reconcileBatch(batch: Job, { everything }: Reconciliation, ports: JobPorts): Promise<void> {
  if (await closeIfLate(batch, ports)) return;
  if (!everything && !isDue(batch, ports.now())) return;
  if (await pushedOn(batch, ports)) await repairBatch(batch, ports);
}

async function recoverHeld(job: Job, { abandonedBefore }: Reconciliation, ports: JobPorts): Promise<void> {
  const fence = lost(job, ports.now(), abandonedBefore);
  if (!holds(fence, job)) return;
  ports.telemetry.count('leases_lost', job);
  await settle(job, fence, { kind: 'lost' }, ports);
}

/**
 * First moves the due time on, so that two reconcilers never send the same message, then sends it. The next look is not later than the
 * job's limit, so that a job nobody picks up is told expired in time.
 */
async function sendAgain(job: Job, ports: JobPorts): Promise<void> {
  if (await pushedOn(job, ports)) await sendMessage(job, ports);
}

/** Moves the due time on; false if another reconciler has. */
async function pushedOn(job: Job, ports: JobPorts): Promise<boolean> {
  const start = Math.max(ports.now(), job.not_before ?? 0);
  const pause = Math.min(LONGEST_PAUSE_MILLISECONDS, firstLook(job.queue) * 2 ** job.resends);
  const dueAt = Math.min(start + pause, limitOf(job));
  const moved = dueAt === job.due_at ? dueAt + 1 : dueAt; // a due time that stays the same keeps nobody out
  const pushed = await ports.store.apply(pushDue(job, moved));
  if (pushed.applied) ports.telemetry.count('jobs_reconciled', job);
  return pushed.applied;
}
