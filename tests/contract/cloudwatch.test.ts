/**
 * The local CloudWatch against the real SDK client. Sources:
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
import { GetMetricDataCommand, ListMetricsCommand } from '@aws-sdk/client-cloudwatch';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { recordEmbeddedMetrics } from '../../infra/local/aws/logs/embedded-metrics.ts';
import { startLocalCloudWatch, tenOClock, tripsQuery } from '../support/local-cloudwatch.ts';

let local: Awaited<ReturnType<typeof startLocalCloudWatch>>;
beforeEach(async () => {
  local = await startLocalCloudWatch();
});
afterEach(() => local.close());

const minute = 60_000;

function put(values: readonly number[], atMinute = 0, dimensions: Readonly<Record<string, string>> = {}): void {
  const at = tenOClock + atMinute * minute;
  for (const value of values) {
    local.cloudWatch.metrics.record({ namespace: 'Trips', name: 'taken', dimensions }, value, at);
  }
}

test('values come back by the minute in every statistic', async () => {
  put([1, 2, 3, 4]);
  put([10], 2);
  const statistics = ['Sum', 'Average', 'Minimum', 'Maximum', 'SampleCount', 'p50', 'p100'];
  const queries = statistics.map((statistic, index) => tripsQuery(`q${index}`, statistic));
  expect(await local.read(5, ...queries)).toEqual({
    q0: [10, 10],
    q1: [2.5, 10],
    q2: [1, 10],
    q3: [4, 10],
    q4: [4, 1],
    q5: [2, 10],
    q6: [4, 10],
  });
});

test('percentiles are right to three digits, also over thousands of values', async () => {
  const values = Array.from({ length: 1_000 }, (_, index) => 1_000.123 + index * 10);
  put(values);
  const { p99 = [] } = await local.read(1, tripsQuery('p99', 'p99'));
  expect(p99[0]).toBeCloseTo(1_000 + 989 * 10, -2);
});

test('a longer period adds minutes up, and begins at a multiple of itself', async () => {
  for (const each of [0, 1, 4, 5]) put([each + 1], each);
  const StartTime = new Date(tenOClock + 2 * minute);
  const EndTime = new Date(tenOClock + 10 * minute);
  const MetricDataQueries = [tripsQuery('five', 'Sum', 300)];
  const { MetricDataResults } = await local.client.send(
    new GetMetricDataCommand({ MetricDataQueries, StartTime, EndTime }),
  );
  expect(MetricDataResults).toMatchObject([
    {
      Id: 'five',
      Label: 'taken',
      StatusCode: 'Complete',
      Values: [6, 8],
      Timestamps: [new Date(tenOClock + 5 * minute), new Date(tenOClock)],
    },
  ]);
});

test('expressions are worked out over other queries, and only what returns data is answered', async () => {
  put([2, 4]);
  put([5], 1);
  const hidden = { ...tripsQuery('sum', 'Sum'), ReturnData: false };
  const counted = { ...tripsQuery('count', 'SampleCount'), ReturnData: false };
  const mean = { Id: 'mean', Expression: 'sum / count', Label: 'Mean' };
  const twice = { Id: 'twice', Expression: 'mean * 2' };
  expect(await local.read(3, hidden, twice, counted, mean)).toEqual({ twice: [6, 10], mean: [3, 5] });
});

test.each([
  ['a statistic', tripsQuery('m', 'tm90'), 'tm90'],
  ['a function', { Id: 'm', Expression: 'RATE(1)' }, 'does not have RATE'],
  ['an id', { Id: 'm', Expression: 'x + 1' }, 'no metric or expression with the id x'],
  ['itself', { Id: 'm', Expression: 'm + 1' }, 'needs itself'],
  ['seconds', tripsQuery('m', 'Sum', 10), '60'],
])('a query for %s that it does not have is refused', async (_, query, reason) => {
  await expect(local.read(1, query)).rejects.toThrow(reason);
});

test('metrics are told apart by their dimensions, in any order', async () => {
  put([3], 0, { type: 'story', queue: 'booking' });
  const Dimensions = [
    { Name: 'queue', Value: 'booking' },
    { Name: 'type', Value: 'story' },
  ];
  const stat = (dimensions: typeof Dimensions) => ({
    MetricStat: {
      Metric: { Namespace: 'Trips', MetricName: 'taken', Dimensions: dimensions },
      Period: 60,
      Stat: 'Sum',
    },
  });
  const read = await local.read(1, { Id: 'same', ...stat(Dimensions.toReversed()) }, { Id: 'other', ...stat([]) });
  expect(read).toEqual({ same: [3], other: [] });
});

test('what a function logs in the embedded metric format is a metric for each set of its dimensions', async () => {
  const embedded = {
    _aws: {
      Timestamp: tenOClock,
      CloudWatchMetrics: [
        {
          Namespace: 'Trips',
          Dimensions: [['service'], ['service', 'queue'], ['service', 'absent']],
          Metrics: [{ Name: 'taken', Unit: 'Count' }, { Name: 'said' }],
        },
      ],
    },
    service: 'jobs',
    queue: 'booking',
    taken: [1, 2],
    said: 'nothing',
  };
  for (const line of ['START', '{"level":"INFO"}', '{"CloudWatchMetrics"', JSON.stringify(embedded)]) {
    recordEmbeddedMetrics(line, local.cloudWatch.metrics);
  }
  const stat = (...Dimensions: { Name: string; Value: string }[]) => ({
    MetricStat: { Metric: { Namespace: 'Trips', MetricName: 'taken', Dimensions }, Period: 60, Stat: 'Sum' },
  });
  const service = { Name: 'service', Value: 'jobs' };
  const queue = { Name: 'queue', Value: 'booking' };
  const queries = [
    { Id: 'all', ...stat(service) },
    { Id: 'one', ...stat(service, queue) },
    { Id: 'none', ...stat() },
  ];
  expect(await local.read(1, ...queries)).toEqual({ all: [3], one: [3], none: [] });
});

test('what is older than three hours is forgotten, unless an alarm looks further back', async () => {
  put([1]);
  local.clock.advance(3 * 60 * minute);
  expect(await local.read(1, tripsQuery('sum', 'Sum'))).toEqual({ sum: [1] });
  local.clock.advance(minute);
  expect(await local.read(1, tripsQuery('sum', 'Sum'))).toEqual({ sum: [] });
});

test('an operation that nobody here needs is not implemented', async () => {
  await expect(local.client.send(new ListMetricsCommand({}))).rejects.toThrow('NotImplemented: ListMetrics');
});
