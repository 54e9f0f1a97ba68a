import { beforeEach, describe, expect, it } from 'vitest';
import { JobView } from '../../../shared/catalog/schemas/job.ts';
import { GenerateStoryInput } from '../../../shared/catalog/schemas/story.ts';
import { SubmitAnswer } from '../../../shared/catalog/schemas/submit.ts';
import { speechKeys, speechProperties } from '../../../shared/jobs/kept-speech.ts';
import { storyKey, storyRequestOf } from '../../../shared/narrator/story-request.ts';
import { aStoredStory } from '../../support/stored-story.ts';
import { model, submitApi } from '../../support/submit-api.ts';

let api: ReturnType<typeof submitApi>;
beforeEach(() => {
  api = submitApi();
});

const body = { location: { latitude: 35.17, longitude: -103.72 }, interests: ['history'] };
const story = aStoredStory();
const cacheStatus = (answer: { headers: Readonly<Record<string, string>> }) => answer.headers['cache-status'];

function keyOf(asked: unknown): string {
  return storyKey(storyRequestOf(GenerateStoryInput.parse(asked)), new Date(api.world.time), model);
}

async function keep(asked: unknown = body): Promise<void> {
  await api.cache.keep(keyOf(asked), story, api.world.time + 3_600_000);
}

function keepSpeech(): void {
  const properties = speechProperties({ audio_duration: 4.2, characters_billed: 60 }, api.world.time);
  api.speech.kept.set(speechKeys(story.content).audio_key, properties);
}

describe('a submit for a story that is kept', () => {
  it('is answered with the finished job, which is the caller’s own record, and sends nothing', async () => {
    await keep();
    const answer = await api.post(body);
    expect([answer.statusCode, cacheStatus(answer)]).toEqual([200, 'roadtrip-stories; hit']);
    const job = JobView.parse(answer.body);
    expect(job).toMatchObject({ status: 'completed', progress: 100, attempt: 0, result: { cached: true } });
    expect(job.result).toMatchObject({ title: story.title, content: story.content, usage: { cost_micro_usd: 0 } });
    expect(answer.headers.location).toBe(`/api/v1/jobs/status/${job.job_id}`);
    const head = api.world.store.head(job.job_id);
    expect(head).toMatchObject({ status: 'completed', type: 'generate_story', seq: 2 });
    expect(head.ttl).toBeGreaterThan(api.world.time / 1_000);
    expect(head.due_at).toBeUndefined();
    expect(api.world.queues.sent).toEqual([]);
    expect(api.world.telemetry.counted('jobs_completed')).toBe(1);
  });

  it('is another record for another owner', async () => {
    await keep();
    await api.post(body);
    await api.post(body, { claims: { iss: 'https://issuer.example', sub: 'ben' } });
    const owners = [...api.world.store.heads.values()].map(({ owner }) => owner);
    expect(new Set(owners).size).toBe(2);
  });

  it('is told where to follow the job when that cannot be shown at this moment', async () => {
    await keep();
    const headers = { 'idempotency-key': 'k' };
    await api.post(body, { headers });
    api.world.store.fault = (operation) => {
      if (operation === 'find') throw new Error('The store is down');
    };
    const again = await api.post(body, { headers });
    expect([again.statusCode, SubmitAnswer.parse(again.body).status]).toEqual([202, 'accepted']);
  });

  it('under an idempotency key gets the same job again', async () => {
    await keep();
    const headers = { 'idempotency-key': 'k' };
    const [first, again] = [await api.post(body, { headers }), await api.post(body, { headers })];
    expect(again).toMatchObject({ statusCode: 200, body: first.body });
    expect([again.headers['idempotent-replayed'], cacheStatus(again)]).toEqual(['true', 'roadtrip-stories; hit']);
    expect(api.world.store.heads.size).toBe(1);
  });

  it('keeps the first answer of its key, although the story has been kept since', async () => {
    const headers = { 'idempotency-key': 'k' };
    const first = await api.post(body, { headers });
    await keep();
    const again = await api.post(body, { headers });
    expect(again).toMatchObject({ statusCode: 202, body: first.body });
    expect(cacheStatus(again)).toBeUndefined();
    expect(api.world.store.heads.size).toBe(1);
  });
});

describe('a submit for a kept story with a voice', () => {
  const spoken = { ...body, include_voice: true };

  it('is answered at once when the speech is there too', async () => {
    await keep(spoken);
    keepSpeech();
    const answer = await api.post(spoken);
    expect(answer.statusCode).toBe(200);
    const audio_url = expect.stringMatching(/^https:\/\/media\.example\/speech\/\w+\.mp3$/);
    expect(JobView.parse(answer.body).result).toMatchObject({ cached: true, audio_url, audio_duration: 4.2 });
  });

  it('goes on with the narration when it is not', async () => {
    await keep(spoken);
    const answer = await api.post({ ...spoken, priority: 2 });
    expect([answer.statusCode, cacheStatus(answer)]).toEqual([202, 'roadtrip-stories; hit']);
    expect(api.world.queues.sent).toMatchObject([{ queue: 'analytics' }]);
    const [head] = api.world.store.heads.values();
    expect(head).toMatchObject({ status: 'accepted', step: 'narrate', progress: 50 });
    expect(head?.history).toMatchObject([{ status: 'accepted', step: 'narrate', progress: 50 }]);
    const steps: string[] = [];
    api.world.perform = async ({ result }, step) => {
      steps.push(step);
      return { result };
    };
    await api.world.deliverAll();
    expect(steps).toEqual(['narrate']);
    expect([...api.world.store.heads.values()]).toMatchObject([{ status: 'completed', progress: 100 }]);
  });

  it('goes on with the narration when nobody knows', async () => {
    await keep(spoken);
    api.speech.find = () => Promise.reject(new Error('S3 is out of reach'));
    expect((await api.post(spoken)).statusCode).toBe(202);
  });
});

describe('a submit for a story that is not kept', () => {
  it('says so', async () => {
    const answer = await api.post(body);
    expect([answer.statusCode, cacheStatus(answer)]).toEqual([202, 'roadtrip-stories; fwd=miss']);
  });

  it('but is being written, says that it is one of several', async () => {
    await api.cache.takeTurn(keyOf(body), { holder: 'a', now: api.world.time, until: api.world.time + 9 });
    const answer = await api.post(body);
    expect([answer.statusCode, cacheStatus(answer)]).toEqual([202, 'roadtrip-stories; fwd=miss; collapsed']);
  });

  it('any more, is written anew', async () => {
    await keep();
    api.world.time += 3_600_000;
    expect((await api.post(body)).statusCode).toBe(202);
  });

  it('is accepted although the cache cannot be read', async () => {
    api.cache.fault = () => {
      throw new Error('the table is out of reach');
    };
    expect((await api.post(body)).statusCode).toBe(202);
  });
});

it('a story for later is not taken from what is kept now', async () => {
  await keep();
  const answer = await api.post({ ...body, delay: 60 });
  expect([answer.statusCode, cacheStatus(answer)]).toEqual([202, 'roadtrip-stories; fwd=bypass']);
});
