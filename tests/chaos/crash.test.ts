import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { failAfterwards, loseAnswer } from '../../infra/local/faults/faults.ts';
import { DeadLetters } from '../../shared/catalog/schemas/operate.ts';
import { probe, submit } from '../support/api-client.ts';
import { endsOf, recovered, storyWriter, submitStory, untilEnded, workerPoints } from '../support/chaos-jobs.ts';
import { type FaultyCloud, startFaultyCloud } from '../support/faulty-cloud.ts';

let cloud: FaultyCloud;
beforeAll(async () => {
  cloud = await startFaultyCloud();
});
afterEach(() => cloud.faults.clear());
afterAll(() => cloud.close());

describe('F02, F08: a story whose worker is killed', () => {
  it.each([
    ['before its claim', 1, 1],
    ['after its claim', 2, 1],
    ['before the model is asked', 2, 1],
    ['after the model has answered', 2, 2],
    ['before its last write', 2, 1],
    ['after its last write', 1, 1],
  ] as const)('%s is told once, at attempt %d, after %d calls of the model', async (point, attempts, calls) => {
    const held = cloud.faults.hold({ ...workerPoints[point], by: storyWriter });
    const { id, place } = await submitStory(cloud);
    await (await held).kill();
    const job = await recovered(cloud, id);
    expect(job).toMatchObject({ status: 'completed', attempt: attempts });
    expect(await endsOf(cloud, id)).toEqual(['completed']);
    expect(cloud.modelCalls(place)).toBe(calls);
  });
});

describe('F02, F08: a narration whose worker is killed', () => {
  it('while the voice speaks is spoken anew by the next attempt', async () => {
    const held = cloud.faults.hold({ service: 'polly', side: 'after' });
    const { job_id } = await submit(cloud, '/jobs/voice/synthesize', { text: 'One night in Camp A.' });
    await (await held).kill();
    const job = await recovered(cloud, job_id);
    expect(job).toMatchObject({ status: 'completed', attempt: 2 });
    expect(await endsOf(cloud, job_id)).toEqual(['completed']);
  });

  it('after the speech was stored is not spoken again', async () => {
    const held = cloud.faults.hold({ ...workerPoints['before its last write'], by: 'process-voice-synthesis' });
    const { job_id } = await submit(cloud, '/jobs/voice/synthesize', { text: 'One night in Camp B.' });
    const { kill } = await held;
    const spoken = cloud.voiceCalls('Camp B');
    await kill();
    const job = await recovered(cloud, job_id);
    expect(job).toMatchObject({ status: 'completed', attempt: 2 });
    expect(cloud.voiceCalls('Camp B')).toBe(spoken);
  });
});

describe('F08: a job whose worker is killed at its last attempt', () => {
  it('fails with a reason, and is a dead letter that an operator finds', async () => {
    const held = cloud.faults.hold({ ...workerPoints['after its claim'], by: 'process-default' });
    const { job_id } = await probe(cloud, 'default');
    await (await held).kill();
    const job = await recovered(cloud, job_id, 'operator');
    expect(job).toMatchObject({ status: 'failed', attempt: 1 });
    expect(job.error?.message).not.toBe('');
    const response = await cloud.call('/ops/dead-letters', { owner: 'operator', scope: 'ops:read' });
    const { dead_letters } = DeadLetters.parse(await response.json());
    expect(dead_letters).toContainEqual(expect.objectContaining({ kind: 'job', job_id }));
  });
});

describe('F02: a call that is carried out, and of which the worker hears nothing good', () => {
  it.each([0, 1, 2, 3])('the write number %d of a worker is not made twice', async (after) => {
    cloud.faults.inject({
      service: 'dynamodb',
      operation: 'UpdateItem',
      by: storyWriter,
      after,
      times: 1,
      fault: failAfterwards(),
    });
    const { id, place } = await submitStory(cloud);
    expect(await untilEnded(cloud, id)).toMatchObject({ status: 'completed', attempt: 1 });
    expect(await endsOf(cloud, id)).toEqual(['completed']);
    expect(cloud.modelCalls(place)).toBe(1);
  });

  it('a claim whose answer never comes is the worker’s all the same', async () => {
    cloud.faults.inject({ ...workerPoints['after its claim'], times: 1, fault: loseAnswer() });
    const { id } = await submitStory(cloud);
    expect(await untilEnded(cloud, id)).toMatchObject({ status: 'completed', attempt: 1 });
  });

  it('a story that the model wrote and then failed to send is asked for again, and told once', async () => {
    const failing = cloud.faults.inject({ service: 'bedrock', times: 1, fault: failAfterwards() });
    const { id, place } = await submitStory(cloud);
    expect(await untilEnded(cloud, id)).toMatchObject({ status: 'completed' });
    expect(failing.hits()).toBe(1);
    expect(cloud.modelCalls(place)).toBe(2);
    expect(await endsOf(cloud, id)).toEqual(['completed']);
  });

  it('a submit whose record was written is one job, with a key or without', async () => {
    const writes = ['PutItem', 'TransactWriteItems'];
    cloud.faults.inject({
      service: 'dynamodb',
      operation: writes,
      by: 'submit-job',
      times: 2,
      fault: failAfterwards(),
    });
    const owner = 'lost-answers';
    const plain = await submitStory(cloud, {}, { owner });
    const keyed = await submitStory(cloud, {}, { owner, headers: { 'idempotency-key': 'f02' } });
    for (const { id, place } of [plain, keyed]) {
      expect(await untilEnded(cloud, id, owner)).toMatchObject({ status: 'completed' });
      expect(cloud.modelCalls(place)).toBe(1);
    }
  });
});
