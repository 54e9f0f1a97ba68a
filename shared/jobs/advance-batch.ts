import { stepNames } from '../catalog/job-types.ts';
import { isComplete } from '../domain/batch.ts';
import { endClosed, join } from '../domain/batch-transitions.ts';
import { trimmed } from '../domain/change.ts';
import type { Job } from '../domain/job.ts';
import { countEnd } from './count-end.ts';
import type { JobPorts } from './ports.ts';
import { sendMessage } from './send-message.ts';

type FollowEnd = (job: Job, ports: JobPorts) => Promise<void>;

/** Percent of a batch that is done when only its join is left. */
const BEFORE_JOIN_PERCENT = 99;

/**
 * Brings a batch forward if the end of every child is known: a waiting one goes to its last step, a closing one ends. Everyone who may have
 * seen the last end calls it; the first one's update lets no other through. Tells the head it saw last. `followEnd` is that of follow-end.ts,
 * which calls this for the batch of a child.
 */
export async function advanceBatch(batch: Job, ports: JobPorts, followEnd: FollowEnd): Promise<Job> {
  if (!isComplete(batch)) return batch;
  if (batch.batch === 'waiting' && batch.cancel_at === undefined) return joinBatch(batch, ports);
  if (batch.batch === 'closing') return endBatch(batch, ports, followEnd);
  return batch;
}

async function joinBatch(batch: Job, ports: JobPorts): Promise<Job> {
  const step = stepNames(batch.type).at(-1) ?? batch.step;
  const change = join(batch, ports.now(), { step, progress: BEFORE_JOIN_PERCENT });
  const outcome = await ports.store.apply(trimmed(change, batch));
  if (outcome.applied) await sendMessage(outcome.job, ports);
  return outcome.job ?? batch;
}

async function endBatch(batch: Job, ports: JobPorts, followEnd: FollowEnd): Promise<Job> {
  if (!batch.intended_end) return batch;
  const outcome = await ports.store.apply(trimmed(endClosed(batch, ports.now(), batch.intended_end), batch));
  if (!outcome.applied) return outcome.job ?? batch;
  countEnd(outcome.job, ports.telemetry);
  await followEnd(outcome.job, ports);
  return outcome.job;
}
