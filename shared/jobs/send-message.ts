import { longestDelaySeconds } from '../catalog/queues.ts';
import type { Job } from '../domain/job.ts';
import type { JobPorts } from './ports.ts';

/**
 * Sends the message of the job's current visit. The record was written first and says when it is due, so a failed send is no failure of
 * the job: the reconciler sends it. The same holds for a wait longer than SQS can keep a message back.
 */
export async function sendMessage(
  job: Job,
  { queues, telemetry, now }: Pick<JobPorts, 'queues' | 'telemetry' | 'now'>,
): Promise<void> {
  const delaySeconds = Math.max(0, Math.ceil(((job.not_before ?? 0) - now()) / 1_000));
  if (delaySeconds > longestDelaySeconds) return;
  try {
    await queues.send(job.queue, { v: 1, id: job.id, visit: job.visit }, { owner: job.owner, delaySeconds });
  } catch (error) {
    telemetry.count('sends_failed', { queue: job.queue });
    telemetry.warn('message_not_sent', { job_id: job.id, queue: job.queue, visit: job.visit }, error);
  }
}
