import { randomUUID } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import {
  type AttributeValue,
  CreateTableCommand,
  type CreateTableCommandInput,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  type PutItemCommandInput,
  QueryCommand,
  type QueryCommandInput,
  UpdateItemCommand,
  type UpdateItemCommandInput,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { createDynamoDb } from '../../infra/local/aws/dynamodb/create-dynamodb.ts';
import { systemClock } from '../../infra/local/clock.ts';
import { startAwsEndpoint } from '../../infra/local/server/aws-endpoint.ts';

export type Item = Record<string, AttributeValue>;
export type DynamoDbFixture = Awaited<ReturnType<typeof startDynamoDb>>;

export const S = (value: string) => ({ S: value });
export const N = (value: number | string) => ({ N: String(value) });
export const L = (...members: AttributeValue[]) => ({ L: members });
export const M = (members: Item) => ({ M: members });

/** A table with the key shapes that matter: two string keys, an index sorted by number and one without a sort key. */
const tableDefinition = {
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [
    { AttributeName: 'pk', AttributeType: 'S' },
    { AttributeName: 'sk', AttributeType: 'S' },
    { AttributeName: 'gpk', AttributeType: 'S' },
    { AttributeName: 'gsk', AttributeType: 'N' },
  ],
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
  GlobalSecondaryIndexes: [
    {
      IndexName: 'sorted',
      KeySchema: [
        { AttributeName: 'gpk', KeyType: 'HASH' },
        { AttributeName: 'gsk', KeyType: 'RANGE' },
      ],
      Projection: { ProjectionType: 'KEYS_ONLY' },
    },
    {
      IndexName: 'unsorted',
      KeySchema: [{ AttributeName: 'gpk', KeyType: 'HASH' }],
      Projection: { ProjectionType: 'KEYS_ONLY' },
    },
  ],
} satisfies Omit<CreateTableCommandInput, 'TableName'>;

/**
 * A client with one table, on the stand-in over real HTTP; or on the endpoint that DYNAMODB_ENDPOINT names, so that the same suite
 * can be held against DynamoDB Local or AWS.
 */
export async function startDynamoDb() {
  const external = process.env.DYNAMODB_ENDPOINT;
  const TableName = `conformance-${randomUUID()}`;
  const standIn = external ? undefined : await startStandIn(TableName);
  const client = new DynamoDBClient({
    endpoint: external ?? standIn?.url ?? '',
    region: 'us-east-1',
    maxAttempts: 1,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  if (external) {
    await client.send(new CreateTableCommand({ TableName, ...tableDefinition }));
    await waitUntilTableExists({ client, maxWaitTime: 60 }, { TableName });
  }
  return {
    client,
    TableName,
    ...shortCalls(client, TableName),
    async close() {
      client.destroy();
      await standIn?.close();
    },
  };
}

async function startStandIn(tableName: string) {
  const database = new DatabaseSync(':memory:');
  const dynamoDb = createDynamoDb({ database, clock: systemClock });
  dynamoDb.createTable(tableName, tableDefinition);
  const secretOf = (id: string) => (id === 'local' ? 'local' : undefined);
  return startAwsEndpoint({ services: [dynamoDb], secretOf, host: '127.0.0.1', port: 0, clock: systemClock });
}

function shortCalls(client: DynamoDBClient, TableName: string) {
  return {
    /** A key that no other test uses. */
    newKey: () => ({ pk: S(randomUUID()), sk: S('s') }),
    put: (Item: Item, more: Partial<PutItemCommandInput> = {}) =>
      client.send(new PutItemCommand({ TableName, Item, ...more })),
    get: async (Key: Item) => (await client.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }))).Item,
    update: (Key: Item, UpdateExpression: string, values?: Item, more: Partial<UpdateItemCommandInput> = {}) =>
      client.send(
        new UpdateItemCommand({ TableName, Key, UpdateExpression, ExpressionAttributeValues: values, ...more }),
      ),
    query: (KeyConditionExpression: string, values: Item, more: Partial<QueryCommandInput> = {}) =>
      client.send(new QueryCommand({ TableName, KeyConditionExpression, ExpressionAttributeValues: values, ...more })),
  };
}
