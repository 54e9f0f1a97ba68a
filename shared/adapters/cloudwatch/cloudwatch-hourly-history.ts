import type { CloudWatchClient, MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import type { JobType } from '../../catalog/job-types.ts';
import type { MetricName } from '../../catalog/metrics.ts';
import type { QueueName } from '../../catalog/queues.ts';
import type { HourlyHistory, MeasuredHour, TimeSpan } from '../../domain/queue-history.ts';
import { type DataPoint, readMetricData } from './metric-data.ts';
import { ownMetric } from './own-metric.ts';

const HOUR_SECONDS = 3_600;
const HOUR_MILLISECONDS = HOUR_SECONDS * 1_000;

/** What is asked of each queue: sums of one hour. Those with a type are of its jobs alone. */
const sums = {
  accepted: { metric: 'jobs_accepted' },
  completed: { metric: 'jobs_completed' },
  failed: { metric: 'jobs_failed' },
  rejected: { metric: 'jobs_rejected' },
  expired: { metric: 'jobs_expired' },
  sent_probes: { metric: 'jobs_accepted', type: 'probe' },
  probes: { metric: 'jobs_completed', type: 'probe' },
  lost_probes: { metric: 'jobs_expired', type: 'probe' },
  milliseconds: { metric: 'step_duration' },
} as const satisfies Record<string, { readonly metric: MetricName; readonly type?: JobType }>;

type SumName = keyof typeof sums;

const sumNames = Object.keys(sums).filter((name): name is SumName => Object.hasOwn(sums, name));

/**
 * The past of the queues by the hour: one request for 9 metrics a queue, of the 500 metrics and 100,800 values that one may ask for. CloudWatch
 * keeps values of an hour for 455 days.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html
 */
export class CloudWatchHourlyHistory implements HourlyHistory {
  readonly #client: CloudWatchClient;
  readonly #stage: string;

  constructor(client: CloudWatchClient, stage: string) {
    this.#client = client;
    this.#stage = stage;
  }

  async readHours(
    queues: readonly QueueName[],
    time: TimeSpan,
  ): Promise<ReadonlyMap<QueueName, readonly MeasuredHour[]>> {
    const points = await readMetricData(this.#client, {
      MetricDataQueries: queues.flatMap((queue) => sumNames.map((name) => this.#query(queue, name))),
      StartTime: new Date(time.from),
      EndTime: new Date(time.to),
    });
    const read = (queue: QueueName, name: SumName) => points.get(queryId(queue, name)) ?? [];
    return new Map(queues.map((queue) => [queue, hoursOf(time, (name) => read(queue, name))]));
  }

  #query(queue: QueueName, name: SumName): MetricDataQuery {
    const { metric, ...dimensions } = sums[name];
    return {
      Id: queryId(queue, name),
      MetricStat: {
        Metric: ownMetric(metric, this.#stage, { ...dimensions, queue }),
        Period: HOUR_SECONDS,
        Stat: 'Sum',
      },
      ReturnData: true,
    };
  }
}

function queryId(queue: QueueName, name: SumName): string {
  return `${queue}_${name}`;
}

/** A metric of a count is only written when there is something to count: what is absent was none. */
function hoursOf({ from, to }: TimeSpan, read: (name: SumName) => readonly DataPoint[]): readonly MeasuredHour[] {
  const byHour = new Map(sumNames.map((name) => [name, new Map(read(name).map(({ at, value }) => [at, value]))]));
  const hours = Array.from({ length: (to - from) / HOUR_MILLISECONDS }, (_, index) => from + index * HOUR_MILLISECONDS);
  return hours.map((hour) => measuredHour(hour, (name) => byHour.get(name)?.get(hour) ?? 0));
}

/** Rejected work is done right. A job may be counted in the hour after that of its probe or its rejection, so nothing falls below 0. */
function measuredHour(from: number, sum: (name: SumName) => number): MeasuredHour {
  const failures = sum('failed') + sum('expired');
  const atLeastNone = (value: number) => Math.max(0, value);
  const opportunities = atLeastNone(sum('completed') + failures - sum('probes') - sum('lost_probes'));
  return {
    from,
    accepted: atLeastNone(sum('accepted') - sum('sent_probes')),
    opportunities,
    defects: Math.min(opportunities, atLeastNone(failures - sum('rejected') - sum('lost_probes'))),
    busy: sum('milliseconds') / HOUR_MILLISECONDS,
  };
}
