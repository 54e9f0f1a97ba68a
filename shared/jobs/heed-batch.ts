import { stopsChildren } from '../domain/batch.ts';
import { trimmed } from '../domain/change.ts';
import { held } from '../domain/guards.ts';
import type { Job } from '../domain/job.ts';
import { requestCancel } from '../domain/transitions.ts';
import { UnreadableRecordError } from '../domain/unreadable-record.ts';
import { findAny } from './find-readable.ts';
import type { JobPorts } from './ports.ts';
import { settle } from './settle.ts';

/**
 * Ends a child that was just claimed if its batch does not want it any more. Tells whether it did. A batch whose record makes no sense to this
 * release stops nobody: its child is paid for and told, and counted once the record can be read. Rejects if the store does not answer.
 */
export async function stoppedByBatch(job: Job, ports: JobPorts): Promise<boolean> {
  if (!job.parent) return false;
  const batch = await findAny(job.parent.id, 'strong', ports.store);
  if (batch instanceof UnreadableRecordError || !stopsChildren(batch)) return false;
  const asked = await ports.store.apply(trimmed(requestCancel(job, ports.now()), job));
  await settle(asked.job ?? job, held(job), { kind: 'aborted', by: 'cancel' }, ports);
  return true;
}
