import type { MetricName } from './metrics.ts';

/**
 * What operators are told of. A row of `queue` is one alarm for each queue, a row of `function` one for each function that no queue feeds.
 * Each has a section of its name in docs/runbook.md, with its `impact`, and is part of the one composite alarm that acts on its severity.
 */
export const alarms = {
  oldest_message_too_old: {
    per: 'queue',
    severity: 'page_if_urgent',
    impact: 'Travellers wait longer for work of this class than they were promised.',
    // A retry that is kept back may count as old on AWS; it waits for nobody.
    watches: {
      age: { of: 'queue', name: 'ApproximateAgeOfOldestMessage', statistic: 'Maximum' },
      waiting: { of: 'queue', name: 'ApproximateNumberOfMessagesVisible', statistic: 'Maximum' },
    },
    expression: 'IF(FILL(waiting, 0) > 0, age, 0)',
    periodSeconds: 60,
    breaches: { above: ({ pickUpTargetSeconds, attemptSeconds }) => 10 * pickUpTargetSeconds + attemptSeconds },
    outOf: [3, 5],
    missing: 'not_breaching',
  },
  backlog_outruns_limit: {
    per: 'queue',
    severity: 'page',
    impact: 'At the present pace jobs will wait until they expire: travellers will get nothing.',
    watches: {
      waiting: { of: 'queue', name: 'ApproximateNumberOfMessagesVisible', statistic: 'Maximum' },
      taken: { of: 'queue', name: 'NumberOfMessagesDeleted', statistic: 'Sum' },
    },
    // Minutes until the queue is empty. A number of messages says nothing: hundreds are a second of one queue and hours of another.
    expression: 'FILL(waiting, 0) * 5 / IF(FILL(taken, 0) > 5, taken, 5)',
    periodSeconds: 300,
    breaches: { above: ({ waitLimitSeconds }) => waitLimitSeconds / 60 / 2 },
    outOf: [2, 3],
    missing: 'not_breaching',
  },
  depth_unusual: {
    per: 'queue',
    severity: 'warn',
    impact: 'More waits than is usual at this hour; nobody may have noticed yet.',
    watches: { waiting: { of: 'queue', name: 'ApproximateNumberOfMessagesVisible', statistic: 'Average' } },
    periodSeconds: 300,
    breaches: { aboveUsualByDeviations: 3 },
    outOf: [3, 3],
    missing: 'not_breaching',
  },
  dead_letters_arrived: {
    per: 'queue',
    severity: 'warn',
    impact: 'A message was handed out ten times in vain; its job goes on late or fails.',
    // Not NumberOfMessagesSent: it leaves out what a redrive policy moves.
    // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html
    watches: {
      waiting: { of: 'dead_letters', name: 'ApproximateNumberOfMessagesVisible', statistic: 'Maximum' },
      taken: { of: 'dead_letters', name: 'NumberOfMessagesReceived', statistic: 'Sum' },
    },
    // `bury-job` takes a letter within a second, so that none is waiting when SQS looks.
    expression: 'FILL(waiting, 0) + FILL(taken, 0)',
    periodSeconds: 60,
    breaches: { atLeast: 1 },
    // SQS's figures come late: the newest minutes are always filled with 0.
    outOf: [1, 5],
    missing: 'not_breaching',
  },
  dead_letters_not_buried: {
    per: 'queue',
    severity: 'page',
    impact: 'Jobs whose messages died are neither sent again nor told failed: travellers wait for ever.',
    // Not their age: SQS leaves a message out of it that was handed out three times in vain.
    // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html
    watches: {
      waiting: { of: 'dead_letters', name: 'ApproximateNumberOfMessagesVisible', statistic: 'Maximum' },
      taken: { of: 'dead_letters', name: 'ApproximateNumberOfMessagesNotVisible', statistic: 'Maximum' },
    },
    // SQS tells both of a queue each minute, or neither once it has been empty and unasked for six hours. Nothing is filled in, so that
    // minutes whose figures are not there yet do not count as good ones; two may even be good.
    expression: 'waiting + taken',
    periodSeconds: 60,
    breaches: { atLeast: 1 },
    outOf: [5, 7],
    missing: 'not_breaching',
  },
  consumer_errors: {
    per: 'queue',
    severity: 'page_if_urgent',
    impact: 'The consumer crashes or times out: jobs of this class are delayed by minutes, then fail.',
    watches: {
      errors: { of: 'consumer', name: 'Errors', statistic: 'Sum' },
      invocations: { of: 'consumer', name: 'Invocations', statistic: 'Sum' },
    },
    expression: 'IF(errors >= 2, 100 * errors / invocations, 0)',
    periodSeconds: 60,
    breaches: { above: 5 },
    outOf: [3, 5],
    missing: 'not_breaching',
  },
  consumer_throttled: {
    per: 'queue',
    severity: 'warn',
    impact: 'The account has no concurrency left for this consumer, and soon none for the API.',
    watches: { throttles: { of: 'consumer', name: 'Throttles', statistic: 'Sum' } },
    periodSeconds: 60,
    breaches: { atLeast: 1 },
    outOf: [3, 5],
    missing: 'not_breaching',
  },
  completion_rate_low: {
    per: 'queue',
    severity: 'page_if_urgent',
    impact: 'Travellers are told that their work failed, for reasons of ours.',
    watches: {
      completed: { own: 'jobs_completed', by: 'queue', statistic: 'Sum' },
      failed: { own: 'jobs_failed', by: 'queue', statistic: 'Sum' },
      rejected: { own: 'jobs_rejected', by: 'queue', statistic: 'Sum' },
      expired: { own: 'jobs_expired', by: 'queue', statistic: 'Sum' },
      probes: { own: 'jobs_completed', by: 'probe', statistic: 'Sum' },
      lost_probes: { own: 'jobs_expired', by: 'probe', statistic: 'Sum' },
    },
    // Rejected work is done right. Probes would make a quiet queue look well, and a paused one bad. Three defects at least: one of ten jobs is no trend.
    expression:
      'IF(FILL(failed, 0) + FILL(expired, 0) - FILL(rejected, 0) - FILL(lost_probes, 0) >= 3, ' +
      '100 - 100 * (FILL(failed, 0) + FILL(expired, 0) - FILL(rejected, 0) - FILL(lost_probes, 0)) / ' +
      '(FILL(completed, 0) + FILL(failed, 0) + FILL(expired, 0) - FILL(probes, 0) - FILL(lost_probes, 0)), 100)',
    periodSeconds: 900,
    breaches: { below: 99.9 },
    outOf: [1, 1],
    missing: 'not_breaching',
  },
  probe_late: {
    per: 'queue',
    severity: 'page_if_urgent',
    impact: 'An empty job is not picked up in time, so a traveller’s is not either.',
    watches: { latency: { own: 'pick_up_latency', by: 'probe', statistic: 'Maximum' } },
    periodSeconds: 60,
    breaches: { above: ({ pickUpTargetSeconds }) => pickUpTargetSeconds * 1_000 },
    outOf: [3, 5],
    // What is not picked up at all has no latency.
    missing: 'breaching',
  },
  upstream_throttled: {
    per: 'queue',
    severity: 'warn',
    impact: 'A service we depend on takes fewer calls than we have work: jobs wait, and in the end expire.',
    watches: {
      throttled: { own: 'upstream_throttled', by: 'queue', statistic: 'Sum' },
      attempts: { own: 'step_duration', by: 'queue', statistic: 'SampleCount' },
    },
    expression: 'IF(throttled >= 5, 100 * throttled / attempts, 0)',
    periodSeconds: 60,
    breaches: { above: 50 },
    outOf: [5, 5],
    missing: 'not_breaching',
  },
  upstream_unavailable: {
    per: 'queue',
    severity: 'warn',
    impact: 'A service we depend on does not answer: jobs are tried again, stories may be told without the model.',
    watches: {
      unavailable: { own: 'upstream_unavailable', by: 'queue', statistic: 'Sum' },
      attempts: { own: 'step_duration', by: 'queue', statistic: 'SampleCount' },
    },
    expression: 'IF(unavailable >= 3, 100 * unavailable / attempts, 0)',
    periodSeconds: 60,
    breaches: { above: 20 },
    outOf: [3, 5],
    missing: 'not_breaching',
  },
  jobs_overdue: {
    per: 'queue',
    severity: 'page',
    impact: 'A traveller has paid without a booking, or waits for money back, and no limit ends the job.',
    watches: { looks: { own: 'jobs_overdue', by: 'queue', statistic: 'Sum' } },
    // The reconciler looks at such a job every half hour at least, between two retries.
    periodSeconds: 1_800,
    breaches: { atLeast: 1 },
    outOf: [1, 2],
    missing: 'not_breaching',
  },
  payments_differing: {
    per: 'service',
    severity: 'page',
    impact: 'A traveller has paid for a booking that does not exist, or has one that is not paid.',
    watches: { payments: { own: 'payments_differing', statistic: 'Sum' } },
    periodSeconds: 60,
    breaches: { atLeast: 1 },
    outOf: [1, 1],
    missing: 'not_breaching',
  },
  payments_disputed: {
    per: 'service',
    severity: 'warn',
    impact: 'A cardholder disputes a charge; it must be answered before the provider’s deadline.',
    watches: { payments: { own: 'payments_disputed', statistic: 'Sum' } },
    periodSeconds: 300,
    breaches: { atLeast: 1 },
    outOf: [1, 1],
    missing: 'not_breaching',
  },
  function_errors: {
    per: 'function',
    severity: 'warn',
    impact: 'A function of the API or of the upkeep crashes or times out; what depends on it has alarms of its own.',
    watches: { errors: { of: 'function', name: 'Errors', statistic: 'Sum' } },
    periodSeconds: 300,
    breaches: { atLeast: 3 },
    outOf: [1, 1],
    missing: 'not_breaching',
  },
  api_slow: {
    per: 'service',
    severity: 'page',
    impact: 'The app waits for every answer; travellers see spinners.',
    watches: { duration: { own: 'request_duration', statistic: 'p95' } },
    periodSeconds: 60,
    breaches: { above: 1_500 },
    outOf: [3, 5],
    missing: 'not_breaching',
  },
  api_errors: {
    per: 'service',
    severity: 'page',
    impact: 'Requests of the app fail; work that travellers ask for is not accepted.',
    watches: {
      errors: { of: 'api', name: '5xx', statistic: 'Sum' },
      requests: { of: 'api', name: 'Count', statistic: 'Sum' },
    },
    expression: 'IF(errors >= 3, 100 * errors / requests, 0)',
    periodSeconds: 60,
    breaches: { above: 1 },
    outOf: [3, 5],
    missing: 'not_breaching',
  },
  reconciler_silent: {
    per: 'service',
    severity: 'page',
    impact: 'A job whose message or worker is lost is found by nobody, and never ends.',
    watches: { runs: { own: 'reconciler_runs', statistic: 'Sum' } },
    periodSeconds: 60,
    breaches: { below: 1 },
    outOf: [5, 5],
    missing: 'breaching',
  },
  schedule_missed: {
    per: 'service',
    severity: 'warn',
    impact: 'A scheduled run could not be started: upkeep or measurements have a gap.',
    watches: { missed: { of: 'missed_runs', name: 'ApproximateNumberOfMessagesVisible', statistic: 'Maximum' } },
    periodSeconds: 300,
    breaches: { atLeast: 1 },
    outOf: [1, 1],
    missing: 'not_breaching',
  },
  records_unreadable: {
    per: 'service',
    severity: 'warn',
    impact: 'The owner of such a job or schedule cannot see it, and it does not go on.',
    watches: { readings: { own: 'records_unreadable', statistic: 'Sum' } },
    periodSeconds: 300,
    breaches: { atLeast: 1 },
    outOf: [1, 1],
    missing: 'not_breaching',
  },
  records_throttled: {
    per: 'service',
    severity: 'warn',
    impact: 'The job table refuses calls: requests and jobs are slow, and some fail.',
    watches: {
      reads: { of: 'table', name: 'ReadThrottleEvents', statistic: 'Sum' },
      writes: { of: 'table', name: 'WriteThrottleEvents', statistic: 'Sum' },
    },
    expression: 'FILL(reads, 0) + FILL(writes, 0)',
    periodSeconds: 60,
    breaches: { atLeast: 1 },
    outOf: [3, 5],
    missing: 'not_breaching',
  },
  pages_not_delivered: {
    per: 'service',
    severity: 'warn',
    impact: 'Pages do not reach whoever is on call.',
    watches: { failed: { of: 'pages', name: 'NumberOfNotificationsFailed', statistic: 'Sum' } },
    periodSeconds: 60,
    breaches: { atLeast: 1 },
    outOf: [1, 1],
    missing: 'not_breaching',
  },
  model_cost_high: {
    per: 'service',
    severity: 'warn',
    impact: 'The model costs more in a day than the stage allows; travellers notice nothing.',
    watches: { cost: { own: 'model_cost', statistic: 'Sum' } },
    periodSeconds: 86_400,
    breaches: { above: ({ dailyModelUsd }) => dailyModelUsd * 1_000_000 },
    outOf: [1, 1],
    missing: 'not_breaching',
  },
} as const satisfies Record<string, AlarmDefinition>;

