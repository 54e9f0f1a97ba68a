import {
  type CloudWatchClient,
  type GetMetricDataCommandInput,
  type MetricDataResult,
  paginateGetMetricData,
} from '@aws-sdk/client-cloudwatch';

/** Metrics are not there, or not all of them. */
export class MetricsUnavailableError extends Error {
  override readonly name = 'MetricsUnavailableError';
}

/** One value of a metric and the beginning of its period, milliseconds since the epoch. */
export interface DataPoint {
  readonly at: number;
  readonly value: number;
}

/** What GetMetricData answers to each query, over all pages. Half an answer would be wrong figures: rejects then. */
export async function readMetricData(
  client: CloudWatchClient,
  input: GetMetricDataCommandInput,
): Promise<ReadonlyMap<string, readonly DataPoint[]>> {
  const points = new Map<string, DataPoint[]>();
  for await (const { MetricDataResults = [] } of paginateGetMetricData({ client }, input)) {
    for (const result of MetricDataResults) collect(result, points);
  }
  return points;
}

/** A result that goes on with the next page is partial until then. */
function collect(
  { Id = '', Values = [], Timestamps = [], StatusCode }: MetricDataResult,
  into: Map<string, DataPoint[]>,
) {
  if (StatusCode === 'InternalError' || StatusCode === 'Forbidden') {
    throw new MetricsUnavailableError(`${Id}: ${StatusCode}`);
  }
  const read = Values.map((value, index) => ({ at: Timestamps[index]?.getTime() ?? Number.NaN, value }));
  into.set(Id, [...(into.get(Id) ?? []), ...read]);
}
