import {
  ChangeMessageVisibilityBatchCommand,
  ChangeMessageVisibilityCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
} from '@aws-sdk/client-sqs';
import { afterAll, describe, expect, test } from 'vitest';
import { startLocalSqs } from '../support/local-sqs.ts';

const local = await startLocalSqs();
const { bodies, client, clock, counts, createQueue, receiveOne, send } = local;
afterAll(local.close);

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-visibility-timeout.html */
describe('visibility', () => {
  test('hides a received message until its time-out and then counts the next receive', async () => {
    const queueUrl = createQueue({ VisibilityTimeout: 30 });
    await send(queueUrl, 'x');
    const first = await receiveOne(queueUrl);
    clock.advance(29_999);
    expect(await bodies(queueUrl)).toEqual([]);
    clock.advance(1);
    const second = await receiveOne(queueUrl);
    expect(second.Attributes).toMatchObject({
      ApproximateReceiveCount: '2',
      ApproximateFirstReceiveTimestamp: first.Attributes?.ApproximateFirstReceiveTimestamp,
      SentTimestamp: first.Attributes?.SentTimestamp,
    });
    expect(second.ReceiptHandle).not.toBe(first.ReceiptHandle);
  });

  test('leaves a message visible that is received with a time-out of 0, once per receive', async () => {
    const queueUrl = createQueue();
    await send(queueUrl, 'x');
    expect(await bodies(queueUrl, { VisibilityTimeout: 0 })).toEqual(['x']);
    expect(await bodies(queueUrl)).toEqual(['x']);
  });

  test('counts a changed time-out from the change', async () => {
    const queueUrl = createQueue({ VisibilityTimeout: 60 });
    await send(queueUrl, 'x');
    const { ReceiptHandle } = await receiveOne(queueUrl);
    clock.advance(15_000);
    const change = { QueueUrl: queueUrl, ReceiptHandle, VisibilityTimeout: 10 };
    await client.send(new ChangeMessageVisibilityCommand(change));
    clock.advance(9_999);
    expect(await bodies(queueUrl)).toEqual([]);
    clock.advance(1);
    expect(await bodies(queueUrl)).toEqual(['x']);
  });

  test('shows a message at once when its time-out is changed to 0, and refuses a second change', async () => {
    const queueUrl = createQueue();
    await send(queueUrl, 'x');
    const { ReceiptHandle } = await receiveOne(queueUrl);
    const change = { QueueUrl: queueUrl, ReceiptHandle, VisibilityTimeout: 0 };
    await client.send(new ChangeMessageVisibilityCommand(change));
    await expect(client.send(new ChangeMessageVisibilityCommand(change))).rejects.toMatchObject({
      name: 'MessageNotInflight',
      Code: 'AWS.SimpleQueueService.MessageNotInflight',
    });
    expect(await bodies(queueUrl)).toEqual(['x']);
  });

  test('changes the visibility of each message of a batch by itself', async () => {
    const queueUrl = createQueue();
    await send(queueUrl, 'x');
    const { ReceiptHandle } = await receiveOne(queueUrl);
    const Entries = [
      { Id: 'mine', ReceiptHandle, VisibilityTimeout: 0 },
      { Id: 'garbage', ReceiptHandle: 'garbage', VisibilityTimeout: 0 },
    ];
    const result = await client.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl: queueUrl, Entries }));
    expect(result.Successful).toEqual([{ Id: 'mine' }]);
    expect(result.Failed).toMatchObject([{ Id: 'garbage', Code: 'ReceiptHandleIsInvalid' }]);
    expect(await bodies(queueUrl)).toEqual(['x']);
  });
});

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_DeleteMessage.html */
describe('deleting', () => {
  test('removes a message in flight for good, however often it is asked to', async () => {
    const queueUrl = createQueue();
    await send(queueUrl, 'x');
    const { ReceiptHandle } = await receiveOne(queueUrl);
    await client.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle }));
    await client.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle }));
    clock.advance(30_000);
    expect(await bodies(queueUrl)).toEqual([]);
    expect(await counts(queueUrl)).toEqual('0/0/0');
  });

  test('removes a message whose time-out is over but that nobody has received again', async () => {
    const queueUrl = createQueue();
    await send(queueUrl, 'x');
    const { ReceiptHandle } = await receiveOne(queueUrl);
    clock.advance(30_000);
    await client.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle }));
    expect(await bodies(queueUrl)).toEqual([]);
  });

  test('deletes nothing by the handle of an earlier receive', async () => {
    const queueUrl = createQueue();
    await send(queueUrl, 'x');
    const { ReceiptHandle } = await receiveOne(queueUrl);
    clock.advance(30_000);
    await receiveOne(queueUrl);
    await client.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle }));
    clock.advance(30_000);
    expect(await bodies(queueUrl)).toEqual(['x']);
  });

  test('refuses a handle of another queue and one that is no handle', async () => {
    const other = createQueue();
    await send(other, 'x');
    const { ReceiptHandle } = await receiveOne(other);
    const queueUrl = createQueue();
    const Entries = [
      { Id: 'other', ReceiptHandle },
      { Id: 'none', ReceiptHandle: 'none' },
    ];
    const result = await client.send(new DeleteMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
    expect(result.Failed?.map((failed) => failed.Code)).toEqual(['ReceiptHandleIsInvalid', 'ReceiptHandleIsInvalid']);
    await expect(
      client.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle: 'none' })),
    ).rejects.toMatchObject({ name: 'ReceiptHandleIsInvalid' });
  });
});
