import { CloudWatchClient, GetMetricDataCommand, type MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import { createCloudWatch } from '../../infra/local/aws/cloudwatch/create-cloudwatch.ts';
import { systemClock } from '../../infra/local/clock.ts';
import { startAwsEndpoint } from '../../infra/local/server/aws-endpoint.ts';
import { inRealTime } from '../../infra/local/time-lapse.ts';
import { ManualClock } from './manual-clock.ts';

/** 10:00 sharp. */
export const tenOClock = Date.UTC(2026, 5, 1, 10);

/** CloudWatch as a client sees it: the stand-in behind the real listener, and the AWS SDK. It lives by `clock`, from ten o'clock on. */
export async function startLocalCloudWatch() {
  const clock = new ManualClock(tenOClock);
  const cloudWatch = createCloudWatch(inRealTime(clock));
  const endpoint = await startAwsEndpoint({
    services: [cloudWatch],
    secretOf: () => 'secret',
    host: '127.0.0.1',
    port: 0,
    clock: systemClock,
  });
  const credentials = { accessKeyId: 'LOCALKEY', secretAccessKey: 'secret' };
  const client = new CloudWatchClient({ endpoint: endpoint.url, region: 'us-east-1', maxAttempts: 1, credentials });
  const stop = cloudWatch.start(
    () => {},
    () => {},
  );

  /** The values of each query from ten o'clock on, as many minutes, by its id. */
  async function read(minutes: number, ...MetricDataQueries: MetricDataQuery[]): Promise<Record<string, number[]>> {
    const [StartTime, EndTime] = [new Date(tenOClock), new Date(tenOClock + minutes * 60_000)];
    const input = { MetricDataQueries, StartTime, EndTime, ScanBy: 'TimestampAscending' as const };
    const { MetricDataResults = [] } = await client.send(new GetMetricDataCommand(input));
    return Object.fromEntries(MetricDataResults.map(({ Id = '', Values = [] }) => [Id, Values]));
  }

  async function close(): Promise<void> {
    stop();
    client.destroy();
    await endpoint.close();
  }

  return { cloudWatch, clock, client, read, close };
}

/** A query of the metric `Trips/taken` by its id and statistic. */
export function tripsQuery(Id: string, Stat: string, Period = 60): MetricDataQuery {
  return { Id, MetricStat: { Metric: { Namespace: 'Trips', MetricName: 'taken' }, Period, Stat } };
}
