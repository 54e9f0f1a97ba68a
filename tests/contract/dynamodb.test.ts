/**
 * What DynamoDB promises about values, keys, limits and concurrent writers, taken from its documentation. Errors are
 * compared by name only. Sources, under https://docs.aws.amazon.com/amazondynamodb/latest/:
 * developerguide/HowItWorks.NamingRulesDataTypes.html, developerguide/Constraints.html,
 * APIReference/API_BatchGetItem.html
 */
import { BatchGetItemCommand, GetItemCommand, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DynamoDbFixture, type Item, L, M, N, S, startDynamoDb } from '../support/dynamodb-endpoint.ts';
import { otherDynamoDb, testUnlessDynamoDbLocal } from '../support/dynamodb-engine.ts';

let db: DynamoDbFixture;
beforeAll(async () => {
  db = await startDynamoDb();
});
afterAll(() => db.close());

const invalid = { name: 'ValidationException' };
const refused = { name: 'ConditionalCheckFailedException' };

describe('values, keys and limits', () => {
  test.each([
    ['001.500', '1.5'],
    ['1e3', '1000'],
    ['1e-7', '0.0000001'],
    ['-0', '0'],
    ['+5', '5'],
    ['-12.50e1', '-125'],
    ['12345678901234567890123456789012345678', '12345678901234567890123456789012345678'],
  ])('returns the number %s as %s', async (written, read) => {
    const key = db.newKey();
    await db.put({ ...key, n: N(written) });
    expect((await db.get(key))?.n).toEqual(N(read));
  });

  testUnlessDynamoDbLocal('returns a number plainly also inside a map, and one that was added to nothing', async () => {
    const key = db.newKey();
    await db.put({ ...key, m: M({ n: N('1.50') }) });
    await db.update(key, 'ADD n :v', { ':v': N('1e2') });
    expect(await db.get(key)).toEqual({ ...key, m: M({ n: N('1.5') }), n: N('100') });
  });

  test.each(['NaN', '', 'Infinity', '1e126', '1e-131', '0x10', '1.2.3'])('refuses the number %j', async (number) => {
    await expect(db.put({ ...db.newKey(), n: N(number) })).rejects.toMatchObject(invalid);
  });

  test('returns every type as it was written', async () => {
    const item = {
      ...db.newKey(),
      s: S('né 😀 "\\ \u0000'),
      ss: { SS: ['a', 'b'] },
      ns: { NS: ['1', '2'] },
      m: M({ empty: M({}), list: L({ NULL: true }, { BOOL: false }, L()) }),
    };
    await db.put(item);
    expect(await db.get({ pk: item.pk, sk: item.sk })).toEqual(item);
  });

  test.each<[string, Item]>([
    ['an empty set', { s: { SS: [] } }],
    ['a set with duplicates', { s: { SS: ['a', 'a'] } }],
    ['a number set with equal numbers', { s: { NS: ['1', '1.0'] } }],
    ['a null that is not true', { s: { NULL: false } }],
    ['an empty partition key', { pk: S('') }],
    ['a key of the wrong type', { pk: N(1) }],
    ['a partition key over 2048 bytes', { pk: S('x'.repeat(2049)) }],
    ['a sort key over 1024 bytes', { sk: S('é'.repeat(513)) }],
    ['an empty index key', { gpk: S('') }],
    ['an index key of the wrong type', { gsk: S('1') }],
    ['a null index key', { gpk: { NULL: true } }],
    ['nesting over 32 levels', { deep: JSON.parse(`${'{"L":['.repeat(34)}${']}'.repeat(34)}`) }],
  ])('refuses %s', async (_what, attributes) => {
    await expect(db.put({ ...db.newKey(), ...attributes })).rejects.toMatchObject(invalid);
  });

  test('an update may not make an index key empty or give it another type', async () => {
    for (const value of [S(''), N(1), { NULL: true } as const]) {
      await expect(db.update(db.newKey(), 'SET gpk = :v', { ':v': value })).rejects.toMatchObject(invalid);
    }
  });

  test('an item holds 400 KB, counted in UTF-8 bytes', async () => {
    const key = db.newKey();
    await db.put({ ...key, n: S('x'.repeat(409_000)) });
    await expect(db.put({ ...key, n: S('é'.repeat(205_000)) })).rejects.toMatchObject(invalid);
    await expect(db.update(key, 'SET m = :v', { ':v': S('x'.repeat(1000)) })).rejects.toMatchObject(invalid);
  });

  test('a key names all key attributes and nothing else', async () => {
    const { client, TableName } = db;
    const keys: Item[] = [{ pk: S('a') }, { pk: S('a'), sk: S('b'), c: S('c') }];
    for (const Key of keys) {
      await expect(client.send(new GetItemCommand({ TableName, Key }))).rejects.toMatchObject(invalid);
    }
  });

  test('a table that does not exist is not found', async () => {
    const command = new GetItemCommand({ TableName: 'no-such-table', Key: { pk: S('x') } });
    await expect(db.client.send(command)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  test('a batch returns the items that exist and refuses duplicate or too many keys', async () => {
    const [first, second] = [db.newKey(), db.newKey()];
    await db.put({ ...first, a: N(1) });
    const batch = (...Keys: Item[]) =>
      db.client.send(new BatchGetItemCommand({ RequestItems: { [db.TableName]: { Keys, ConsistentRead: true } } }));
    const { Responses, UnprocessedKeys } = await batch(first, second);
    expect([Responses, UnprocessedKeys]).toEqual([{ [db.TableName]: [{ ...first, a: N(1) }] }, {}]);
    await expect(batch(first, first)).rejects.toMatchObject(invalid);
    await expect(batch(...Array.from({ length: 101 }, db.newKey))).rejects.toMatchObject(invalid);
  });
});

describe('concurrency', () => {
  test('one of fifty conditional puts wins', async () => {
    const key = db.newKey();
    const condition = { ConditionExpression: 'attribute_not_exists(pk)' };
    const results = await Promise.allSettled(
      Array.from({ length: 50 }, (_, i) => db.put({ ...key, i: N(i) }, condition)),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(results.filter((result) => result.status === 'rejected' && result.reason.name !== refused.name)).toEqual([]);
  });

  test('none of two hundred concurrent additions is lost', async () => {
    const key = db.newKey();
    await Promise.all(Array.from({ length: 200 }, () => db.update(key, 'ADD n :o', { ':o': N(1) })));
    expect((await db.get(key))?.n).toEqual(N(200));
  });
});

describe.skipIf(otherDynamoDb !== undefined)('what nobody needs', () => {
  test('an operation is refused by name', async () => {
    await expect(db.client.send(new ListTablesCommand({}))).rejects.toMatchObject({
      name: 'UnknownOperationException',
      message: 'NotImplemented: ListTables',
    });
  });

  test.each<[string, Item]>([
    ['attribute values of type B', { a: { B: new Uint8Array([1]) } }],
    ['attribute values of type BS', { a: { BS: [new Uint8Array([1])] } }],
  ])('%s are refused by name', async (what, attributes) => {
    const message = `NotImplemented: ${what}`;
    await expect(db.put({ ...db.newKey(), ...attributes })).rejects.toMatchObject({ ...invalid, message });
  });

  test('a list element in a path is refused by name', async () => {
    const message = 'NotImplemented: list elements in a document path';
    await expect(db.update(db.newKey(), 'REMOVE l[0]')).rejects.toMatchObject({ ...invalid, message });
  });

  test('a function is refused by name', async () => {
    const condition = { ConditionExpression: 'attribute_type(a, :t)', ExpressionAttributeValues: { ':t': S('S') } };
    const message = 'NotImplemented: the function attribute_type';
    await expect(db.put(db.newKey(), condition)).rejects.toMatchObject({ ...invalid, message });
  });

  test.each([
    ['ReturnConsumedCapacity', { ReturnConsumedCapacity: 'TOTAL' }],
    ['this value of ReturnValues', { ReturnValues: 'UPDATED_NEW' }],
  ] as const)('a parameter is refused by name: %s', async (what, more) => {
    const message = `NotImplemented: ${what}`;
    const update = db.update(db.newKey(), 'SET a = :v', { ':v': N(1) }, more);
    await expect(update).rejects.toMatchObject({ ...invalid, message });
  });

  test.each([
    ['FilterExpression', { FilterExpression: 'a = :p' }],
    ['ProjectionExpression', { ProjectionExpression: 'a' }],
    ['Select', { Select: 'COUNT' }],
  ] as const)('a query parameter is refused by name: %s', async (what, more) => {
    const message = `NotImplemented: ${what}`;
    await expect(db.query('pk = :p', { ':p': S('a') }, more)).rejects.toMatchObject({ ...invalid, message });
  });
});
