import type { WatchedMetric } from './alarms.ts';

/**
 * What we promise over four weeks, as Application Signals keeps it. A row of `queue` is one objective for each queue. Requests and jobs are
 * counted one by one; latencies by the minutes that were good.
 */
export const objectives = {
  api_availability: {
    per: 'service',
    promise: 'of requests are not answered with an error of ours',
    goalPercent: 99.9,
    bad: {
      watches: { errors: { of: 'api', name: '5xx', statistic: 'Sum' } },
      expression: 'FILL(errors, 0)',
    },
    total: {
      watches: { requests: { of: 'api', name: 'Count', statistic: 'Sum' } },
      expression: 'FILL(requests, 0)',
    },
  },
  api_latency: {
    per: 'service',
    promise: 'of minutes have a p95 of the API below 1 s',
    goalPercent: 99,
    latency: { own: 'request_duration', statistic: 'p95' },
    atMostMilliseconds: () => 1_000,
  },
  completion: {
    per: 'queue',
    promise: 'of jobs that can be done are done',
    goalPercent: 99.9,
    bad: {
      watches: {
        failed: { own: 'jobs_failed', by: 'queue', statistic: 'Sum' },
        expired: { own: 'jobs_expired', by: 'queue', statistic: 'Sum' },
        rejected: { own: 'jobs_rejected', by: 'queue', statistic: 'Sum' },
        lost_probes: { own: 'jobs_expired', by: 'probe', statistic: 'Sum' },
      },
      expression: 'FILL(failed, 0) + FILL(expired, 0) - FILL(rejected, 0) - FILL(lost_probes, 0)',
    },
    total: {
      watches: {
        completed: { own: 'jobs_completed', by: 'queue', statistic: 'Sum' },
        failed: { own: 'jobs_failed', by: 'queue', statistic: 'Sum' },
        expired: { own: 'jobs_expired', by: 'queue', statistic: 'Sum' },
        probes: { own: 'jobs_completed', by: 'probe', statistic: 'Sum' },
        lost_probes: { own: 'jobs_expired', by: 'probe', statistic: 'Sum' },
      },
      expression: 'FILL(completed, 0) + FILL(failed, 0) + FILL(expired, 0) - FILL(probes, 0) - FILL(lost_probes, 0)',
    },
  },
  pick_up: {
    per: 'queue',
    promise: 'of minutes have a p95 of the pick-up latency within the target',
    goalPercent: 99,
    latency: { own: 'pick_up_latency', by: 'queue', statistic: 'p95' },
    atMostMilliseconds: ({ pickUpTargetSeconds }) => pickUpTargetSeconds * 1_000,
  },
} as const satisfies Record<string, ObjectiveDefinition>;

export type ObjectiveName = keyof typeof objectives;

export const objectiveNames = Object.keys(objectives).filter(isObjectiveName);

/** Over so many days, rolling. */
export const objectiveDays = 28;

/**
 * The alarm on an objective: its error budget is being spent so fast, over both windows, that two per cent of it go in an hour. The short
 * window lets the alarm end soon after the trouble has. It warns and does not page: on a quiet queue one defect is enough for it.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-ServiceLevelObjectives.html
 */
export const burnAlarm = {
  name: 'objective_burning',
  severity: 'warn',
  impact: 'If this goes on, the promise of four weeks is broken within two days.',
  windowsMinutes: { long: 60, short: 5 },
  burnRate: 0.02 * 24 * objectiveDays,
} as const;

function isObjectiveName(name: string): name is ObjectiveName {
  return Object.hasOwn(objectives, name);
}

interface Counted {
  readonly watches: Readonly<Record<string, WatchedMetric>>;
  /** CloudWatch metric math over them. */
  readonly expression: string;
}

export type ObjectiveDefinition = {
  readonly per: 'queue' | 'service';
  /** Follows "99.9 %". */
  readonly promise: string;
  readonly goalPercent: number;
} & (
  | { readonly bad: Counted; readonly total: Counted }
  | {
      readonly latency: WatchedMetric;
      readonly atMostMilliseconds: (queue: { readonly pickUpTargetSeconds: number }) => number;
    }
);
