/** How far back rates, percentiles and quality look, minutes. */
export const figuresMinutes = 60;

/**
 * Every figure of a queue that is made of metrics, as `GET /jobs/queue/stats` names it. One that is not known is null there, with a reason, and
 * absent from `GET /metrics`; it is never 0.
 */
export const queueFigures = {
  age_of_oldest: 'Seconds that the oldest waiting message has been there, as SQS last said.',
  per_minute: 'Jobs that were accepted, and that ended here, on average in a minute of the last hour.',
  pick_up: 'Seconds from message sent to processor started, in the last hour.',
  step: 'Seconds that one attempt took, in the last hour.',
  opportunities:
    'Jobs of the last hour that ended here completed, failed or expired; cancelled ones are nobody’s failure.',
  defects: 'Those of them that failed or expired.',
  completion_rate: 'Part of the opportunities that were completed, 0 to 1.',
  dpmo: 'Defects for a million opportunities.',
  sigma_level:
    'How many standard deviations of a normal distribution lie between its mean and the limit beyond which so many are defects, plus the customary shift of 1.5: 3.4 defects for a million are 6 sigma.',
} as const satisfies Record<string, string>;

export type QueueFigure = keyof typeof queueFigures;

export const queueFigureNames = Object.keys(queueFigures).filter(isQueueFigure);

function isQueueFigure(name: string): name is QueueFigure {
  return Object.hasOwn(queueFigures, name);
}

/** Why a figure is not known. */
export const missingReasons = {
  no_data: 'nothing of the kind was measured in the time',
  nothing_ended: 'no job ended there, so there is no rate',
  too_few: 'no defect, or nothing else, among the opportunities: a level cannot be told from so few',
  not_readable: 'CloudWatch did not answer',
} as const satisfies Record<string, string>;

export type MissingReason = keyof typeof missingReasons;

/** What each figure is called for a scraper. A `summary` has quantiles. Units are part of the name, as OpenMetrics wants it. */
export const openMetrics = {
  waiting: { name: 'roadtrip_jobs_queue_waiting', type: 'gauge', help: 'Messages that a consumer may take now.' },
  in_flight: { name: 'roadtrip_jobs_queue_in_flight', type: 'gauge', help: 'Messages that a consumer has taken.' },
  delayed: { name: 'roadtrip_jobs_queue_delayed', type: 'gauge', help: 'Messages kept back.' },
  dead_letter_messages: {
    name: 'roadtrip_jobs_queue_dead_letter_messages',
    type: 'gauge',
    help: 'Messages in the dead-letter queue; normally none.',
  },
  paused: { name: 'roadtrip_jobs_queue_paused', type: 'gauge', help: '1 while an operator has stopped the consumer.' },
  age_of_oldest: {
    name: 'roadtrip_jobs_queue_age_of_oldest_seconds',
    type: 'gauge',
    unit: 'seconds',
    help: queueFigures.age_of_oldest,
  },
  per_minute: { name: 'roadtrip_jobs_queue_jobs_per_minute', type: 'gauge', help: queueFigures.per_minute },
  pick_up: {
    name: 'roadtrip_jobs_queue_pick_up_latency_seconds',
    type: 'summary',
    unit: 'seconds',
    help: queueFigures.pick_up,
  },
  step: {
    name: 'roadtrip_jobs_queue_step_duration_seconds',
    type: 'summary',
    unit: 'seconds',
    help: queueFigures.step,
  },
  completion_rate: {
    name: 'roadtrip_jobs_queue_completion_ratio',
    type: 'gauge',
    unit: 'ratio',
    help: queueFigures.completion_rate,
  },
  opportunities: { name: 'roadtrip_jobs_queue_opportunities', type: 'gauge', help: queueFigures.opportunities },
  defects: { name: 'roadtrip_jobs_queue_defects', type: 'gauge', help: queueFigures.defects },
  dpmo: { name: 'roadtrip_jobs_queue_dpmo', type: 'gauge', help: queueFigures.dpmo },
  sigma_level: { name: 'roadtrip_jobs_queue_sigma_level', type: 'gauge', help: queueFigures.sigma_level },
} as const satisfies Record<string, OpenMetric>;

export interface OpenMetric {
  readonly name: string;
  readonly type: 'gauge' | 'summary';
  readonly unit?: string;
  readonly help: string;
}
