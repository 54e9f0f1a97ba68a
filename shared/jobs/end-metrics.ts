import type { MetricName } from '../catalog/metrics.ts';
import type { FinalStatus } from '../domain/job.ts';

/** Where each end of a job is counted. */
export const endMetrics = {
  completed: 'jobs_completed',
  failed: 'jobs_failed',
  cancelled: 'jobs_cancelled',
  expired: 'jobs_expired',
} as const satisfies Record<FinalStatus, MetricName>;
