import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDbJobStore } from '../../shared/adapters/dynamodb/dynamodb-job-store.ts';
import { headItem } from '../../shared/adapters/dynamodb/job-item.ts';
import { startJobTable } from '../support/job-table.ts';
import { MemoryJobStore } from '../support/memory-job-store.ts';
import { RecordedTelemetry } from '../support/recorded-telemetry.ts';
import { describeJobStore, type JobStoreFixture } from './job-store.ts';

describeJobStore('the job store in memory', async () => {
  const store = new MemoryJobStore();
  return {
    store,
    place: async (job) => store.place(job),
    close: async () => {},
  };
});

describeJobStore('the job store on DynamoDB', async (): Promise<JobStoreFixture> => {
  const { client, tableName, close } = await startJobTable();
  return {
    store: new DynamoDbJobStore(client, tableName, new RecordedTelemetry()),
    place: async (job) => {
      await client.send(new PutItemCommand({ TableName: tableName, Item: headItem(job) }));
      return job;
    },
    close,
  };
});
