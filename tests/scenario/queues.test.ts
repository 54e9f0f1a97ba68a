import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
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

  it('is probed by a function that needs nobody, and its consumer measures how soon it picked the probe up', async () => {
    const before = queueNames.map(measured);
    expect(await cloud.invoke('probe-queues', {})).toMatchObject({ status: 'succeeded' });
    await vi.waitFor(() => {
      for (const [index, queue] of queueNames.entries()) expect(measured(queue)).toBeGreaterThan(before[index] ?? 0);
    }, 10_000);
  });
});

/** How many pick-up latencies the log of a queue's consumer holds. */
function measured(queue: string): number {
  const log = path.join(cloud.dataFolder, 'logs', `process-${queue.replaceAll('_', '-')}.log`);
  return readFileSync(log, 'utf8').match(/"pick_up_latency":\d+/g)?.length ?? 0;
}
