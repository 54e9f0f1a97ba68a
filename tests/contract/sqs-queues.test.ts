import { GetQueueUrlCommand, ListQueuesCommand, PurgeQueueCommand } from '@aws-sdk/client-sqs';
import { afterAll, describe, expect, test } from 'vitest';
import { startLocalSqs } from '../support/local-sqs.ts';

const local = await startLocalSqs();
const { bodies, client, clock, counts, createQueue, receive, receiveOne, send, sqs } = local;
afterAll(local.close);

const createWithDeadLetterQueue = (maxReceiveCount: number | string, deadLetterProperties = {}) => {
  const deadLetterUrl = createQueue(deadLetterProperties);
  const RedrivePolicy = { deadLetterTargetArn: sqs.queue(deadLetterUrl).arn, maxReceiveCount };
  return { deadLetterUrl, queueUrl: createQueue({ RedrivePolicy }) };
};

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html */
describe('dead-letter queue', () => {
  test.each([3, '3'])('gets a message, with its id and sending time, instead of a receive beyond %j', async (limit) => {
    const { queueUrl, deadLetterUrl } = createWithDeadLetterQueue(limit);
    const { MessageId } = await send(queueUrl, 'x', {
      MessageAttributes: { a: { DataType: 'Number', StringValue: '1' } },
    });
    const sentAt = String(clock.now());
    for (const _ of [1, 2, 3]) {
      expect(await bodies(queueUrl)).toEqual(['x']);
      clock.advance(30_000);
    }
    expect(await bodies(deadLetterUrl)).toEqual([]);
    expect(await bodies(queueUrl)).toEqual([]);
    expect(await receiveOne(deadLetterUrl, { MessageAttributeNames: ['All'] })).toMatchObject({
      MessageId,
      Attributes: { SentTimestamp: sentAt, DeadLetterQueueSourceArn: sqs.queue(queueUrl).arn },
      MessageAttributes: { a: { StringValue: '1' } },
    });
  });

  test('keeps a message only for its own retention since the first sending', async () => {
    const { queueUrl, deadLetterUrl } = createWithDeadLetterQueue(1, { MessageRetentionPeriod: 3600 });
    await send(queueUrl, 'x');
    await receive(queueUrl);
    clock.advance(1_800_000);
    await receive(queueUrl);
    expect(await counts(deadLetterUrl)).toEqual('1/0/0');
    expect(sqs.queue(deadLetterUrl).oldestAgeSeconds()).toBe(0);
    clock.advance(1_799_999);
    expect(sqs.queue(deadLetterUrl).oldestAgeSeconds()).toBe(1_799.999);
    clock.advance(1);
    expect(await counts(deadLetterUrl)).toEqual('0/0/0');
  });

  test('must exist before the queue that names it', () => {
    const RedrivePolicy = { deadLetterTargetArn: 'arn:aws:sqs:us-east-1:000000000000:missing', maxReceiveCount: 1 };
    expect(() => createQueue({ RedrivePolicy })).toThrow('The specified queue does not exist.');
  });
});

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-fair-queues.html */
test('hands a quiet tenant’s message out before the backlog of a noisy one', async () => {
  const queueUrl = createQueue();
  const queue = sqs.queue(queueUrl);
  for (let index = 0; index < 500; index += 1) queue.send({ body: 'noisy', senderId: 'x', groupId: 'noisy' });
  await send(queueUrl, 'quiet', { MessageGroupId: 'quiet' });
  await send(queueUrl, 'alone');
  expect(await bodies(queueUrl, { MaxNumberOfMessages: 3 })).toEqual(expect.arrayContaining(['quiet', 'alone']));
});

describe('queue', () => {
  /** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueUrl.html */
  test('is found by its name, at the listener’s own address', async () => {
    const queueUrl = createQueue();
    const QueueName = queueUrl.split('/').at(-1);
    expect(await client.send(new GetQueueUrlCommand({ QueueName }))).toMatchObject({ QueueUrl: queueUrl });
    expect(queueUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/000000000000\//);
  });

  test('that does not exist is refused by the name and the code that SDKs know', async () => {
    await expect(send(createQueue().replace(/[^/]+$/, 'missing'), 'x')).rejects.toMatchObject({
      name: 'QueueDoesNotExist',
      Code: 'AWS.SimpleQueueService.NonExistentQueue',
    });
  });

  test('forgets a message after its retention period, wherever it is', async () => {
    const queueUrl = createQueue({ MessageRetentionPeriod: 60 });
    await send(queueUrl, 'received', { MessageGroupId: 'a' });
    await receive(queueUrl, { VisibilityTimeout: 600 });
    await send(queueUrl, 'visible');
    await send(queueUrl, 'delayed', { DelaySeconds: 600 });
    expect(await counts(queueUrl)).toEqual('1/1/1');
    clock.advance(60_000);
    expect(await bodies(queueUrl)).toEqual([]);
    expect(await counts(queueUrl)).toEqual('0/0/0');
  });

  /** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html */
  test('measures the age of its oldest message, leaving out one received three times', async () => {
    const queueUrl = createQueue({ VisibilityTimeout: 1 });
    const queue = sqs.queue(queueUrl);
    expect(queue.oldestAgeSeconds()).toBe(0);
    await send(queueUrl, 'poison');
    for (const _ of [1, 2]) {
      await receiveOne(queueUrl);
      clock.advance(5_000);
    }
    await send(queueUrl, 'young');
    expect(queue.oldestAgeSeconds()).toBe(10);
    await receive(queueUrl);
    clock.advance(2_000);
    expect(queue.oldestAgeSeconds()).toBe(2);
  });

  /** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_PurgeQueue.html */
  test('is empty after a purge and works on', async () => {
    const queueUrl = createQueue();
    await send(queueUrl, 'x');
    await send(queueUrl, 'y', { DelaySeconds: 10 });
    await client.send(new PurgeQueueCommand({ QueueUrl: queueUrl }));
    expect(await counts(queueUrl)).toEqual('0/0/0');
    await send(queueUrl, 'z');
    expect(await bodies(queueUrl)).toEqual(['z']);
  });

  test('refuses a property it does not know, such as FIFO', () => {
    expect(() => createQueue({ FifoQueue: true })).toThrow('FifoQueue');
  });

  test('names the operation it does not implement', async () => {
    await expect(client.send(new ListQueuesCommand({}))).rejects.toThrow('NotImplemented: ListQueues');
  });
});
