import { trimmed } from '../domain/change.ts';
import { failure } from '../domain/decide.ts';
import { free } from '../domain/guards.ts';
import { isFinal, type Job } from '../domain/job.ts';
import { cancel, requestCancel } from '../domain/transitions.ts';
import type { JobPorts } from './ports.ts';

export type CancelOutcome =
  /** Nothing will run any more. */
  | { readonly kind: 'cancelled'; readonly job: Job }
  /** An attempt runs; it was asked to stop and does so within two seconds. */
  | { readonly kind: 'requested'; readonly job: Job }
  /** The job had ended otherwise; nothing was changed. */
  | { readonly kind: 'ended'; readonly job: Job };

/**
 * Cancels a job: at once while nobody works on it, otherwise by asking the attempt to stop. Whatever wins a race, the answer says what the
 * record says. Undefined when there is no such job.
 */
export async function cancelJob(job: Job, ports: JobPorts): Promise<CancelOutcome | undefined> {
  if (job.status === 'cancelled') return { kind: 'cancelled', job };
  if (isFinal(job.status)) return { kind: 'ended', job };
  if (job.lease_until !== undefined && job.cancel_at !== undefined) return { kind: 'requested', job };
  const now = ports.now();
  const held = job.lease_until !== undefined;
  const change = held ? requestCancel(job, now) : cancel(job, free, now, failure('cancelled'));
  const result = await ports.store.apply(trimmed(change, job));
  if (!result.applied) return result.job && cancelJob(result.job, ports);
  if (!held) ports.telemetry.count('jobs_cancelled', result.job);
  return { kind: held ? 'requested' : 'cancelled', job: result.job };
}
