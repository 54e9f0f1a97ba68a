import { ulid } from 'ulid';
import { type QueueName, queueNames } from '../catalog/queues.ts';
import type { JobPorts } from './ports.ts';
import { submitJob } from './submit-job.ts';

/** A probe that nobody picked up is worth nothing after this, seconds; so a stuck queue holds a handful of them and no more. */
export const probeExpirySeconds = 300;

/** Whose jobs probes are. No token hashes to this, so that no traveller sees them. */
export const probeOwner = 'probe';

/**
 * Sends an empty job through every queue, as a traveller's would go; its consumer measures how soon it was picked up. One queue that takes
 * none does not keep the others from being probed; rejects at the end if there was one. A minute that is probed twice is measured twice.
 */
export async function probeQueues(ports: JobPorts): Promise<void> {
  const results = await Promise.allSettled(queueNames.map((queue) => probe(queue, ports)));
  const errors = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
  if (errors.length > 0) throw new AggregateError(errors, `${errors.length} queues could not be probed`);
}

async function probe(queue: QueueName, ports: JobPorts): Promise<void> {
  const id = ulid(ports.now());
  await submitJob(
    { id, type: 'probe', owner: probeOwner, input: {}, options: { expiresIn: probeExpirySeconds }, queue },
    ports,
  );
}
