import { randomUUID } from 'node:crypto';
import {
  type AttributeValue,
  type CreateTableCommandInput,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  type PutItemCommandInput,
  QueryCommand,
  type QueryCommandInput,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { startTable } from './dynamodb-engine.ts';

export type Item = Record<string, AttributeValue>;
export type DynamoDbFixture = Awaited<ReturnType<typeof startDynamoDb>>;

export const S = (value: string) => ({ S: value });
export const N = (value: number | string) => ({ N: String(value) });
export const L = (...members: AttributeValue[]) => ({ L: members });
export const M = (members: Item) => ({ M: members });

/** A table with the key shapes that matter: two string keys, an index sorted by number and one without a sort key. */
export const tableDefinition = {
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

/** A client with one table on the engine that the suites are held against, which asks once only, and short calls to it. */
export async function startDynamoDb() {
  const { client, tableName: TableName, close } = await startTable(tableDefinition, { maxAttempts: 1 });
  return { client, TableName, ...shortCalls(client, TableName), close };
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
