import { type NotifyingType, notifies } from '../catalog/job-types.ts';
import type { Job } from '../domain/job.ts';
import { acceptFollower } from './accept-follower.ts';
import { followerId } from './follower-id.ts';
import { noticeOf } from './notices.ts';
import type { JobPorts } from './ports.ts';

/** Accepts the job that tells the traveller of this completion. Doing it again makes no second one, and what becomes of it changes nothing here. */
export async function acceptNotice(job: Job, ports: JobPorts): Promise<void> {
  if (!hasNotice(job)) return;
  const input = await ports.store.read(job.id, job.input);
  const result = job.result && (await ports.store.read(job.id, job.result));
  await acceptFollower(job, 'notify', 'send_notification', noticeOf(job.type, input, result), ports);
}

/** Id of the job that tells the traveller; undefined if there is none, or none yet. */
export function noticeIdOf(job: Job): string | undefined {
  return hasNotice(job) && !job.outbox?.includes('notify') ? followerId(job, 'notify') : undefined;
}

function hasNotice(job: Job): job is Job & { readonly type: NotifyingType } {
  return job.status === 'completed' && notifies(job.type);
}
