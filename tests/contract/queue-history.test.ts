import { createServer } from 'node:http';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { CloudWatchQueueHistory } from '../../shared/adapters/cloudwatch/cloudwatch-queue-history.ts';
import { MetricsUnavailableError } from '../../shared/adapters/cloudwatch/metric-data.ts';
import { type QueueName, queueNames } from '../../shared/catalog/queues.ts';

const Request = z.object({
  StartTime: z.number(),
  EndTime: z.number(),
  NextToken: z.string().optional(),
  MetricDataQueries: z.array(
    z.object({
      Id: z.string().regex(/^[a-z]\w{0,254}$/),
      MetricStat: z.object({
        Metric: z.object({
          Namespace: z.string(),
          MetricName: z.string(),
          Dimensions: z.array(z.object({ Name: z.string(), Value: z.string() })),
        }),
        Period: z.number().multipleOf(60),
        Stat: z.string(),
      }),
    }),
  ),
});

type Request = z.infer<typeof Request>;
type Result = { Id: string; Values: number[]; StatusCode?: string };

/** What CloudWatch answers, and what it was asked. */
let answer: (request: Request) => { MetricDataResults: Result[]; NextToken?: string };
let asked: Request[] = [];
let status: number;

const server = createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request) body += chunk;
  expect(request.headers['x-amz-target']).toBe('GraniteServiceVersion20100801.GetMetricData');
  const parsed = Request.parse(JSON.parse(body));
  asked.push(parsed);
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' });
  response.end(JSON.stringify(status === 200 ? answer(parsed) : { __type: 'InternalServiceFault' }));
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
  asked = [];
  status = 200;
  answer = () => ({ MetricDataResults: [] });
});

const urlOf = (queue: string) => `https://sqs.us-east-1.amazonaws.com/123456789012/RoadtripJobs-prod-data-${queue}`;
const urls = {
  booking: urlOf('booking'),
  voice_synthesis: urlOf('voice_synthesis'),
  notifications: urlOf('notifications'),
  ai_generation: urlOf('ai_generation'),
  default: urlOf('default'),
  image_processing: urlOf('image_processing'),
  analytics: urlOf('analytics'),
};
const to = Date.UTC(2026, 10, 25, 8);
const read = (queues: readonly QueueName[] = queueNames) =>
  new CloudWatchQueueHistory(client, 'prod', urls).read(queues, { from: to - 3_600_000, to });

/** An answer with the values of some queries, and none of the others. */
function values(known: Readonly<Record<string, number[]>>) {
  answer = ({ MetricDataQueries }) => ({
    MetricDataResults: MetricDataQueries.map(({ Id }) => ({ Id, Values: known[Id] ?? [], StatusCode: 'Complete' })),
  });
}

describe('CloudWatchQueueHistory', () => {
  it('asks once for everything, within what one request may hold, for the whole hour', async () => {
    await read();
    const [request] = asked;
    expect(asked).toHaveLength(1);
    expect(request?.MetricDataQueries.length).toBeLessThanOrEqual(500);
    expect(new Set(request?.MetricDataQueries.map(({ Id }) => Id)).size).toBe(request?.MetricDataQueries.length);
    expect([request?.StartTime, request?.EndTime]).toEqual([to / 1_000 - 3_600, to / 1_000]);
  });

  it('asks for our metrics as they are written, by stage and queue, and for the age as SQS writes it', async () => {
    await read(['booking']);
    const queries = asked[0]?.MetricDataQueries ?? [];
    const own = queries.find(({ Id }) => Id === 'booking_completed')?.MetricStat;
    expect(own).toEqual({
      Metric: {
        Namespace: 'RoadtripJobs',
        MetricName: 'jobs_completed',
        Dimensions: [
          { Name: 'service', Value: 'roadtrip-jobs-prod' },
          { Name: 'queue', Value: 'booking' },
        ],
      },
      Period: 60,
      Stat: 'Sum',
    });
    expect(queries.find(({ Id }) => Id === 'booking_pick_up_p95')?.MetricStat).toMatchObject({
      Period: 3_600,
      Stat: 'p95',
    });
    expect(queries.find(({ Id }) => Id === 'booking_age')?.MetricStat.Metric).toEqual({
      Namespace: 'AWS/SQS',
      MetricName: 'ApproximateAgeOfOldestMessage',
      Dimensions: [{ Name: 'QueueName', Value: 'RoadtripJobs-prod-data-booking' }],
    });
  });

  it('adds counts up, takes the newest age and the worse of two percentiles, and leaves out what is not there', async () => {
    values({
      booking_accepted: [3, 4],
      booking_completed: [2, 2, 1],
      booking_age: [7, 90],
      booking_pick_up_p50: [20],
      booking_pick_up_p95: [300, 310],
      booking_pick_up_p99: [800],
      booking_step_p50: [1_000],
    });
    const history = await read(['booking', 'analytics']);
    expect(history.get('booking')).toEqual({
      accepted: 7,
      completed: 5,
      ageOfOldest: 7,
      pickUp: { p50: 20, p95: 310, p99: 800 },
    });
    expect(history.get('analytics')).toEqual({});
  });

  it('reads every page', async () => {
    answer = ({ NextToken }) =>
      NextToken === undefined
        ? { MetricDataResults: [{ Id: 'booking_failed', Values: [1], StatusCode: 'PartialData' }], NextToken: 'more' }
        : { MetricDataResults: [{ Id: 'booking_failed', Values: [2], StatusCode: 'Complete' }] };
    expect((await read(['booking'])).get('booking')).toEqual({ failed: 3 });
    expect(asked).toHaveLength(2);
  });

  it.each(['InternalError', 'Forbidden'])('gives no figures at all when one is %s', async (StatusCode) => {
    answer = () => ({ MetricDataResults: [{ Id: 'booking_failed', Values: [], StatusCode }] });
    await expect(read(['booking'])).rejects.toBeInstanceOf(MetricsUnavailableError);
  });

  it('rejects when CloudWatch fails', async () => {
    status = 500;
    await expect(read(['booking'])).rejects.toThrow();
  });
});
