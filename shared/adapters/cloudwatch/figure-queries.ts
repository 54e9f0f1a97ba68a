import type { MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import type { MetricName } from '../../catalog/metrics.ts';
import { figuresMinutes } from '../../catalog/queue-figures.ts';
import type { QueueName } from '../../catalog/queues.ts';
import { ownMetric } from './own-metric.ts';

/** One figure of one queue: what to ask for, and how the values of the answer become one. */
export interface FigureQuery {
  readonly queue: QueueName;
  readonly figure: FigureName;
  readonly query: MetricDataQuery;
  /** Of at least one value, the newest first. */
  combine(values: readonly number[]): number;
}

type FigureName = keyof typeof figures;

/** Sums are asked for by the minute and added here, so that they are of the wanted time, however CloudWatch cuts longer periods. */
const MINUTE_SECONDS = 60;

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const newest = ([value = 0]: readonly number[]) => value;
/**
 * Percentiles cannot be added up, so they are asked for over the whole time. Where CloudWatch divides that at the full hour there are two, and the
 * worse counts. (Not verified on AWS.)
 */
const worst = (values: readonly number[]) => Math.max(...values);

const figures = {
  accepted: { own: 'jobs_accepted', statistic: 'Sum', combine: sum },
  completed: { own: 'jobs_completed', statistic: 'Sum', combine: sum },
  failed: { own: 'jobs_failed', statistic: 'Sum', combine: sum },
  expired: { own: 'jobs_expired', statistic: 'Sum', combine: sum },
  pick_up_p50: { own: 'pick_up_latency', statistic: 'p50', combine: worst },
  pick_up_p95: { own: 'pick_up_latency', statistic: 'p95', combine: worst },
  pick_up_p99: { own: 'pick_up_latency', statistic: 'p99', combine: worst },
  step_p50: { own: 'step_duration', statistic: 'p50', combine: worst },
  step_p95: { own: 'step_duration', statistic: 'p95', combine: worst },
  step_p99: { own: 'step_duration', statistic: 'p99', combine: worst },
  /** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html */
  age: { sqs: 'ApproximateAgeOfOldestMessage', statistic: 'Maximum', combine: newest },
} as const satisfies Record<string, Figure>;

type Figure = { readonly statistic: string; readonly combine: FigureQuery['combine'] } & (
  | { readonly own: MetricName }
  | { readonly sqs: string }
);

const figureNames = Object.keys(figures).filter((name): name is FigureName => Object.hasOwn(figures, name));

/** Everything that is asked of one queue. */
export function figureQueries(queue: QueueName, stage: string, url: string): readonly FigureQuery[] {
  return figureNames.map((figure) => {
    const { combine, ...asked }: Figure = figures[figure];
    const query: MetricDataQuery = {
      Id: queryId(queue, figure),
      MetricStat: {
        Metric: 'own' in asked ? ownMetric(asked.own, stage, { queue }) : sqsMetric(asked.sqs, url),
        Period: combine === worst ? figuresMinutes * MINUTE_SECONDS : MINUTE_SECONDS,
        Stat: asked.statistic,
      },
      ReturnData: true,
    };
    return { queue, figure, query, combine };
  });
}

/** Begins with a small letter, as CloudWatch wants it. */
export function queryId(queue: QueueName, figure: FigureName): string {
  return `${queue}_${figure}`;
}

function sqsMetric(name: string, url: string) {
  const Dimensions = [{ Name: 'QueueName', Value: url.split('/').at(-1) ?? url }];
  return { Namespace: 'AWS/SQS', MetricName: name, Dimensions };
}
