import { failure } from '../domain/decide.ts';
import { free } from '../domain/guards.ts';
import { isFinal, type Job } from '../domain/job.ts';
import { type CancelOutcome, type ChangedMeanwhile, cancelSingle } from './cancel-single.ts';
import { closeBatch } from './close-batch.ts';
import type { JobPorts } from './ports.ts';

/**
 * Cancels a job: at once while nobody works on it, otherwise by asking the attempt, or the children, to stop. Whatever wins a race, the answer
 * says what the record says. Undefined when there is no such job.
 */
export async function cancelJob(job: Job, ports: JobPorts): Promise<CancelOutcome | undefined> {
  const hasOpenChildren = job.batch !== undefined && job.lease_until === undefined;
  const outcome = hasOpenChildren ? await cancelBatch(job, ports) : await cancelSingle(job, ports);
  if (outcome.kind !== 'changed') return outcome;
  return outcome.job && cancelJob(outcome.job, ports);
}

/** The batch ends cancelled once its children have ended, often before this resolves. */
async function cancelBatch(batch: Job, ports: JobPorts): Promise<CancelOutcome | ChangedMeanwhile> {
  if (batch.batch === 'closing' && batch.cancel_at !== undefined) return { kind: 'requested', job: batch };
  const closed = await closeBatch(batch, free, { status: 'cancelled', error: failure('cancelled') }, ports);
  if (!closed.applied) return { kind: 'changed', job: closed.job };
  return { kind: isFinal(closed.job.status) ? 'cancelled' : 'requested', job: closed.job };
}
