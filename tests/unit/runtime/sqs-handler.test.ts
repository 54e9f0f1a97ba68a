import '../../support/silent-log.ts';

import type { SQSRecord } from 'aws-lambda';
import { beforeEach, describe, expect, it } from 'vitest';
import { messageOf, sqsHandler } from '../../../shared/runtime/sqs-handler.ts';
import { lambdaContext } from '../../support/http-event.ts';
import { acceptedJob, endedJob, newId } from '../../support/job-builder.ts';
import { JobWorld, messageFor } from '../../support/job-world.ts';

let world: JobWorld;
beforeEach(() => {
  world = new JobWorld();
});

const consumer = sqsHandler((record) => world.deliver(messageOf(record)));
const failuresOf = async (handler: typeof consumer, ...bodies: string[]) => {
  const Records = bodies.map(record);
  const { batchItemFailures } = await handler({ Records }, lambdaContext());
  return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
};

function record(body: string, index: number): SQSRecord {
  return {
    messageId: `message-${index}`,
    receiptHandle: 'handle',
    body,
    attributes: {
      ApproximateReceiveCount: '1',
      SentTimestamp: '0',
      SenderId: 'sender',
      ApproximateFirstReceiveTimestamp: '0',
    },
    messageAttributes: {},
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:us-east-1:000000000000:queue',
    awsRegion: 'us-east-1',
  };
}

const place = () => JSON.stringify(messageFor(world.store.place(acceptedJob())));

describe('a message that is none', () => {
  const id = newId();
  const s3Test = { Service: 'Amazon S3', Event: 's3:TestEvent', Bucket: 'b' };
  const poison: readonly string[] = [
    'not json',
    '',
    'null',
    '{}',
    '[]',
    '"text"',
    JSON.stringify({ v: 2, id, visit: 1 }),
    JSON.stringify({ v: 1, id: '', visit: 1 }),
    JSON.stringify({ v: 1, id, visit: 0 }),
    JSON.stringify({ v: 1, id, visit: '1' }),
    JSON.stringify(s3Test),
  ];

  it.each(poison)('%j comes back alone, and the good ones beside it run at once', async (bad) => {
    const good = [place(), place()];
    expect(await failuresOf(consumer, good[0] ?? '', bad, good[1] ?? '')).toEqual(['message-1']);
    expect([...world.store.heads.values()].map(({ status }) => status)).toEqual(['completed', 'completed']);
  });

  it('comes back even if the whole batch is so', async () => {
    expect(await failuresOf(consumer, ...poison)).toEqual(poison.map((_, index) => `message-${index}`));
  });
});

describe('a message', () => {
  it('with fields that a later release added is read without them', async () => {
    const job = world.store.place(acceptedJob());
    expect(await failuresOf(consumer, JSON.stringify({ ...messageFor(job), hint: 'new' }))).toEqual([]);
    expect(world.store.head(job.id).status).toBe('completed');
  });

  it('of a job that ended or never was does not come back', async () => {
    const ended = world.store.place(endedJob('cancelled'));
    const unknown = { v: 1, id: newId(), visit: 1 };
    expect(await failuresOf(consumer, JSON.stringify(messageFor(ended)), JSON.stringify(unknown))).toEqual([]);
  });

  it.each([new Error('boom'), 'text', undefined, null])('whose handling rejects with %s comes back', async (thrown) => {
    const handler = sqsHandler(() => Promise.reject(thrown));
    expect(await failuresOf(handler, '1', '2')).toEqual(['message-0', 'message-1']);
  });

  it('twice in one batch runs its job once', async () => {
    const body = place();
    expect(await failuresOf(consumer, body, body)).toEqual([]);
    expect(world.runs).toBe(1);
  });
});

describe('the function', () => {
  it('returns when every message has settled, not when the first one fails', async () => {
    const slow = Promise.withResolvers<void>();
    let returned = false;
    const handler = sqsHandler(({ body }) => (body === 'fails' ? Promise.reject(new Error('boom')) : slow.promise));
    const done = failuresOf(handler, 'fails', 'is slow').finally(() => {
      returned = true;
    });
    await new Promise((resolve) => setImmediate(resolve));
    expect(returned).toBe(false);
    slow.resolve();
    expect(await done).toEqual(['message-0']);
  });
});
