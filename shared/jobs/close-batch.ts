import { uncounted } from '../domain/batch.ts';
import { close } from '../domain/batch-transitions.ts';
import { type Guard, trimmed } from '../domain/change.ts';
import { type IntendedEnd, isFinal, type Job } from '../domain/job.ts';
import { mapBounded } from '../domain/map-bounded.ts';
import type { ApplyOutcome } from '../domain/ports.ts';
import { UnreadableRecordError } from '../domain/unreadable-record.ts';
import { advanceBatch } from './advance-batch.ts';
import { cancelSingle } from './cancel-single.ts';
import { childId } from './child-id.ts';
import { countAtParent, followEnd, performOutbox } from './follow-end.ts';
import type { JobPorts } from './ports.ts';

/** Children looked after at the same time. */
const CHILDREN_AT_ONCE = 10;

/** Lets a batch with open children end otherwise than completed: its children are cancelled first. Tells the head as it is then. */
export async function closeBatch(
  batch: Job,
  fence: readonly Guard[],
  end: IntendedEnd,
  ports: JobPorts,
): Promise<ApplyOutcome> {
  const closed = await ports.store.apply(trimmed(close(batch, fence, ports.now(), end), batch));
  if (!closed.applied) return closed;
  return { applied: true, job: await stopChildren(closed.job, ports) };
}

/**
 * Cancels the open children of a closing batch and counts those whose end it does not know. A child that cannot be stopped now is left to its
 * own claim, which asks the batch, and to the reconciler. Tells the head of the batch afterwards.
 */
export async function stopChildren(batch: Job, ports: JobPorts): Promise<Job> {
  try {
    await settleChildren(batch, ports);
    const seen = await ports.store.find(batch.id, 'strong');
    return seen ? await advanceBatch(seen, ports, followEnd) : batch;
  } catch (error) {
    ports.telemetry.warn('children_not_stopped', { job_id: batch.id }, error);
    return batch;
  }
}

/** For each child the batch has not counted: count it if it has ended; if the batch is closing, cancel it, or count it as never made. */
export async function settleChildren(batch: Job, ports: JobPorts): Promise<void> {
  const missing = uncounted(batch);
  const ids = missing.map((index) => childId(batch.id, index));
  const { jobs, unreadable } = await ports.store.findAll(ids, 'strong');
  const children = new Map([...jobs, ...unreadable].map((child) => [child.id, child]));
  const never = new AbortController().signal;
  await mapBounded(missing, CHILDREN_AT_ONCE, never, (index) => {
    const child = children.get(childId(batch.id, index));
    if (child instanceof UnreadableRecordError) return settleUnreadable(batch, index, child, ports);
    return settleChild(batch, index, child, ports);
  });
}

/**
 * A child that this release cannot read may still run and end, so it stays open. Only a batch that is closing does not wait for one whose record
 * is damaged, which nobody can claim or cancel any more: it counts as failed. The record of a later release is left to that release.
 */
async function settleUnreadable(
  batch: Job,
  index: number,
  { reason }: UnreadableRecordError,
  ports: JobPorts,
): Promise<void> {
  if (batch.batch === 'closing' && reason === 'damaged') await countAtParent(batch.id, index, 'done_failed', ports);
}

async function settleChild(batch: Job, index: number, child: Job | undefined, ports: JobPorts): Promise<void> {
  const closing = batch.batch === 'closing';
  // One that a worker makes after this look asks the batch when it is claimed, and is cancelled.
  if (!child) return countAtParent(batch.id, index, closing ? 'done_cancelled' : 'done_failed', ports);
  if (isFinal(child.status)) return performOutbox(child, ports);
  if (closing) await cancelChild(child, ports);
}

async function cancelChild(child: Job, ports: JobPorts): Promise<void> {
  const outcome = await cancelSingle(child, ports);
  if (outcome.kind === 'changed' && outcome.job) await cancelChild(outcome.job, ports);
}
