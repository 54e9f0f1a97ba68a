import { requestFailures } from '../catalog/failures.ts';
import type { MetricName } from '../catalog/metrics.ts';
import { type FinalStatus, isFinal, type Job } from '../domain/job.ts';
import type { Telemetry } from '../domain/ports.ts';

/** Counts how the job ended, if it has. A failure of what was asked is told from one of ours. */
export function countEnd(job: Job, telemetry: Telemetry): void {
  if (!isFinal(job.status)) return;
  telemetry.count(endMetrics[job.status], job);
  if (job.status === 'failed' && requestFailures.has(job.error?.code ?? '')) telemetry.count('jobs_rejected', job);
}

const endMetrics = {
  completed: 'jobs_completed',
  failed: 'jobs_failed',
  cancelled: 'jobs_cancelled',
  expired: 'jobs_expired',
} as const satisfies Record<FinalStatus, MetricName>;
