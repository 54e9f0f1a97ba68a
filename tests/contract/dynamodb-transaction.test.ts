/**
 * What DynamoDB promises about TransactWriteItems, taken from
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html and
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html
 */
import { randomUUID } from 'node:crypto';
import { type TransactWriteItem, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DynamoDbFixture, type Item, N, S, startDynamoDb } from '../support/dynamodb-endpoint.ts';
import { testUnlessDynamoDbLocal } from '../support/dynamodb-engine.ts';

let db: DynamoDbFixture;
beforeAll(async () => {
  db = await startDynamoDb();
});
afterAll(() => db.close());

const invalid = { name: 'ValidationException' };
const ifAbsent = { ConditionExpression: 'attribute_not_exists(pk)' };
const shown = { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' } as const;

function transact(items: TransactWriteItem[], more: { ClientRequestToken?: string } = {}) {
  return db.client.send(new TransactWriteItemsCommand({ TransactItems: items, ...more }));
}

const put = (item: Item, more = {}): TransactWriteItem => ({ Put: { TableName: db.TableName, Item: item, ...more } });

function increment(key: Item, by = 1): TransactWriteItem {
  const values = { ':by': N(by) };
  const update = { TableName: db.TableName, Key: key, UpdateExpression: 'ADD n :by' };
  return { Update: { ...update, ExpressionAttributeValues: values } };
}

function check(key: Item, more = {}): TransactWriteItem {
  return { ConditionCheck: { TableName: db.TableName, Key: key, ...ifAbsent, ...more } };
}

test('writes all of its items, and checks one without writing it', async () => {
  const [added, counted, absent, present] = [db.newKey(), db.newKey(), db.newKey(), db.newKey()];
  await db.put({ ...present, a: N(2) });
  const isThere = { ConditionExpression: 'attribute_exists(pk)' };
  await transact([put({ ...added, a: N(1) }, ifAbsent), increment(counted, 5), check(absent), check(present, isThere)]);
  const stored = await Promise.all([added, counted, absent, present].map(db.get));
  expect(stored).toEqual([{ ...added, a: N(1) }, { ...counted, n: N(5) }, undefined, { ...present, a: N(2) }]);
});

test('writes nothing when a condition fails, and gives a reason for each item in their order', async () => {
  const [fresh, taken, other] = [db.newKey(), db.newKey(), db.newKey()];
  await db.put({ ...taken, a: N(1) });
  await db.put(other);
  const attempt = transact([put(fresh), put(taken, { ...ifAbsent, ...shown }), increment(db.newKey()), check(other)]);
  await expect(attempt).rejects.toMatchObject({
    name: 'TransactionCanceledException',
    CancellationReasons: [
      { Code: 'None' },
      { Code: 'ConditionalCheckFailed', Item: { ...taken, a: N(1) } },
      { Code: 'None' },
      expect.not.objectContaining({ Item: expect.anything() }),
    ],
  });
  expect(await db.get(fresh)).toBeUndefined();
});

testUnlessDynamoDbLocal('cancels with ValidationError when an update does not fit the stored item', async () => {
  const [fresh, text] = [db.newKey(), db.newKey()];
  await db.put({ ...text, n: S('not a number') });
  await expect(transact([put(fresh), increment(text)])).rejects.toMatchObject({
    name: 'TransactionCanceledException',
    CancellationReasons: [{ Code: 'None' }, { Code: 'ValidationError' }],
  });
  expect(await db.get(fresh)).toBeUndefined();
});

test('refuses two writes of one item', async () => {
  const key = db.newKey();
  await expect(transact([put(key), increment(key)])).rejects.toMatchObject(invalid);
});

testUnlessDynamoDbLocal('refuses to write an item and to check it', async () => {
  const key = db.newKey();
  await expect(transact([put(key), check(key)])).rejects.toMatchObject(invalid);
});

test('takes 1 to 100 items of one kind each', async () => {
  const puts = (count: number) => Array.from({ length: count }, () => put(db.newKey()));
  await transact(puts(100));
  await expect(transact(puts(101))).rejects.toMatchObject(invalid);
  await expect(transact([])).rejects.toMatchObject(invalid);
  await expect(transact([{}])).rejects.toMatchObject(invalid);
  await expect(transact([{ ...put(db.newKey()), ...increment(db.newKey()) }])).rejects.toMatchObject(invalid);
});

test('refuses a malformed item and an unknown table', async () => {
  const fresh = db.newKey();
  await expect(transact([put(fresh), put({ pk: S('no sort key') })])).rejects.toMatchObject(invalid);
  const elsewhere = { Put: { TableName: 'no-such-table', Item: fresh } };
  await expect(transact([put(fresh), elsewhere])).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  expect(await db.get(fresh)).toBeUndefined();
});

test('a repeated request token runs once; with another request it is refused', async () => {
  const key = db.newKey();
  const token = { ClientRequestToken: randomUUID() };
  await transact([increment(key)], token);
  await transact([increment(key)], token);
  expect((await db.get(key))?.n).toEqual(N(1));
  await expect(transact([increment(key, 2)], token)).rejects.toMatchObject({
    name: 'IdempotentParameterMismatchException',
  });
});

test('a cancelled transaction may be repeated with its token', async () => {
  const key = db.newKey();
  const token = { ClientRequestToken: randomUUID() };
  const items = [put({ ...key, a: N(2) }, { ConditionExpression: 'attribute_exists(a)' })];
  await expect(transact(items, token)).rejects.toMatchObject({ name: 'TransactionCanceledException' });
  await db.put({ ...key, a: N(1) });
  await transact(items, token);
  expect(await db.get(key)).toEqual({ ...key, a: N(2) });
});

test('indexes follow a transaction', async () => {
  const key = db.newKey();
  const count = async () => (await db.query('gpk = :p', { ':p': S('TX') }, { IndexName: 'sorted' })).Count;
  await transact([put({ ...key, gpk: S('TX'), gsk: N(1) })]);
  await expect.poll(count).toBe(1);
  await transact([{ Update: { TableName: db.TableName, Key: key, UpdateExpression: 'REMOVE gpk' } }]);
  await expect.poll(count).toBe(0);
});

// AWS may answer TransactionConflict to some of them, so only those acknowledged are counted.
test('concurrent transactions on one item lose no acknowledged addition', async () => {
  const key = db.newKey();
  const results = await Promise.allSettled(
    Array.from({ length: 32 }, () => transact([increment(key), put(db.newKey())])),
  );
  const acknowledged = results.filter(({ status }) => status === 'fulfilled').length;
  expect(acknowledged).toBeGreaterThan(0);
  expect((await db.get(key))?.n).toEqual(N(acknowledged));
});
