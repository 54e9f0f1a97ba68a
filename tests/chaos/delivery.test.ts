import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type * as z from 'zod';
import { unprocessedKeys } from '../../infra/local/faults/dynamodb-faults.ts';
import { failAfterwards, refuse } from '../../infra/local/faults/faults.ts';
import { deliverTwice } from '../../infra/local/faults/sqs-faults.ts';
import { queueNames } from '../../shared/catalog/queues.ts';
import { BatchAnswer } from '../../shared/catalog/schemas/batch.ts';
import { BatchView } from '../../shared/catalog/schemas/batch-view.ts';
import { probe, readJob, submit } from '../support/api-client.ts';
import { endsOf, storyWriter, submitStory, untilEnded } from '../support/chaos-jobs.ts';
import { type FaultyCloud, startFaultyCloud } from '../support/faulty-cloud.ts';

let cloud: FaultyCloud;
beforeAll(async () => {
  cloud = await startFaultyCloud();
});
afterEach(() => cloud.faults.clear());
afterAll(() => cloud.close());

/** No message waits, is being worked on, or is kept back. */
async function untilQueuesAreEmpty(): Promise<void> {
  for (;;) {
    const counts = Object.values(cloud.stats().queues);
    if (counts.every(({ visible, inFlight, delayed }) => visible + inFlight + delayed === 0)) return;
    await sleep(20);
  }
}

describe('F01: a message that is delivered twice', () => {
  it('on any queue, at the same moment and again later, runs its job once', async () => {
    cloud.faults.inject({ service: 'sqs', operation: 'SendMessage', fault: deliverTwice() });
    cloud.faults.inject({ service: 'sqs', operation: 'SendMessage', fault: deliverTwice(1) });
    const probes = await Promise.all(queueNames.map((queue) => probe(cloud, queue)));
    for (const { job_id } of probes) await untilEnded(cloud, job_id, 'operator');
    await untilQueuesAreEmpty();
    for (const { job_id } of probes) {
      expect(await readJob(cloud, job_id, 'operator')).toMatchObject({ status: 'completed', attempt: 1 });
      expect(await endsOf(cloud, job_id, 'operator')).toEqual(['completed']);
    }
  });

  it('at every step of a story asks the model once, and the voice as often as undisturbed', async () => {
    const alone = await submit(cloud, '/jobs/voice/synthesize', { text: 'Camp Alone, at night.' });
    await untilEnded(cloud, alone.job_id);
    cloud.faults.inject({ service: 'sqs', operation: 'SendMessage', fault: deliverTwice() });
    const twice = await submit(cloud, '/jobs/voice/synthesize', { text: 'Camp Twice, at night.' });
    const { id, place } = await submitStory(cloud, { include_voice: true });
    await untilEnded(cloud, twice.job_id);
    expect(await untilEnded(cloud, id)).toMatchObject({ status: 'completed', attempt: 2 });
    await untilQueuesAreEmpty();
    expect(cloud.modelCalls(place)).toBe(1);
    expect(cloud.voiceCalls('Camp Twice')).toBe(cloud.voiceCalls('Camp Alone'));
    expect(await endsOf(cloud, id)).toEqual(['completed']);
  });
});

type Batch = z.infer<typeof BatchView>;

async function submitBatch(): Promise<string> {
  const body = {
    routes: [{ origin: 'Tucumcari', destination: 'Amarillo, TX' }],
    themes: ['history', 'mystery'],
    preferences: { length: 'short' },
  };
  const response = await cloud.call('/jobs/batch/stories', { body });
  return BatchAnswer.parse(await response.json()).batch_id;
}

/**
 * The batch at its end; the counts add up at every look before. The reconciler looks too, and takes attempts of more than three seconds for
 * dead: an attempt that could not record its end leaves a lease behind.
 */
async function batchAtItsEnd(id: string): Promise<Batch> {
  for (;;) {
    const batch = BatchView.parse(await (await cloud.call(`/jobs/batch/status/${id}`)).json());
    if (batch.counts) {
      const { total, completed, failed, cancelled, pending } = batch.counts;
      expect(completed + failed + cancelled + pending).toBe(total);
    }
    if (['completed', 'failed', 'cancelled', 'expired'].includes(batch.status)) return batch;
    await cloud.recover(Date.now() - 3_000);
    await sleep(200);
  }
}

describe('F04, F16: a batch', () => {
  it.each([
    [
      'half of whose messages are refused',
      { service: 'sqs', operation: 'SendMessage', share: 0.5, times: 6, fault: refuse('InternalFailure', 500) },
    ],
    ['whose messages all come twice', { service: 'sqs', operation: 'SendMessage', fault: deliverTwice() }],
    [
      'whose writes are often made, and not confirmed',
      { service: 'dynamodb', operation: 'UpdateItem', share: 0.3, times: 30, fault: failAfterwards() },
    ],
    [
      'of whose children half are read at a time',
      { service: 'dynamodb', operation: 'BatchGetItem', fault: unprocessedKeys() },
    ],
  ] as const)('%s counts each story once, and ends once', async (_, rule) => {
    const fault = cloud.faults.inject(rule);
    const id = await submitBatch();
    const batch = await batchAtItsEnd(id);
    expect(batch.status).toBe('completed');
    expect(batch.counts).toMatchObject({ pending: 0, cancelled: 0 });
    expect(await endsOf(cloud, id)).toEqual(['completed']);
    for (const { job_id } of batch.children) expect(await endsOf(cloud, job_id)).toHaveLength(1);
    expect(fault.hits()).toBeGreaterThan(0);
  });

  it('whose fan-out dies half-way makes what is missing, and nothing twice', async () => {
    const by = 'process-analytics';
    const held = cloud.faults.hold({ service: 'sqs', operation: 'SendMessage', by, after: 2, side: 'before' });
    const id = await submitBatch();
    await (await held).kill();
    await cloud.recover(Date.now());
    const batch = await batchAtItsEnd(id);
    expect(batch).toMatchObject({ status: 'completed', counts: { failed: 0, cancelled: 0, pending: 0 } });
    expect(batch.children).toHaveLength(batch.counts?.total ?? 0);
    expect(await endsOf(cloud, id)).toEqual(['completed']);
  });
});

describe('a worker whose clock is two seconds off', () => {
  it.each([-2_000, 2_000])('by %d ms works as any other, and is not taken for dead', async (skew) => {
    const harmed = await startFaultyCloud();
    harmed.faults.sandboxes.skewClock(storyWriter, skew);
    const { id, place } = await submitStory(harmed);
    await harmed.recover(0);
    expect(await untilEnded(harmed, id)).toMatchObject({ status: 'completed', attempt: 1 });
    expect(harmed.modelCalls(place)).toBe(1);
    await harmed.close();
  });
});
