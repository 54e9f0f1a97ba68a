import { stopsChildren } from '../domain/batch.ts';
import { trimmed } from '../domain/change.ts';
import { held } from '../domain/guards.ts';
import type { Job } from '../domain/job.ts';
import { requestCancel } from '../domain/transitions.ts';
import type { JobPorts } from './ports.ts';
import { settle } from './settle.ts';

/** Ends a child that was just claimed if its batch does not want it any more. Tells whether it did. Rejects if the batch could not be read. */
export async function stoppedByBatch(job: Job, ports: JobPorts): Promise<boolean> {
  if (!job.parent || !stopsChildren(await ports.store.find(job.parent.id, 'strong'))) return false;
  const asked = await ports.store.apply(trimmed(requestCancel(job, ports.now()), job));
  await settle(asked.job ?? job, held(job), { kind: 'aborted', by: 'cancel' }, ports);
  return true;
}
