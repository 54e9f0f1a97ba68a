/** The service's own metrics, one namespace. Emitter, alarms and dashboard take the names from here. */
export const metricsNamespace = 'RoadtripJobs';

/** The value of the dimension `service`, which every metric has: stages that share an account stay apart. */
export function metricsService(stage: string): string {
  return `roadtrip-jobs-${stage}`;
}

export const metrics = {
  jobs_accepted: { unit: 'Count', dimensions: ['type', 'queue'], alsoBy: 'queue', means: 'jobs accepted' },
  jobs_completed: { unit: 'Count', dimensions: ['type', 'queue'], alsoBy: 'queue', means: 'jobs completed' },
  jobs_degraded: {
    unit: 'Count',
    dimensions: ['type', 'queue'],
    means: 'jobs completed without the model or the voice',
  },
  jobs_failed: { unit: 'Count', dimensions: ['type', 'queue'], alsoBy: 'queue', means: 'jobs failed' },
  jobs_rejected: {
    unit: 'Count',
    dimensions: ['type', 'queue'],
    alsoBy: 'queue',
    means: 'failed jobs that failed for what was asked, not for what we did; counted as failed too',
  },
  jobs_expired: { unit: 'Count', dimensions: ['type', 'queue'], alsoBy: 'queue', means: 'jobs that ran out of time' },
  jobs_cancelled: { unit: 'Count', dimensions: ['type', 'queue'], means: 'jobs cancelled' },
  jobs_redriven: { unit: 'Count', dimensions: ['type', 'queue'], means: 'failed jobs tried again on request' },
  steps_retried: { unit: 'Count', dimensions: ['type', 'queue'], means: 'attempts that will be repeated' },
  leases_lost: { unit: 'Count', dimensions: ['type', 'queue'], means: 'attempts whose worker died' },
  pick_up_latency: {
    unit: 'Milliseconds',
    dimensions: ['type', 'queue'],
    alsoBy: 'queue',
    means: 'message sent to processor started',
  },
  step_duration: {
    unit: 'Milliseconds',
    dimensions: ['type', 'queue'],
    alsoBy: 'queue',
    means: 'one attempt of a step',
  },
  payments_differing: {
    unit: 'Count',
    dimensions: [],
    means: 'payments that are not what their booking’s record says',
  },
  payments_disputed: { unit: 'Count', dimensions: [], means: 'payments that the cardholder disputes' },
  upstream_throttled: {
    unit: 'Count',
    dimensions: ['queue'],
    means: 'attempts that a service we depend on asked to come later',
  },
  upstream_unavailable: {
    unit: 'Count',
    dimensions: ['queue'],
    means: 'attempts that a service we depend on did not answer, or that left it alone because it does not answer',
  },
  upstream_breaker_opened: {
    unit: 'Count',
    dimensions: ['queue'],
    means: 'times that a service we depend on was left alone for a while, because its calls failed',
  },
  stories_written: { unit: 'Count', dimensions: ['type'], means: 'stories written, whether or not they could be kept' },
  stories_cached: { unit: 'Count', dimensions: ['type'], means: 'stories told again from the cache' },
  model_cost: { unit: 'Count', dimensions: [], means: 'what the model was paid, micro-dollars (1e-6 USD)' },
  messages_dropped: { unit: 'Count', dimensions: ['queue'], means: 'messages of unknown or finished jobs, duplicates' },
  sends_failed: {
    unit: 'Count',
    dimensions: ['queue'],
    means: 'messages that SQS did not take; the reconciler sends them',
  },
  schedule_runs_skipped: {
    unit: 'Count',
    dimensions: ['type'],
    means: 'runs of schedules that were not made because their time had passed',
  },
  schedule_runs_refused: {
    unit: 'Count',
    dimensions: ['type'],
    means: 'runs of schedules whose job was refused: over a limit of its owner, or no longer what is accepted',
  },
  requests_refused: { unit: 'Count', dimensions: ['queue'], means: 'requests over a limit of their owner' },
  limits_unavailable: {
    unit: 'Count',
    dimensions: ['queue'],
    means: 'requests let through because the limits of their owner, or of an upstream, could not be read',
  },
  jobs_reconciled: { unit: 'Count', dimensions: ['queue'], means: 'jobs whose due time had passed' },
  jobs_overdue: {
    unit: 'Count',
    dimensions: ['queue'],
    means: 'looks at a job that can only go forward, or takes back what it did, for more than an hour',
  },
  records_unreadable: {
    unit: 'Count',
    dimensions: [],
    means: 'readings of a record that this release cannot read: damaged, or written by a later one',
  },
  reconciler_runs: { unit: 'Count', dimensions: [], means: 'runs of the reconciler that read every shard' },
  request_duration: {
    unit: 'Milliseconds',
    dimensions: [],
    means: 'a request to the API, unless it was held',
  },
} as const satisfies Record<string, MetricDefinition>;

export type MetricName = keyof typeof metrics;

export type MetricDimension = 'type' | 'queue';

export interface MetricDefinition {
  readonly unit: 'Count' | 'Milliseconds';
  /** Beside `service`. CloudWatch keeps, and charges, one metric for each combination of values, and adds none of them up. */
  readonly dimensions: readonly MetricDimension[];
  /** The same values once more by this dimension alone, because an alarm cannot add up the others. */
  readonly alsoBy?: MetricDimension;
  readonly means: string;
}
