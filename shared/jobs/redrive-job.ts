import { holds, trimmed } from '../domain/change.ts';
import type { Job } from '../domain/job.ts';
import { redrive } from '../domain/transitions.ts';
import { performOutbox } from './follow-end.ts';
import type { JobPorts } from './ports.ts';
import { sendMessage } from './send-message.ts';

/**
 * Gives a failed job another life on the queue where it died: its failures are forgotten, its earlier steps are kept. Undefined when it is not a
 * failed job that may be tried again. What must follow from its failure is seen to first, since the next end has follow-ups of its own; rejects with
 * NotFollowedError when it cannot be.
 */
export async function redriveJob(job: Job, ports: JobPorts): Promise<Job | undefined> {
  if (!mayBeRedriven(job, ports.now())) return undefined;
  await performOutbox(job, ports).catch((cause: unknown) => {
    throw new NotFollowedError(job.id, { cause });
  });
  const result = await ports.store.apply(trimmed(redrive(job, ports.now()), job));
  if (!result.applied) return undefined;
  ports.telemetry.count('jobs_redriven', result.job);
  await sendMessage(result.job, ports);
  return result.job;
}

/** Whether it is a failed job that may be tried again. What must still follow from the failure is no obstacle: it is seen to first. */
export function mayBeRedriven({ outbox: _, ...job }: Job, now: number): boolean {
  return holds(redrive(job, now).when, job);
}

/** What must follow from the failure of the job cannot be done at this moment; the reconciler goes on trying. */
export class NotFollowedError extends Error {
  override readonly name = 'NotFollowedError';

  constructor(jobId: string, options: ErrorOptions) {
    super(`What follows from the failure of ${jobId} is not done`, options);
  }
}
