import { endSetOf } from '../domain/batch.ts';
import { clearOutbox, countChild } from '../domain/batch-transitions.ts';
import { type FollowUp, isFinal, type Job } from '../domain/job.ts';
import { advanceBatch } from './advance-batch.ts';
import { acceptCallback } from './callback.ts';
import { countSpending } from './count-spending.ts';
import { acceptNotice } from './notify.ts';
import type { JobPorts } from './ports.ts';

/** Does what must follow from the end of the job, by whoever ended it. Never rejects: what was not done stays on the record, for the reconciler. */
export async function followEnd(job: Job, ports: JobPorts): Promise<void> {
  if (isFinal(job.status)) await countSpending(job, (job.cost?.micro_usd ?? 0) - (job.cost_counted ?? 0), ports);
  try {
    await performOutbox(job, ports);
  } catch (error) {
    ports.telemetry.warn('follow_up_failed', { job_id: job.id, outbox: job.outbox }, error);
  }
}

/** Performs each follow-up, whatever becomes of the others, then takes them off the record. Doing one again changes nothing. */
export async function performOutbox(job: Job, ports: JobPorts): Promise<void> {
  if (!job.outbox) return;
  const failed: unknown[] = [];
  for (const followUp of job.outbox) await perform[followUp](job, ports).catch((error: unknown) => failed.push(error));
  if (failed.length > 0) throw failed[0];
  await ports.store.apply(clearOutbox(job));
}

const perform: Readonly<Record<FollowUp, (job: Job, ports: JobPorts) => Promise<void>>> = {
  count_at_parent: async ({ parent, status }, ports) => {
    if (parent) await countAtParent(parent.id, parent.index, endSetOf(status), ports);
  },
  callback: acceptCallback,
  notify: acceptNotice,
};

/** Tells the batch how a child ended. Whoever's count is the last brings the batch forward, and so does one that is counted already. */
export async function countAtParent(
  batchId: string,
  index: number,
  end: ReturnType<typeof endSetOf>,
  ports: JobPorts,
): Promise<void> {
  if (!end) return;
  const { job } = await ports.store.apply(countChild(batchId, index, end, ports.now()));
  if (job) await advanceBatch(job, ports, followEnd);
}
