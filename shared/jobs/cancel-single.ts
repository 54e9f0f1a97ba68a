import { trimmed } from '../domain/change.ts';
import { failure } from '../domain/decide.ts';
import { free } from '../domain/guards.ts';
import { isFinal, isUndoing, type Job } from '../domain/job.ts';
import { requestCancel } from '../domain/transitions.ts';
import { endChange } from './end-job.ts';
import { followEnd } from './follow-end.ts';
import type { JobPorts } from './ports.ts';
import { sendMessage } from './send-message.ts';

export type CancelOutcome =
  /** Nothing will run any more. */
  | { readonly kind: 'cancelled'; readonly job: Job }
  /** An attempt runs, or children do; they were asked to stop and do so within two seconds. */
  | { readonly kind: 'requested'; readonly job: Job }
  /** The job can only go forward, or is about to end otherwise; nothing was changed. */
  | { readonly kind: 'beyond_recall'; readonly job: Job }
  /** The job had ended otherwise; nothing was changed. */
  | { readonly kind: 'ended'; readonly job: Job };

/** The job is no longer what it was: decide anew with what it is now, undefined if it is gone. */
export interface ChangedMeanwhile {
  readonly kind: 'changed';
  readonly job: Job | undefined;
}

/** One try to cancel a job that does not wait for children: at once while nobody works on it, otherwise by asking the attempt to stop. */
export async function cancelSingle(job: Job, ports: JobPorts): Promise<CancelOutcome | ChangedMeanwhile> {
  if (job.status === 'cancelled') return { kind: 'cancelled', job };
  if (isFinal(job.status)) return { kind: 'ended', job };
  if (job.committed_at !== undefined) return { kind: 'beyond_recall', job };
  if (isUndoing(job)) return { kind: job.intended_end?.status === 'cancelled' ? 'requested' : 'beyond_recall', job };
  if (job.lease_until !== undefined && job.cancel_at !== undefined) return { kind: 'requested', job };
  const now = ports.now();
  const held = job.lease_until !== undefined;
  const end = { status: 'cancelled', error: failure('cancelled') } as const;
  const change = held ? requestCancel(job, now) : endChange(job, free, now, end);
  const result = await ports.store.apply(trimmed(change, job));
  if (!result.applied) return { kind: 'changed', job: result.job };
  if (held) return { kind: 'requested', job: result.job };
  if (!isFinal(result.job.status)) {
    await sendMessage(result.job, ports);
    return { kind: 'requested', job: result.job };
  }
  ports.telemetry.count('jobs_cancelled', result.job);
  await followEnd(result.job, ports);
  return { kind: 'cancelled', job: result.job };
}
