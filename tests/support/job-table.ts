import { DatabaseSync } from 'node:sqlite';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as z from 'zod';
import { JobTable } from '../../infra/constructs/job-table.ts';
import { createDynamoDb } from '../../infra/local/aws/dynamodb/create-dynamodb.ts';
import { systemClock } from '../../infra/local/clock.ts';
import { startAwsEndpoint } from '../../infra/local/server/aws-endpoint.ts';

/** The job table as the data stack defines it, on the stand-in over real HTTP, and a client for it. */
export async function startJobTable() {
  const tableName = 'jobs';
  const dynamoDb = createDynamoDb({ database: new DatabaseSync(':memory:'), clock: systemClock });
  dynamoDb.createTable(tableName, tableDefinition());
  const endpoint = await startAwsEndpoint({
    services: [dynamoDb],
    secretOf: (id) => (id === 'local' ? 'local' : undefined),
    host: '127.0.0.1',
    port: 0,
    clock: systemClock,
  });
  const client = new DynamoDBClient({
    endpoint: endpoint.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
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

const Resource = z.object({ Properties: z.record(z.string(), z.unknown()) });

/** What the data stack's construct makes of it in CloudFormation. */
function tableDefinition(): unknown {
  const stack = new Stack(new App(), 'data');
  new JobTable(stack, 'Jobs', { keepData: false });
  const [table] = Object.values(Template.fromStack(stack).findResources('AWS::DynamoDB::GlobalTable'));
  return Resource.parse(table).Properties;
}
