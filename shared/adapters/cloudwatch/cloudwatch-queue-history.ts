import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import type { QueueUrls } from '../../catalog/environment.ts';
import type { QueueName } from '../../catalog/queues.ts';
import type { MeasuredQueue, Percentiles, QueueHistory, TimeSpan } from '../../domain/queue-history.ts';
import { type FigureQuery, figureQueries, queryId } from './figure-queries.ts';
import { type DataPoint, readMetricData } from './metric-data.ts';

/**
 * The past of the queues by GetMetricData: one request for all of them, 11 metrics a queue, which cost a cent for a thousand.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html
 */
export class CloudWatchQueueHistory implements QueueHistory {
  readonly #client: CloudWatchClient;
  readonly #stage: string;
  readonly #urls: QueueUrls;

  constructor(client: CloudWatchClient, stage: string, urls: QueueUrls) {
    this.#client = client;
    this.#stage = stage;
    this.#urls = urls;
  }

  async read(queues: readonly QueueName[], { from, to }: TimeSpan): Promise<ReadonlyMap<QueueName, MeasuredQueue>> {
    const queries = queues.flatMap((queue) => figureQueries(queue, this.#stage, this.#urls[queue]));
    const points = await readMetricData(this.#client, {
      MetricDataQueries: queries.map(({ query }) => query),
      StartTime: new Date(from),
      EndTime: new Date(to),
      ScanBy: 'TimestampDescending',
    });
    return new Map(queues.map((queue) => [queue, measured(queue, queries, points)]));
  }
}

function measured(
  queue: QueueName,
  queries: readonly FigureQuery[],
  points: ReadonlyMap<string, readonly DataPoint[]>,
): MeasuredQueue {
  const read = (figure: FigureQuery['figure']) => {
    const found = (points.get(queryId(queue, figure)) ?? []).map(({ value }) => value);
    const combine = queries.find((query) => query.queue === queue && query.figure === figure)?.combine;
    return found.length === 0 ? undefined : combine?.(found);
  };
  const pickUp = percentiles(read('pick_up_p50'), read('pick_up_p95'), read('pick_up_p99'));
  const step = percentiles(read('step_p50'), read('step_p95'), read('step_p99'));
  const counts = {
    accepted: read('accepted'),
    completed: read('completed'),
    failed: read('failed'),
    expired: read('expired'),
    ageOfOldest: read('age'),
  };
  return { ...present(counts), ...(pickUp && { pickUp }), ...(step && { step }) };
}

function percentiles(p50?: number, p95?: number, p99?: number): Percentiles | undefined {
  return p50 === undefined || p95 === undefined || p99 === undefined ? undefined : { p50, p95, p99 };
}

function present<T extends string>(figures: Readonly<Record<T, number | undefined>>): Partial<Record<T, number>> {
  const known: Partial<Record<T, number>> = {};
  for (const name in figures) if (figures[name] !== undefined) known[name] = figures[name];
  return known;
}
