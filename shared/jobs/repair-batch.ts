import { holds } from '../domain/change.ts';
import { failure } from '../domain/decide.ts';
import { free, limitPassed } from '../domain/guards.ts';
import type { Job } from '../domain/job.ts';
import { advanceBatch } from './advance-batch.ts';
import { closeBatch, settleChildren, stopChildren } from './close-batch.ts';
import { followEnd } from './follow-end.ts';
import type { JobPorts } from './ports.ts';

/** Whether only its children can bring the job forward. */
export function awaitsChildren({ batch, lease_until }: Job): boolean {
  return lease_until === undefined && (batch === 'waiting' || batch === 'closing');
}

/** Closes a batch whose limit has passed. Tells whether it had. */
export async function closeIfLate(batch: Job, ports: JobPorts): Promise<boolean> {
  const now = ports.now();
  if (batch.batch === 'closing' || !holds(limitPassed(now), batch)) return false;
  const byDeadline = batch.deadline !== undefined && batch.deadline <= now;
  const error = failure(byDeadline ? 'deadline_passed' : 'waited_too_long');
  await closeBatch(batch, free, { status: 'expired', error }, ports);
  return true;
}

/** Puts right what a crash has left undone: ends that were not counted, children that were not stopped, a join that was not made. */
export async function repairBatch(batch: Job, ports: JobPorts): Promise<void> {
  if (batch.batch === 'closing') return void (await stopChildren(batch, ports));
  await settleChildren(batch, ports);
  const seen = await ports.store.find(batch.id, 'strong');
  if (seen) await advanceBatch(seen, ports, followEnd);
}
