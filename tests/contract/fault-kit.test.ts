import { randomUUID } from 'node:crypto';
import {
  BatchGetItemCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  indexLag,
  readsAndWrites,
  staleReads,
  transactionConflict,
  unprocessedKeys,
} from '../../infra/local/faults/dynamodb-faults.ts';
import {
  cutAnswer,
  delay,
  failAfterwards,
  hang,
  loseAnswer,
  refuse,
  throttle,
} from '../../infra/local/faults/faults.ts';
import { deliverTwice } from '../../infra/local/faults/sqs-faults.ts';
import { startFaultyAws } from '../support/faulty-aws.ts';

let aws: Awaited<ReturnType<typeof startFaultyAws>>;
let once: ReturnType<typeof aws.clients>;
let hurried: ReturnType<typeof aws.clients>;

beforeAll(async () => {
  aws = await startFaultyAws();
  once = aws.clients(1);
  hurried = aws.clients(1, 100);
});
afterEach(() => {
  aws.faults.clear();
  aws.queue.purge();
});
afterAll(() => aws.close());

const TableName = 'table';
const newKey = () => ({ pk: { S: randomUUID() }, sk: { S: 's' } });
type Key = ReturnType<typeof newKey>;

const put = (key: Key, client = once) =>
  client.dynamoDb.send(new PutItemCommand({ TableName, Item: { ...key, owner: { S: 'ada' }, n: { N: '1' } } }));
const raise = (key: Key) =>
  once.dynamoDb.send(
    new UpdateItemCommand({
      TableName,
      Key: key,
      UpdateExpression: 'ADD n :one',
      ExpressionAttributeValues: { ':one': { N: '1' } },
      ReturnValues: 'ALL_NEW',
    }),
  );
const read = async (key: Key, ConsistentRead: boolean, client = once) =>
  (await client.dynamoDb.send(new GetItemCommand({ TableName, Key: key, ConsistentRead }))).Item?.n?.N;
const send = (client = once) =>
  client.sqs.send(new SendMessageCommand({ QueueUrl: aws.queueUrl, MessageBody: 'hello' }));

describe('a fault', () => {
  it('meets the calls it is meant for, in its turn, and no others', async () => {
    const [meant, other] = [newKey(), newKey()];
    const fault = aws.faults.inject({
      service: 'dynamodb',
      operation: 'GetItem',
      about: meant.pk.S,
      after: 1,
      times: 1,
      fault: refuse('InternalServerError', 500),
    });
    await read(meant, true);
    await read(other, true);
    await expect(read(meant, true)).rejects.toMatchObject({ name: 'InternalServerError' });
    await read(meant, true);
    expect(fault.hits()).toBe(1);
  });

  it('meets no call any more once it is removed', async () => {
    const fault = aws.faults.inject({ service: 'sqs', fault: hang() });
    fault.remove();
    await send();
    expect(aws.queue.counts().visible).toBe(1);
  });
});

describe('a call', () => {
  it('that is throttled is refused in the service’s own words, and not carried out', async () => {
    for (const service of ['dynamodb', 'sqs', 's3'] as const) aws.faults.inject({ service, fault: throttle() });
    await expect(put(newKey())).rejects.toMatchObject({ name: 'ProvisionedThroughputExceededException' });
    await expect(send()).rejects.toMatchObject({ name: 'RequestThrottled' });
    const object = { Bucket: 'bucket', Key: 'a', Body: 'text' };
    await expect(once.s3.send(new PutObjectCommand(object))).rejects.toMatchObject({ name: 'SlowDown' });
    expect(aws.queue.counts().visible).toBe(0);
  });

  it('that is throttled once goes through when the SDK repeats it', async () => {
    const key = newKey();
    aws.faults.inject({ service: 'dynamodb', times: 1, fault: throttle() });
    await put(key, aws.clients(3));
    expect(await read(key, true)).toBe('1');
  });

  it('that is delayed is answered later', async () => {
    aws.faults.inject({ service: 'dynamodb', fault: delay(150) });
    const startedAt = performance.now();
    await put(newKey());
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(149);
  });

  it('that hangs does nothing, and the caller gives up', async () => {
    aws.faults.inject({ service: 'sqs', fault: hang() });
    await expect(send(hurried)).rejects.toMatchObject({ name: 'TimeoutError' });
    expect(aws.queue.counts().visible).toBe(0);
  });

  it('whose answer is lost is done, although the caller gives up', async () => {
    aws.faults.inject({ service: 'sqs', fault: loseAnswer() });
    await expect(send(hurried)).rejects.toMatchObject({ name: 'TimeoutError' });
    expect(aws.queue.counts().visible).toBe(1);
  });

  it('that fails afterwards is done, although the caller is told that it failed', async () => {
    const key = newKey();
    aws.faults.inject({ service: 'dynamodb', operation: 'PutItem', fault: failAfterwards() });
    await expect(put(key)).rejects.toMatchObject({ name: 'InternalServerError' });
    expect(await read(key, true)).toBe('1');
  });

  it('whose answer is cut off breaks half-way through it', async () => {
    await once.s3.send(new PutObjectCommand({ Bucket: 'bucket', Key: 'b', Body: 'x'.repeat(10_000) }));
    aws.faults.inject({ service: 's3', operation: 'GET', fault: cutAnswer() });
    const { Body } = await once.s3.send(new GetObjectCommand({ Bucket: 'bucket', Key: 'b' }));
    await expect(Body?.transformToString()).rejects.toThrow(/aborted|closed/);
  });

  it('that is held goes on when it is released', async () => {
    const key = newKey();
    const before = aws.faults.hold({ service: 'dynamodb', operation: 'PutItem', side: 'before' });
    const written = put(key);
    const held = await before;
    expect(await read(key, true)).toBeUndefined();
    held.release();
    await written;
    expect(await read(key, true)).toBe('1');
  });
});

