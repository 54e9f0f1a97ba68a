import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { queueNames } from '../../shared/catalog/queues.ts';
import { hasEnded, jobWhen, probe } from '../support/api-client.ts';
import { startTestCloud, type TestCloud } from '../support/local-cloud.ts';

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startTestCloud();
});
afterAll(() => cloud.close());

describe('every queue', () => {
  it.each(queueNames)('%s picks up a job', async (queue) => {
    const { job_id } = await probe(cloud, queue);
    const job = await jobWhen(cloud, job_id, hasEnded, 'operator');
    expect(job).toMatchObject({ type: 'probe', status: 'completed', queue, progress: 100 });
  });
});
