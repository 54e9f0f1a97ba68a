import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { systemClock } from '../../infra/local/clock.ts';
import { startServices } from '../../infra/local/cloud-services.ts';
import { openDataFolder } from '../../infra/local/data-folder.ts';
import { createFaultKit } from '../../infra/local/faults/fault-kit.ts';
import { inRealTime } from '../../infra/local/time-lapse.ts';
import { ManualClock } from './manual-clock.ts';

/** The stand-ins behind a fault kit, with a table, a bucket and a queue, and SDK clients that try once. The kit's own clock stands still. */
export async function startFaultyAws() {
  const faults = createFaultKit();
  const data = openDataFolder(mkdtempSync(path.join(tmpdir(), 'faulty-aws-')));
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const aws = await startServices(data, credentials, new Map(), {
    clock: systemClock,
    watching: inRealTime(systemClock),
    faults,
  });
  aws.dynamoDb.createTable('table', tableDefinition);
  aws.s3.createBucket('bucket', {});
  const queue = aws.sqs.createQueue('queue', {});
  const clients = (maxAttempts: number, requestTimeout = 10_000) => {
    const requestHandler = { requestTimeout, throwOnRequestTimeout: true };
    const options = { endpoint: aws.url, region: 'us-east-1', credentials, maxAttempts, requestHandler };
    return {
      dynamoDb: new DynamoDBClient(options),
      s3: new S3Client({ ...options, forcePathStyle: true }),
      sqs: new SQSClient(options),
    };
  };
  return {
    faults,
    clock: new ManualClock(),
    queue,
    queueUrl: aws.sqs.queueUrl('queue'),
    clients,
    async close() {
      await aws.close();
      data.close();
    },
  };
}

const tableDefinition = {
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [
    { AttributeName: 'pk', AttributeType: 'S' },
    { AttributeName: 'sk', AttributeType: 'S' },
    { AttributeName: 'owner', AttributeType: 'S' },
  ],
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
  GlobalSecondaryIndexes: [
    {
      IndexName: 'owner',
      KeySchema: [{ AttributeName: 'owner', KeyType: 'HASH' }],
      Projection: { ProjectionType: 'KEYS_ONLY' },
    },
  ],
};
