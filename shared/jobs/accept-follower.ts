import { type JobType, jobTypes } from '../catalog/job-types.ts';
import { accept } from '../domain/accept.ts';
import type { FollowUp, Job } from '../domain/job.ts';
import { followerId } from './follower-id.ts';
import type { JobPorts } from './ports.ts';
import { sendMessage } from './send-message.ts';

/** Accepts the job that a follow-up of this end is, under an id that follows from it. Doing it again makes no second one. */
export async function acceptFollower(
  { id: follows, visit, owner }: Job,
  followUp: FollowUp,
  type: JobType,
  wanted: unknown,
  ports: JobPorts,
): Promise<void> {
  const id = followerId({ id: follows, visit }, followUp);
  const input = await ports.store.keep({ id, visit: 1, attempt: 0 }, 'input', jobTypes[type].input.parse(wanted));
  const follower = accept({ id, type, owner, input, follows }, ports.now());
  await ports.store.accept(follower);
  ports.telemetry.count('jobs_accepted', follower);
  await sendMessage(follower, ports);
}
