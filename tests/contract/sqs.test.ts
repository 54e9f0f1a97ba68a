import { SendMessageBatchCommand } from '@aws-sdk/client-sqs';
import { afterAll, describe, expect, test } from 'vitest';
import { startLocalSqs } from '../support/local-sqs.ts';

const local = await startLocalSqs();
const { bodies, client, clock, counts, createQueue, receiveOne, send } = local;
afterAll(local.close);

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html */
describe('sending', () => {
  test('returns the id and digest under which the message is received', async () => {
    const queueUrl = createQueue();
    const sent = await send(queueUrl, '{"jobId":"1"}');
    const received = await receiveOne(queueUrl);
    expect(received).toMatchObject({
      Body: '{"jobId":"1"}',
      MessageId: sent.MessageId,
      MD5OfBody: sent.MD5OfMessageBody,
    });
  });

  test.each(['🚗 à la mer', 'tab\tline\nreturn\r', '\uFFFD', '\u{10FFFF}'])(
    'carries the text %j unchanged',
    async (text) => {
      const queueUrl = createQueue();
      await send(queueUrl, text);
      expect(await bodies(queueUrl)).toEqual([text]);
    },
  );

  test.each(['\u0000', '\u000B', '\uFFFE', '\uFFFF'])('refuses the character %j', async (character) => {
    const sending = send(createQueue(), `a${character}`);
    await expect(sending).rejects.toMatchObject({ name: 'InvalidMessageContents', $metadata: { httpStatusCode: 400 } });
  });

  test('fails only the batch entry that has an invalid character', async () => {
    const queueUrl = createQueue();
    const Entries = [
      { Id: 'good', MessageBody: 'fine' },
      { Id: 'bad', MessageBody: '\uFFFE' },
    ];
    const result = await client.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
    expect(result.Successful).toMatchObject([{ Id: 'good' }]);
    expect(result.Failed).toMatchObject([{ Id: 'bad', SenderFault: true, Code: 'InvalidMessageContents' }]);
    expect(await bodies(queueUrl)).toEqual(['fine']);
  });

  test('limits a message to 1 MiB, counted in bytes and with its attributes', async () => {
    const queueUrl = createQueue();
    const exactly = 'é'.repeat(524_288);
    await send(queueUrl, exactly);
    const attributes = { MessageAttributes: { a: { DataType: 'String', StringValue: '1' } } };
    await expect(send(queueUrl, `${exactly}x`)).rejects.toMatchObject({ Code: 'InvalidParameterValue' });
    await expect(send(queueUrl, exactly, attributes)).rejects.toMatchObject({ Code: 'InvalidParameterValue' });
    await send(queueUrl, exactly.slice(4), attributes);
  });

  test('limits a batch to 1 MiB in all', async () => {
    const half = 'x'.repeat(524_289);
    const Entries = ['a', 'b'].map((Id) => ({ Id, MessageBody: half }));
    const sending = client.send(new SendMessageBatchCommand({ QueueUrl: createQueue(), Entries }));
    await expect(sending).rejects.toMatchObject({ name: 'BatchRequestTooLong' });
  });

  test.each([
    ['EmptyBatchRequest', []],
    ['TooManyEntriesInBatchRequest', Array.from({ length: 11 }, (_, index) => `m${index}`)],
    ['BatchEntryIdsNotDistinct', ['same', 'same']],
    ['InvalidBatchEntryId', ['not.valid']],
  ])('answers %s as the batch API says', async (name, ids) => {
    const Entries = ids.map((Id) => ({ Id, MessageBody: 'x' }));
    const sending = client.send(new SendMessageBatchCommand({ QueueUrl: createQueue(), Entries }));
    await expect(sending).rejects.toMatchObject({ name, Code: `AWS.SimpleQueueService.${name}` });
  });

  test('hides a message for its own delay rather than the queue’s', async () => {
    const queueUrl = createQueue({ DelaySeconds: 20 });
    await send(queueUrl, 'queue’s delay');
    await send(queueUrl, 'none', { DelaySeconds: 0 });
    expect(await counts(queueUrl)).toEqual('1/0/1');
    expect(await bodies(queueUrl)).toEqual(['none']);
    clock.advance(20_000);
    expect(await bodies(queueUrl)).toEqual(['queue’s delay']);
  });

  test('refuses a delay over 15 minutes', async () => {
    const sending = send(createQueue(), 'x', { DelaySeconds: 901 });
    await expect(sending).rejects.toMatchObject({ Code: 'InvalidParameterValue' });
  });
});

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html */
describe('attributes', () => {
  const MessageAttributes = {
    'trip.id': { DataType: 'String', StringValue: 'é' },
    'trip.photo': { DataType: 'Binary', BinaryValue: Buffer.from([0, 255]) },
    other: { DataType: 'Number.float', StringValue: '1.5' },
  };

  test('come only when asked for, by name, prefix or all', async () => {
    const queueUrl = createQueue({ VisibilityTimeout: 0 });
    await send(queueUrl, 'x', { MessageAttributes });
    const names = async (MessageAttributeNames?: string[]) =>
      Object.keys((await receiveOne(queueUrl, { MessageAttributeNames })).MessageAttributes ?? {}).sort();
    expect(await names()).toEqual([]);
    expect(await names(['other'])).toEqual(['other']);
    expect(await names(['trip.*'])).toEqual(['trip.id', 'trip.photo']);
    expect(await names(['All'])).toEqual(['other', 'trip.id', 'trip.photo']);
    expect((await receiveOne(queueUrl, { MessageSystemAttributeNames: undefined })).Attributes).toBeUndefined();
  });

  /** Values published with https://www.npmjs.com/package/aws-md5-of-message-attributes */
  test('have the digest that the developer guide defines', async () => {
    const sent = await send(createQueue(), 'x', {
      MessageAttributes: {
        attribName1: { DataType: 'String', StringValue: 'attribValue 1' },
        customNumberTypeAttrib: {
          DataType: 'Number.float',
          StringValue: '4563442423554324324264524243.32543234',
        },
        binaryAttribute: { DataType: 'Binary', BinaryValue: Buffer.from('Hello binary world!') },
      },
    });
    expect(sent.MD5OfMessageAttributes).toBe('c932db14a896c663f83c260297d594ff');
  });

  test('carry the trace header, the group and the sender', async () => {
    const queueUrl = createQueue();
    const AWSTraceHeader = { DataType: 'String', StringValue: 'Root=1-5759e988-bd862e3fe1be46a994272793' };
    await send(queueUrl, 'x', { MessageGroupId: 'owner', MessageSystemAttributes: { AWSTraceHeader } });
    expect((await receiveOne(queueUrl)).Attributes).toMatchObject({
      AWSTraceHeader: AWSTraceHeader.StringValue,
      MessageGroupId: 'owner',
      SenderId: 'LOCALKEY',
    });
  });
});
