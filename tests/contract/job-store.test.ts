import { type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { expect, it } from 'vitest';
import { DynamoDbJobStore } from '../../shared/adapters/dynamodb/dynamodb-job-store.ts';
import { headItem } from '../../shared/adapters/dynamodb/job-item.ts';
import { failure } from '../../shared/domain/decide.ts';
import { held } from '../../shared/domain/guards.ts';
import { retry } from '../../shared/domain/transitions.ts';
import { heldJob } from '../support/job-builder.ts';
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

/** Has the client believe that the answer to its next request never came. */
function loseNextAnswer(client: DynamoDBClient): void {
  let isLost = false;
  client.middlewareStack.add(
    (next) => async (args) => {
      const answer = await next(args);
      if (isLost) return answer;
      isLost = true;
      throw Object.assign(new Error('no answer'), { name: 'TimeoutError' });
    },
    { step: 'finalizeRequest', priority: 'low' },
  );
}

it('a change on DynamoDB whose answer was lost is told as made when the client repeats it, and is made once', async () => {
  const { client, tableName, close } = await startJobTable();
  const store = new DynamoDbJobStore(client, tableName, new RecordedTelemetry());
  const job = heldJob();
  await client.send(new PutItemCommand({ TableName: tableName, Item: headItem(job) }));
  const plan = { delaySeconds: 5, counted: true, error: failure('timed_out') };
  const change = retry(job, held(job), job.updated_at + 1, plan);
  loseNextAnswer(client);
  expect(await store.apply(change)).toMatchObject({
    applied: true,
    job: { status: 'retrying', failures: 1, visit: 2 },
  });
  expect(await store.apply(change), 'somebody else’s').toMatchObject({
    applied: false,
    job: { failures: 1, visit: 2 },
  });
  await close();
});