describe('DynamoDB', () => {
  it('shows eventually consistent reads what was there before the last write, for a while', async () => {
    const key = newKey();
    aws.faults.inject({ service: 'dynamodb', operation: readsAndWrites, fault: staleReads(1_000, aws.clock) });
    await put(key);
    expect(await read(key, false)).toBeUndefined();
    await raise(key);
    expect([await read(key, false), await read(key, true)]).toEqual(['1', '2']);
    const asked = { [TableName]: { Keys: [key] } };
    const { Responses } = await once.dynamoDb.send(new BatchGetItemCommand({ RequestItems: asked }));
    expect(Responses?.[TableName]?.[0]?.n?.N).toBe('1');
    aws.clock.advance(1_000);
    expect(await read(key, false)).toBe('2');
  });

  it('shows a new item in its index later', async () => {
    aws.faults.inject({ service: 'dynamodb', operation: readsAndWrites, fault: indexLag(1_000, aws.clock) });
    const key = newKey();
    await put(key);
    const inIndex = async () => {
      const { Items = [] } = await once.dynamoDb.send(
        new QueryCommand({
          TableName,
          IndexName: 'owner',
          KeyConditionExpression: '#owner = :owner',
          ExpressionAttributeNames: { '#owner': 'owner' },
          ExpressionAttributeValues: { ':owner': { S: 'ada' } },
        }),
      );
      return Items.some(({ pk }) => pk?.S === key.pk.S);
    };
    expect(await inIndex()).toBe(false);
    aws.clock.advance(1_000);
    expect(await inIndex()).toBe(true);
  });

  it('gets to half of a batch and names the rest', async () => {
    const keys = [newKey(), newKey(), newKey()];
    for (const key of keys) await put(key);
    aws.faults.inject({ service: 'dynamodb', operation: 'BatchGetItem', fault: unprocessedKeys() });
    const { Responses, UnprocessedKeys } = await once.dynamoDb.send(
      new BatchGetItemCommand({ RequestItems: { [TableName]: { Keys: keys } } }),
    );
    expect(Responses?.[TableName]).toHaveLength(2);
    expect(UnprocessedKeys?.[TableName]?.Keys).toEqual([keys[2]]);
  });

  it('cancels a transaction that met another one', async () => {
    aws.faults.inject({ service: 'dynamodb', times: 2, fault: transactionConflict() });
    const Put = { TableName, Item: newKey() };
    await expect(once.dynamoDb.send(new TransactWriteItemsCommand({ TransactItems: [{ Put }] }))).rejects.toMatchObject(
      {
        name: 'TransactionCanceledException',
        CancellationReasons: [{ Code: 'TransactionConflict' }],
      },
    );
    await expect(put(newKey())).rejects.toMatchObject({ name: 'TransactionConflictException' });
  });
});

describe('SQS', () => {
  it('delivers a message twice', async () => {
    aws.faults.inject({ service: 'sqs', operation: 'SendMessage', fault: deliverTwice() });
    await send();
    const received = await aws.queue.receive({ max: 10, waitMs: 0 });
    expect(received.map(({ body }) => body)).toEqual(['hello', 'hello']);
  });
});