export type AlarmName = keyof typeof alarms;

export const alarmNames = Object.keys(alarms).filter(isAlarmName);

/** Whether the catalog has an alarm of that name. */
export function isAlarmName(name: string): name is AlarmName {
  return Object.hasOwn(alarms, name);
}

/**
 * What acts: an incident for each queue, one for the service, and one for everything that can wait for the morning. Each fires while any
 * alarm of its severity in its place does.
 */
export const compositeAlarms = {
  queue_in_trouble: {
    per: 'queue',
    severity: 'page',
    impact: 'One class of work does not do what travellers were promised.',
  },
  service_in_trouble: { per: 'service', severity: 'page', impact: 'Something that all travellers need does not work.' },
  something_to_look_at: { per: 'service', severity: 'warn', impact: 'Nobody need get up; somebody should look today.' },
} as const satisfies Record<string, CompositeDefinition>;

export type CompositeAlarmName = keyof typeof compositeAlarms;

/**
 * The alarm that takes a release back: CodeDeploy watches it while a new version of a function takes over. It tells nobody, because a
 * failing function has alarms of its own above. Each version has one of its own, `…-version_fails-<function>-<version>`, so that a
 * version that fails does not stop the release of its remedy.
 */
export const versionAlarm = {
  name: 'version_fails',
  impact: 'Calls that the new version of a function answers fail, for the time until its release is taken back.',
} as const;

