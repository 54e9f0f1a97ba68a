import { isFinal } from '../domain/job.ts';
import type { HeldJob } from './held-job.ts';
import type { JobPorts } from './ports.ts';
import type { ProgressTeller } from './progress-teller.ts';

/** How often a running attempt looks whether it was cancelled or taken over, milliseconds: a cancel is noticed within two seconds. */
const WATCH_MILLISECONDS = 1_500;

/**
 * Has the attempt stop when its job was cancelled or taken over. Progress that was kept back is written in place of a look, since the answer
 * tells the same. Ends with `clearInterval`.
 */
export function watchJob(job: HeldJob, progress: ProgressTeller, { store, telemetry }: JobPorts): NodeJS.Timeout {
  const look = async () => {
    const { id, visit, attempt } = job.head;
    try {
      if (await progress.catchUp()) return;
      const now = await store.find(id, 'eventual');
      if (!now || job.signal.aborted) return;
      if (now.cancel_at !== undefined) job.stop('cancel');
      if (isFinal(now.status) || now.visit > visit || now.attempt > attempt) job.stop('taken_over');
    } catch (error) {
      telemetry.warn('watch_failed', { job_id: id }, error);
    }
  };
  return setInterval(() => void look(), WATCH_MILLISECONDS);
}
