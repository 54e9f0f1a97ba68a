import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { DynamoDbJobStore } from '../../shared/adapters/dynamodb/dynamodb-job-store.ts';
import { headItem } from '../../shared/adapters/dynamodb/job-item.ts';
import { startJobTable } from '../support/job-table.ts';
import { MemoryJobStore } from '../support/memory-job-store.ts';
import { describeJobStore, type JobStoreFixture } from './job-store.ts';

describeJobStore('the job store of the tests', async () => {
  const store = new MemoryJobStore();
  return {
    store,
    place: async (job) => store.place(job),
    letter: async (id) => store.letters.find(({ messageId }) => messageId === id),
    close: async () => {},
  };
});

describeJobStore('the job store on DynamoDB', async (): Promise<JobStoreFixture> => {
  const { client, tableName, close } = await startJobTable();
  return {
    store: new DynamoDbJobStore(client, tableName),
    place: async (job) => {
      await client.send(new PutItemCommand({ TableName: tableName, Item: headItem(job) }));
      return job;
    },
    letter: async (messageId) => {
      const Key = { pk: { S: `X#${messageId}` }, sk: { S: 'X' } };
      const { Item } = await client.send(new GetItemCommand({ TableName: tableName, Key, ConsistentRead: true }));
      return Item && { messageId, ...Letter.parse(unmarshall(Item)) };
    },
    close,
  };
});

const Letter = z.object({ body: z.string(), reason: z.string(), at: z.number() });