/** The name of an alarm in CloudWatch. `subject` is its queue, function or objective. */
export function cloudWatchName(stage: string, alarm: string, subject?: string): string {
  return ['RoadtripJobs', stage, alarm, ...(subject === undefined ? [] : [subject])].join('-');
}

/** Where an alarm's section is, from the root of the repository. */
export function runbookSection(alarm: string): string {
  return `docs/runbook.md#${alarm}`;
}

/** Queues of this priority or more carry what a traveller is waiting for at this moment. */
export const urgentPriority = 5;

/** Whether it pages or warns, for a queue of that priority if it watches one. */
export function severityOf({ severity }: Pick<AlarmDefinition, 'severity'>, priority?: number): 'page' | 'warn' {
  if (severity !== 'page_if_urgent') return severity;
  return (priority ?? 0) >= urgentPriority ? 'page' : 'warn';
}

/** What a queue promises, for thresholds. */
export interface QueuePromise {
  readonly priority: number;
  readonly pickUpTargetSeconds: number;
  readonly waitLimitSeconds: number;
  readonly attemptSeconds: number;
}

/** What a stage allows, for thresholds. */
export interface StageLimits {
  readonly dailyModelUsd: number;
}

export type AlarmDefinition = QueueAlarm | OtherAlarm;

interface QueueAlarm extends AnyAlarm {
  readonly per: 'queue';
  readonly breaches: Breach<QueuePromise>;
}

