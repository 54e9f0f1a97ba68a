import { randomUUID } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import {
  CreateTableCommand,
  DeleteTableCommand,
  DynamoDBClient,
  type DynamoDBClientConfig,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { test } from 'vitest';
import * as z from 'zod';
import { createDynamoDb } from '../../infra/local/aws/dynamodb/create-dynamodb.ts';
import { systemClock } from '../../infra/local/clock.ts';
import { startAwsEndpoint } from '../../infra/local/server/aws-endpoint.ts';

/** The DynamoDB that the suites are held against in the stand-in's place (`npm run conformance`); undefined for the stand-in. */
export const otherDynamoDb = process.env.DYNAMODB_ENDPOINT;

/** A machine of one's own has DynamoDB Local, any other address DynamoDB itself. */
const isDynamoDbLocal = otherDynamoDb !== undefined && new URL(otherDynamoDb).hostname === '127.0.0.1';

/**
 * For what DynamoDB promises and DynamoDB Local is known to do otherwise: there the test must fail, so that docs/conformance.md, where
 * each of them is listed, cannot go stale.
 */
export const testUnlessDynamoDbLocal = isDynamoDbLocal ? test.fails : test;

export type DynamoDbTable = Awaited<ReturnType<typeof startTable>>;

/** A new empty table of this CloudFormation definition on the engine that the suites are held against, and a client for it. */
export function startTable(definition: unknown, configuration: DynamoDBClientConfig = {}) {
  return otherDynamoDb === undefined
    ? startStandInTable(definition, configuration)
    : createTable(otherDynamoDb, definition, configuration);
}

/** The same on the stand-in, over real HTTP. */
export async function startStandInTable(definition: unknown, configuration: DynamoDBClientConfig = {}) {
  const tableName = newName();
  const dynamoDb = createDynamoDb({ database: new DatabaseSync(':memory:'), clock: systemClock });
  dynamoDb.createTable(tableName, definition);
  const secretOf = (id: string) => (id === local.accessKeyId ? local.secretAccessKey : undefined);
  const services = [dynamoDb];
  const endpoint = await startAwsEndpoint({ services, secretOf, host: '127.0.0.1', port: 0, clock: systemClock });
  const client = new DynamoDBClient({
    endpoint: endpoint.url,
    region: 'us-east-1',
    credentials: local,
    ...configuration,
  });
  return {
    client,
    tableName,
    async close() {
      client.destroy();
      await endpoint.close();
    },
  };
}

async function createTable(endpoint: string, definition: unknown, configuration: DynamoDBClientConfig) {
  const tableName = newName();
  const credentials = isDynamoDbLocal ? { credentials: local } : {};
  const region = process.env.AWS_REGION ?? 'us-east-1';
  const client = new DynamoDBClient({ endpoint, region, ...credentials, ...configuration });
  const keys = TableKeys.parse(definition);
  await client.send(new CreateTableCommand({ TableName: tableName, BillingMode: 'PAY_PER_REQUEST', ...keys }));
  await waitUntilTableExists({ client, maxWaitTime: 60, minDelay: 1 }, { TableName: tableName });
  return {
    client,
    tableName,
    async close() {
      await client.send(new DeleteTableCommand({ TableName: tableName }));
      client.destroy();
    },
  };
}

const local = { accessKeyId: 'local', secretAccessKey: 'local' };

const newName = () => `conformance-${randomUUID()}`;

const KeySchema = z.array(z.object({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) }));

/** What CreateTable takes of a CloudFormation table. */
const TableKeys = z.object({
  AttributeDefinitions: z.array(z.object({ AttributeName: z.string(), AttributeType: z.enum(['S', 'N']) })),
  KeySchema,
  GlobalSecondaryIndexes: z.array(
    z.object({
      IndexName: z.string(),
      KeySchema,
      Projection: z.object({ ProjectionType: z.literal('KEYS_ONLY') }),
    }),
  ),
});
