/**
 * What the DynamoDB stand-in promises beside the API: tables from templates, a restart, time to live. Sources:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-table.html
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/howitworks-ttl.html
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createDynamoDb } from '../../infra/local/aws/dynamodb/create-dynamodb.ts';
import { ManualClock } from '../support/manual-clock.ts';

const nowSeconds = Date.UTC(2026, 10, 25) / 1000;
const clock = new ManualClock(nowSeconds * 1000);
const definition = {
  AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
  KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
  TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true },
};
const withIndex = {
  ...definition,
  AttributeDefinitions: [...definition.AttributeDefinitions, { AttributeName: 'owner', AttributeType: 'S' }],
  GlobalSecondaryIndexes: [
    {
      IndexName: 'owner',
      KeySchema: [{ AttributeName: 'owner', KeyType: 'HASH' }],
      Projection: { ProjectionType: 'KEYS_ONLY' },
    },
  ],
};

function withProjection(ProjectionType: string) {
  const [index] = withIndex.GlobalSecondaryIndexes;
  return { ...withIndex, GlobalSecondaryIndexes: [{ ...index, Projection: { ProjectionType } }] };
}

let folder: string;
let database: DatabaseSync;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dynamodb-'));
});
afterEach(async () => {
  database.close();
  await rm(folder, { recursive: true });
});

/** Opens the stand-in on the data of the last start, with the table that the template then holds. */
function start(table: unknown = definition) {
  database = new DatabaseSync(join(folder, 'data.sqlite'));
  const dynamoDb = createDynamoDb({ database, clock });
  dynamoDb.createTable('jobs', table);
  async function call(operation: string, parameters: object) {
    const response = await dynamoDb.handle({
      method: 'POST',
      path: '/',
      query: new URLSearchParams(),
      headers: { 'x-amz-target': `DynamoDB_20120810.${operation}` },
      body: Buffer.from(JSON.stringify({ TableName: 'jobs', ...parameters })),
      accessKeyId: 'local',
      signal: new AbortController().signal,
    });
    return JSON.parse(String(response.body));
  }
  return {
    ...dynamoDb,
    call,
    put: (id: string, attributes = {}) => call('PutItem', { Item: { id: { S: id }, ...attributes } }),
    get: async (id: string) => (await call('GetItem', { Key: { id: { S: id } } })).Item,
    ownedBy: (owner: string) =>
      call('Query', {
        IndexName: 'owner',
        KeyConditionExpression: '#o = :o',
        ExpressionAttributeNames: { '#o': 'owner' },
        ExpressionAttributeValues: { ':o': { S: owner } },
      }),
  };
}

function restart(table: unknown) {
  database.close();
  return start(table);
}

test('keeps its items over a restart', async () => {
  await start().put('1', { a: { N: '1' } });
  expect(await restart(definition).get('1')).toEqual({ id: { S: '1' }, a: { N: '1' } });
});

test('fills an index that a later template adds', async () => {
  const first = start();
  await first.put('1', { owner: { S: 'ann' } });
  await first.put('2');
  const second = restart(withIndex);
  expect((await second.ownedBy('ann')).Items).toEqual([{ id: { S: '1' }, owner: { S: 'ann' } }]);
  await second.put('1', { owner: { S: 'bob' } });
  expect([(await second.ownedBy('ann')).Count, (await second.ownedBy('bob')).Count]).toEqual([0, 1]);
});

test('a client request token is remembered over a restart, for ten minutes', async () => {
  const update = {
    Key: { id: { S: '1' } },
    UpdateExpression: 'ADD n :o',
    ExpressionAttributeValues: { ':o': { N: '1' } },
  };
  const request = { TransactItems: [{ Update: { TableName: 'jobs', ...update } }], ClientRequestToken: 'token' };
  const transact = (on: ReturnType<typeof start>) =>
    on.call('TransactWriteItems', { ...request, TableName: undefined });
  await transact(start());
  const later = restart(definition);
  await transact(later);
  expect((await later.get('1')).n).toEqual({ N: '1' });
  clock.advance(10 * 60_000);
  await transact(later);
  expect((await later.get('1')).n).toEqual({ N: '2' });
});

test('a sweep deletes what has expired, and ignores what is not a time of the last five years', async () => {
  const dynamoDb = start(withIndex);
  const fiveYears = 5 * 365 * 24 * 3600;
  const now = clock.now() / 1000;
  await dynamoDb.put('expired', { ttl: { N: String(now - 1) }, owner: { S: 'ann' } });
  await dynamoDb.put('alive', { ttl: { N: String(now + 1) }, owner: { S: 'ann' } });
  await dynamoDb.put('ancient', { ttl: { N: String(now - fiveYears - 1) } });
  await dynamoDb.put('text', { ttl: { S: String(now - 1) } });
  await dynamoDb.put('none');
  expect(dynamoDb.sweep()).toBe(1);
  expect(await dynamoDb.get('expired')).toBeUndefined();
  expect((await dynamoDb.ownedBy('ann')).Count).toBe(1);
  expect(await Promise.all(['alive', 'ancient', 'text', 'none'].map(dynamoDb.get))).not.toContain(undefined);
});

test('refuses a parameter it does not know by name', async () => {
  const answer = await start().call('GetItem', { Key: { id: { S: '1' } }, AttributesToGet: ['a'] });
  expect(answer).toMatchObject({ message: 'NotImplemented: AttributesToGet' });
});

test.each(['null', '[]', '{', '"x"', '{"TableName":null}', '{"TableName":"jobs","Item":{"id":null}}'])(
  'answers an error to the body %s',
  async (body) => {
    const request = { method: 'POST', path: '/', query: new URLSearchParams(), accessKeyId: 'local' };
    const headers = { 'x-amz-target': 'DynamoDB_20120810.PutItem' };
    const signal = new AbortController().signal;
    const response = await start().handle({ ...request, headers, signal, body: Buffer.from(body) });
    expect(response.status).toBe(400);
  },
);

test.each([
  ['a local index', { ...definition, LocalSecondaryIndexes: [{}] }],
  ['an index of whole items', withProjection('ALL')],
  ['an index of chosen attributes', withProjection('INCLUDE')],
  ['a binary key', { ...definition, AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'B' }] }],
  ['a key without a type', { ...definition, AttributeDefinitions: [] }],
  ['two partition keys', { ...definition, KeySchema: [definition.KeySchema[0], definition.KeySchema[0]] }],
])('refuses a table with %s', (_what, table) => {
  const dynamoDb = start();
  expect(() => dynamoDb.createTable('other', table)).toThrow();
});
