import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { systemClock } from '../../infra/local/clock.ts';
import { indexLag, readsAndWrites, staleReads, transactionConflict } from '../../infra/local/faults/dynamodb-faults.ts';
import { cutAnswer, hang, loseAnswer, refuse, throttle } from '../../infra/local/faults/faults.ts';
import { JobList } from '../../shared/catalog/schemas/job-lists.ts';
import { SubmitAnswer } from '../../shared/catalog/schemas/submit.ts';
import { jobWhen, problemOf, submit } from '../support/api-client.ts';
import { endsOf, eventsOf, recovered, storyWriter, submitStory, untilEnded } from '../support/chaos-jobs.ts';
import { decodeMp3 } from '../support/decode-mp3.ts';
import { type FaultyCloud, startFaultyCloud } from '../support/faulty-cloud.ts';

let cloud: FaultyCloud;
beforeAll(async () => {
  cloud = await startFaultyCloud();
});
afterEach(() => cloud.faults.clear());
afterAll(() => cloud.close());

describe('F03: a submit', () => {
  it.each([
    ['is refused', refuse('InternalFailure', 500)],
    ['is throttled', throttle()],
    ['never answers', hang()],
  ])('whose message %s is accepted, and runs once the reconciler has sent it', async (_, fault) => {
    const broken = cloud.faults.inject({ service: 'sqs', operation: 'SendMessage', by: 'submit-job', fault });
    const { id, place } = await submitStory(cloud);
    broken.remove();
    expect(await recovered(cloud, id)).toMatchObject({ status: 'completed', attempt: 1 });
    expect(cloud.modelCalls(place)).toBe(1);
  });

  it('whose message was sent, but not confirmed, runs once', async () => {
    cloud.faults.inject({ service: 'sqs', operation: 'SendMessage', times: 1, fault: loseAnswer() });
    const { id, place } = await submitStory(cloud);
    expect(await untilEnded(cloud, id)).toMatchObject({ status: 'completed', attempt: 1 });
    expect(await endsOf(cloud, id)).toEqual(['completed']);
    expect(cloud.modelCalls(place)).toBe(1);
  });

  it('whose record cannot be written is refused, and nothing of it is on a queue or in a list', async () => {
    const sent = cloud.faults.watch({ service: 'sqs', operation: 'SendMessage' });
    cloud.faults.inject({ service: 'dynamodb', operation: 'PutItem', fault: refuse('InternalServerError', 500) });
    const body = { location: { latitude: 40, longitude: -105 } };
    const response = await cloud.call('/jobs/story/generate', { body, owner: 'unlucky' });
    expect(response.status).toBeGreaterThanOrEqual(500);
    expect((await problemOf(response)).detail).not.toMatch(/arn:|dynamodb|table/i);
    cloud.faults.clear();
    const list = JobList.parse(await (await cloud.call('/jobs/recent', { owner: 'unlucky' })).json());
    expect([sent.length, list.jobs.length]).toEqual([0, 0]);
  });

  it('whose transaction meets another one is one job, sent twice with its key or not', async () => {
    const owner = 'in-conflict';
    const headers = { 'idempotency-key': 'conflict' };
    const operation = 'TransactWriteItems';
    const conflict = cloud.faults.inject({ service: 'dynamodb', operation, times: 2, fault: transactionConflict() });
    const body = { text: 'Said twice, spoken once.' };
    const answers = await Promise.all([1, 2].map(() => cloud.call('/jobs/voice/synthesize', { owner, headers, body })));
    expect(conflict.hits()).toBe(2);
    const ids = await Promise.all(answers.map(async (each) => SubmitAnswer.parse(await each.json()).job_id));
    expect(new Set(ids).size).toBe(1);
    const list = JobList.parse(await (await cloud.call('/jobs/recent', { owner })).json());
    expect(list.jobs).toHaveLength(1);
  });
});

describe('F13: a model that is throttled', () => {
  it('makes 24 stories wait, not fail, at few calls, and all are told in the end', async () => {
    const throttled = cloud.faults.inject({ service: 'bedrock', times: 30, fault: throttle(1) });
    const stories = await Promise.all(Array.from({ length: 24 }, () => submitStory(cloud, {}, { owner: 'crowd' })));
    const [first] = stories;
    await jobWhen(cloud, first?.id ?? '', ({ status }) => status === 'retrying', 'crowd');
    for (const { id, place } of stories) {
      const job = await untilEnded(cloud, id, 'crowd');
      expect(job).toMatchObject({ status: 'completed' });
      expect(job.degraded).toBeUndefined();
      expect(cloud.modelCalls(place)).toBe(1);
      const events = await eventsOf(cloud, id, 'crowd');
      expect(events.map(({ status }) => status)).not.toContain('failed');
    }
    expect(throttled.hits()).toBe(30);
  });
});

describe('M02: a voice whose answer breaks off', () => {
  it('is asked again, and the narration is as long as it says', async () => {
    const cut = cloud.faults.inject({ service: 'polly', about: '"mp3"', times: 1, fault: cutAnswer() });
    const { job_id } = await submit(cloud, '/jobs/voice/synthesize', { text: 'The whole of this will be heard.' });
    const job = await untilEnded(cloud, job_id);
    expect(cut.hits()).toBe(1);
    expect(job.status).toBe('completed');
    const { audio_url, audio_duration } = Narration.parse(job.result);
    const audio = await decodeMp3(new Uint8Array(await (await fetch(audio_url)).arrayBuffer()));
    expect(audio.seconds).toBeCloseTo(audio_duration, 1);
  });
});

describe('a cloud whose DynamoDB', () => {
  it('shows what was there before, and indexes late, ends every job once', async () => {
    const rule = { service: 'dynamodb', operation: readsAndWrites } as const;
    cloud.faults.inject({ ...rule, fault: staleReads(1_500, systemClock) });
    cloud.faults.inject({ ...rule, fault: indexLag(1_500, systemClock) });
    const ids = await Promise.all(Array.from({ length: 8 }, async () => (await submitStory(cloud)).id));
    await cloud.recover(0);
    for (const id of ids) {
      expect(await untilEnded(cloud, id)).toMatchObject({ status: 'completed' });
    }
    cloud.faults.clear();
    for (const id of ids) expect(await endsOf(cloud, id)).toEqual(['completed']);
  });

  it('refuses every fifth call of the workers ends every job once', async () => {
    const rule = { service: 'dynamodb', by: storyWriter, share: 0.2, times: 25 } as const;
    const refused = cloud.faults.inject({ ...rule, fault: throttle() });
    const stories = await Promise.all(Array.from({ length: 20 }, () => submitStory(cloud)));
    for (const { id } of stories) {
      expect(await recovered(cloud, id)).toMatchObject({ status: 'completed' });
      expect(await endsOf(cloud, id)).toEqual(['completed']);
    }
    expect(refused.hits()).toBeGreaterThan(5);
  });
});

describe('a cloud whose S3', () => {
  it('asks for fewer calls makes the narration late, not lost', async () => {
    const throttled = cloud.faults.inject({ service: 's3', operation: 'PUT', times: 4, fault: throttle() });
    const { job_id } = await submit(cloud, '/jobs/voice/synthesize', { text: 'Stored at the second try.' });
    expect(await untilEnded(cloud, job_id)).toMatchObject({ status: 'completed' });
    expect(throttled.hits()).toBe(4);
  });
});

const Narration = z.object({ audio_url: z.url(), audio_duration: z.number() });