interface OtherAlarm extends AnyAlarm {
  readonly per: 'function' | 'service';
  readonly breaches: Breach<StageLimits>;
}

interface AnyAlarm {
  /** `page_if_urgent` pages for the queues that somebody waits for, and warns for the others. */
  readonly severity: 'page' | 'warn' | 'page_if_urgent';
  /** What it means for travellers, in one sentence. */
  readonly impact: string;
  /** By the name they have in `expression`. */
  readonly watches: Readonly<Record<string, WatchedMetric>>;
  /** CloudWatch metric math over them; not needed for one metric. */
  readonly expression?: string;
  readonly periodSeconds: number;
  /** So many breaching periods of so many; of more than that where `FILL` makes good periods of those whose figures come late. */
  readonly outOf: readonly [breaching: number, periods: number];
  /** What a period without data means. */
  readonly missing: 'breaching' | 'not_breaching';
}

export type Threshold<Limits> = number | ((limits: Limits) => number);

export type Breach<Limits> =
  | { readonly above: Threshold<Limits> }
  | { readonly atLeast: Threshold<Limits> }
  | { readonly below: Threshold<Limits> }
  /** Above the band that CloudWatch expects at this hour, of so many standard deviations. */
  | { readonly aboveUsualByDeviations: number };

export type Statistic = 'Sum' | 'Average' | 'Maximum' | 'SampleCount' | 'p50' | 'p95' | 'p99';

/** A metric of AWS, of the alarm's own subject or of the one of that name; or one of ours. */
export type WatchedMetric =
  | { readonly of: WatchedResource; readonly name: string; readonly statistic: Statistic }
  | { readonly own: MetricName; readonly by?: 'queue' | 'probe'; readonly statistic: Statistic };

export type WatchedResource =
  | 'queue'
  | 'dead_letters'
  | 'consumer'
  | 'function'
  | 'api'
  | 'table'
  | 'missed_runs'
  | 'pages';

interface CompositeDefinition {
  readonly per: 'queue' | 'service';
  readonly severity: 'page' | 'warn';
  readonly impact: string;
}
