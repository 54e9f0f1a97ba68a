import { createServer } from 'node:http';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { CloudWatchHourlyHistory } from '../../shared/adapters/cloudwatch/cloudwatch-hourly-history.ts';
import { MetricsUnavailableError } from '../../shared/adapters/cloudwatch/metric-data.ts';
import { queueNames } from '../../shared/catalog/queues.ts';

const Request = z.object({
  StartTime: z.number(),
  EndTime: z.number(),
  MetricDataQueries: z.array(
    z.object({ Id: z.string().regex(/^[a-z]\w{0,254}$/), MetricStat: z.object({ Metric: z.unknown() }).loose() }),
  ),
});

/** By the id of the query: values by the hour they are of. */
let known: Readonly<Record<string, Readonly<Record<number, number>>>> = {};
let statusCode: string;
let asked: z.infer<typeof Request>[] = [];

const server = createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request) body += chunk;
  const parsed = Request.parse(JSON.parse(body));
  asked.push(parsed);
  const results = parsed.MetricDataQueries.map(({ Id }) => ({
    Id,
    StatusCode: statusCode,
    Timestamps: Object.keys(known[Id] ?? {}).map((hour) => (from + Number(hour) * 3_600_000) / 1_000),
    Values: Object.values(known[Id] ?? {}),
  }));
  response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' });
  response.end(JSON.stringify({ MetricDataResults: results }));
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const address = server.address();
const client = new CloudWatchClient({
  endpoint: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
  region: 'us-east-1',
  maxAttempts: 1,
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
});
afterAll(() => {
  client.destroy();
  server.close();
});

beforeEach(() => {
  known = {};
  asked = [];
  statusCode = 'Complete';
});

const from = Date.UTC(2026, 10, 25, 5);
const read = async (hours = 3) =>
  new CloudWatchHourlyHistory(client, 'prod').readHours(queueNames, { from, to: from + hours * 3_600_000 });

describe('CloudWatchHourlyHistory', () => {
  it('asks for sums of whole hours, by stage and queue, within what one request may hold', async () => {
    await read(8 * 24);
    const queries = asked[0]?.MetricDataQueries ?? [];
    expect(asked).toHaveLength(1);
    expect(queries.length).toBeLessThanOrEqual(500);
    expect(queries.length * 8 * 24).toBeLessThanOrEqual(100_800);
    expect(new Set(queries.map(({ Id }) => Id)).size).toBe(queries.length);
    expect(queries.find(({ Id }) => Id === 'booking_lost_probes')?.MetricStat).toEqual({
      Metric: {
        Namespace: 'RoadtripJobs',
        MetricName: 'jobs_expired',
        Dimensions: [
          { Name: 'service', Value: 'roadtrip-jobs-prod' },
          { Name: 'type', Value: 'probe' },
          { Name: 'queue', Value: 'booking' },
        ],
      },
      Period: 3_600,
      Stat: 'Sum',
    });
  });

  it('tells every hour in order, also those without a value, whatever the order of the answer', async () => {
    known = { booking_accepted: { 2: 7, 0: 5 } };
    expect((await read()).get('booking')).toMatchObject([
      { from, accepted: 5 },
      { from: from + 3_600_000, accepted: 0 },
      { from: from + 7_200_000, accepted: 7 },
    ]);
  });

  it('counts neither probes nor work that was rejected as defects, and time under way as attempts at a time', async () => {
    known = {
      booking_accepted: { 0: 80 },
      booking_sent_probes: { 0: 60 },
      booking_completed: { 0: 70 },
      booking_probes: { 0: 58 },
      booking_failed: { 0: 5 },
      booking_rejected: { 0: 3 },
      booking_expired: { 0: 3 },
      booking_lost_probes: { 0: 2 },
      booking_milliseconds: { 0: 7_200_000 },
    };
    const [hour] = (await read()).get('booking') ?? [];
    expect(hour).toEqual({ from, accepted: 20, opportunities: 18, defects: 3, busy: 2 });
  });

  it('never tells less than nothing, when a probe is counted in another hour than its job', async () => {
    known = { booking_probes: { 0: 1 }, booking_rejected: { 0: 1 } };
    const [hour] = (await read()).get('booking') ?? [];
    expect(hour).toMatchObject({ accepted: 0, opportunities: 0, defects: 0 });
  });

  it('gives no figures at all when one could not be read', async () => {
    statusCode = 'InternalError';
    await expect(read()).rejects.toBeInstanceOf(MetricsUnavailableError);
  });
});
