import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { throttle } from '../../infra/local/faults/faults.ts';
import type { QueueName } from '../../shared/catalog/queues.ts';
import { BatchAnswer } from '../../shared/catalog/schemas/batch.ts';
import { repeated } from '../performance/percentiles.ts';
import { jobWhen, probe, readJob } from '../support/api-client.ts';
import { endsOf, storyWriter, submitStory, untilEnded, workerPoints } from '../support/chaos-jobs.ts';
import { type FaultyCloud, startFaultyCloud } from '../support/faulty-cloud.ts';

let cloud: FaultyCloud;
beforeAll(async () => {
  cloud = await startFaultyCloud();
});
afterEach(() => cloud.faults.clear());
afterAll(() => cloud.close());

/** 200: cancelled. 202: asked to stop. 409: too late. */
async function cancel(id: string, owner = 'ada'): Promise<number> {
  return (await cloud.call(`/jobs/cancel/${id}`, { owner, method: 'POST' })).status;
}

async function turn(queue: QueueName, to: 'pause' | 'resume'): Promise<void> {
  const options = { owner: 'operator', scope: 'ops:write', method: 'POST' };
  const response = await cloud.call(`/ops/queues/${queue}/${to}`, options);
  if (!response.ok) throw new Error(`${to} of ${queue} was answered ${response.status}: ${await response.text()}`);
}

/** Resumes the queue and waits until a job sent after all others has gone through it. */
async function drained(queue: QueueName): Promise<void> {
  await turn(queue, 'resume');
  const { job_id } = await probe(cloud, queue);
  await untilEnded(cloud, job_id, 'operator');
}

describe('F06: a cancel of a story while its worker is held', () => {
  it.each([
    ['before its claim', 200, 'cancelled', 0],
    ['after its claim', 202, 'cancelled', 1],
    ['before the model is asked', 202, 'cancelled', 1],
    ['after the model has answered', 202, 'cancelled', 1],
    ['before its last write', 202, 'cancelled', 1],
    ['after its last write', 409, 'completed', 1],
  ] as const)('%s is answered %d, and the story ends %s after at most %d call of the model', async (...row) => {
    const [point, answer, end, calls] = row;
    const held = cloud.faults.hold({ ...workerPoints[point], by: storyWriter });
    const { id, place } = await submitStory(cloud);
    const { release } = await held;
    expect(await cancel(id)).toBe(answer);
    release();
    expect(await untilEnded(cloud, id)).toMatchObject({ status: end });
    expect(await endsOf(cloud, id)).toEqual([end]);
    expect(cloud.modelCalls(place)).toBeLessThanOrEqual(calls);
  });
});

describe('F06: a cancel that races a job to its end', () => {
  it('tells each of 40 owners what then is so', async () => {
    await repeated(40, 4, async () => {
      const { job_id } = await probe(cloud, 'default', 'racer');
      const answer = await cancel(job_id, 'racer');
      const { status } = await untilEnded(cloud, job_id, 'racer');
      expect([answer, status]).toEqual([answer, answer === 409 ? 'completed' : 'cancelled']);
      expect(await endsOf(cloud, job_id, 'racer')).toEqual([status]);
    });
  });
});

describe('F07: a story that is cancelled', () => {
  it('while it waits for a worker is never written', async () => {
    await turn('ai_generation', 'pause');
    const { id, place } = await submitStory(cloud);
    expect(await cancel(id)).toBe(200);
    await drained('ai_generation');
    expect(await readJob(cloud, id)).toMatchObject({ status: 'cancelled', attempt: 0 });
    expect(cloud.modelCalls(place)).toBe(0);
  });

  it('while it waits for another attempt gets none', async () => {
    const throttled = cloud.faults.inject({ service: 'bedrock', fault: throttle(1) });
    const { id, place } = await submitStory(cloud);
    await jobWhen(cloud, id, ({ status }) => status === 'retrying');
    expect(await cancel(id)).toBe(200);
    throttled.remove();
    const later = await submitStory(cloud, { delay: 2 });
    await untilEnded(cloud, later.id);
    expect(await readJob(cloud, id)).toMatchObject({ status: 'cancelled', attempt: 1 });
    expect(cloud.modelCalls(place)).toBe(0);
  });

  it('while its narration waits is never spoken', async () => {
    await turn('voice_synthesis', 'pause');
    const { id } = await submitStory(cloud, { include_voice: true });
    await jobWhen(cloud, id, ({ step }) => step === 'narrate');
    const spoken = cloud.voiceCalls('<speak>');
    expect(await cancel(id)).toBe(200);
    await drained('voice_synthesis');
    expect(await readJob(cloud, id)).toMatchObject({ status: 'cancelled', attempt: 1 });
    expect(cloud.voiceCalls('<speak>')).toBe(spoken);
  });

  it('with its batch while all stories wait is never written, and the batch ends', async () => {
    const held = cloud.faults.hold({ ...workerPoints['after its claim'], by: 'process-analytics' });
    const body = { routes: [{ origin: 'Tucumcari', destination: 'Amarillo, TX' }], preferences: { length: 'short' } };
    const response = await cloud.call('/jobs/batch/stories', { body });
    const { batch_id } = BatchAnswer.parse(await response.json());
    const { release } = await held;
    const asked = cloud.modelCalls('<brief>');
    expect(await cancel(batch_id)).toBe(202);
    release();
    expect(await untilEnded(cloud, batch_id)).toMatchObject({ status: 'cancelled' });
    expect(cloud.modelCalls('<brief>')).toBe(asked);
  });
});
