import { afterEach, describe, expect, it } from 'vitest';
import { JobView } from '../../shared/catalog/schemas/job.ts';
import { createJobsClient } from '../../shared/client/index.ts';
import { hasEnded, type JobDocument, jobWhen, readJob, submit } from '../support/api-client.ts';
import { startTestCloud, type TestCloud } from '../support/local-cloud.ts';
import { modelAnswer, type ScriptedBedrock, startScriptedBedrock } from '../support/scripted-bedrock.ts';

const generate = '/jobs/story/generate';
const tucumcari = { location: { latitude: 35.1717, longitude: -103.725, name: 'Tucumcari' }, interests: ['history'] };

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of open.splice(0).toReversed()) await each.close();
});

type Script = Parameters<typeof startScriptedBedrock>[0];

/** A cloud whose model answers as the script says; its calls can be counted. */
async function cloudWith(script: Script): Promise<{ cloud: TestCloud; bedrock: ScriptedBedrock }> {
  const bedrock = await startScriptedBedrock(script);
  open.push(bedrock);
  const cloud = await startTestCloud({ endpoints: { 'bedrock-runtime': bedrock.endpoint } });
  open.push(cloud);
  return { cloud, bedrock };
}

/** A story that tells which call it is. */
function told(count: number) {
  const text = `Story ${count}\n\nTucumcari is a town in New Mexico, and the road runs right through it, number ${count}.`;
  return modelAnswer({ content: [{ text }], usage: { inputTokens: 900, outputTokens: 40 } });
}

async function storyOf(cloud: TestCloud, owner = 'ada', body: object = tucumcari): Promise<JobDocument> {
  const { job_id } = await submit(cloud, generate, body, { owner });
  return jobWhen(cloud, job_id, hasEnded, owner);
}

describe('a story asked for again', () => {
  it('is answered at once, to anybody, as a finished job of their own', async () => {
    const { cloud, bedrock } = await cloudWith((_, count) => told(count));
    const first = await storyOf(cloud, 'ada', { ...tucumcari, context: { diary: 'private to Ada' } });
    const nearby = { latitude: 35.1724, longitude: -103.7245, name: 'Tucumcari' };
    const response = await cloud.call(generate, { owner: 'ben', body: { location: nearby, interests: ['History'] } });
    expect([response.status, response.headers.get('cache-status')]).toEqual([200, 'roadtrip-stories; hit']);
    const job = JobView.parse(await response.json());
    expect(job).toMatchObject({ status: 'completed', result: { title: 'Story 1', cached: true } });
    expect(JSON.stringify(job)).not.toContain('private to Ada');
    expect(bedrock.calls).toHaveLength(1);
    expect(first.result).not.toHaveProperty('cached');
    expect(await readJob(cloud, job.job_id, 'ben')).toEqual({ ...job, duration: expect.any(Number) });
    const status = await cloud.call(`/jobs/status/${job.job_id}`, { owner: 'ben' });
    expect(status.headers.get('cache-status')).toBe('roadtrip-stories; hit');
    expect((await cloud.call(`/jobs/status/${job.job_id}`, { owner: 'ada' })).status).toBe(404);
  });

  it('with the same voice is spoken already; with another it is narrated, not written', async () => {
    const { cloud, bedrock } = await cloudWith((_, count) => told(count));
    await storyOf(cloud, 'ada', { ...tucumcari, include_voice: true });
    const again = await cloud.call(generate, { body: { ...tucumcari, include_voice: true } });
    expect(again.status).toBe(200);
    const { result } = JobView.parse(await again.json());
    expect(result).toMatchObject({ cached: true, audio_url: expect.any(String) });
    const { audio_url } = Object(result);
    expect((await fetch(audio_url)).headers.get('content-type')).toBe('audio/mpeg');

    const ranger = await storyOf(cloud, 'ada', { ...tucumcari, include_voice: true, voice_personality: 'ranger' });
    expect(ranger).toMatchObject({ status: 'completed', step: 'narrate', attempt: 1 });
    expect(ranger.result).toMatchObject({ title: 'Story 1', cached: true, voice_personality: 'ranger' });
    expect(bedrock.calls).toHaveLength(1);
  });

  it('costs the typed client one request', async () => {
    const { cloud } = await cloudWith((_, count) => told(count));
    await storyOf(cloud);
    const requests: string[] = [];
    const client = createJobsClient({
      baseUrl: cloud.apiUrl,
      token: () => cloud.issueToken({ owner: 'lin', scope: 'jobs:read jobs:write' }),
      fetch: (url, init) => {
        requests.push(url);
        return fetch(url, init);
      },
    });
    expect(await client.story.generate(tucumcari)).toMatchObject({ title: 'Story 1', cached: true });
    expect(requests).toHaveLength(1);
  });

  it('is written again when it was told without the model', async () => {
    const { cloud } = await cloudWith((_, count) =>
      count > 1
        ? told(count)
        : { kind: 'answer', status: 403, headers: { 'x-amzn-errortype': 'AccessDeniedException' }, body: '{}' },
    );
    expect(await storyOf(cloud)).toMatchObject({ degraded: ['model'], result: { model: 'narrator' } });
    expect(await storyOf(cloud)).toMatchObject({ result: { title: 'Story 2' } });
  });
});

describe('twenty travellers who ask for the same story at the same moment', () => {
  it('get it from one call of the model, each as a job of their own', async () => {
    const everyoneHasAsked = Promise.withResolvers<void>();
    const { cloud, bedrock } = await cloudWith(async (_, count) => {
      await everyoneHasAsked.promise;
      return told(count);
    });
    const owners = Array.from({ length: 20 }, (_, index) => `traveller ${index}`);
    const accepted = await Promise.all(owners.map((owner) => submit(cloud, generate, tucumcari, { owner })));
    everyoneHasAsked.resolve();
    const jobs = await Promise.all(
      accepted.map(({ job_id }, index) => jobWhen(cloud, job_id, hasEnded, `traveller ${index}`)),
    );
    expect(bedrock.calls).toHaveLength(1);
    expect(new Set(jobs.map(({ job_id }) => job_id)).size).toBe(20);
    expect(new Set(jobs.map(({ status }) => status))).toEqual(new Set(['completed']));
    const results = jobs.map(({ result }) => Object(result));
    expect(new Set(results.map(({ content }) => content)).size).toBe(1);
    expect(results.filter(({ cached }) => cached === true)).toHaveLength(19);
    expect(
      results.reduce((sum, { usage }) => sum + usage.output_tokens, 0),
      'one story is paid for',
    ).toBe(40);
  });
});

describe('a story that several wait for', () => {
  it('is written by the next of them when the first is cancelled', async () => {
    const never = new Promise<never>(() => {});
    const { cloud, bedrock } = await cloudWith((_, count) => (count === 1 ? never : told(count)));
    const first = await submit(cloud, generate, tucumcari, { owner: 'ada' });
    await expect.poll(() => bedrock.calls.length, { timeout: 20_000 }).toBe(1);
    const second = await submit(cloud, generate, tucumcari, { owner: 'ben' });
    await jobWhen(cloud, second.job_id, ({ status }) => status === 'retrying', 'ben');
    await cloud.call(`/jobs/cancel/${first.job_id}`, { owner: 'ada', method: 'POST' });
    const job = await jobWhen(cloud, second.job_id, hasEnded, 'ben');
    expect(job).toMatchObject({ status: 'completed', result: { title: 'Story 2' } });
    expect(await readJob(cloud, first.job_id, 'ada')).toMatchObject({ status: 'cancelled' });
  });
});

describe('a submit with Prefer: wait', () => {
  it('is answered with the finished job', async () => {
    const { cloud } = await cloudWith((_, count) => told(count));
    const asked = performance.now();
    const response = await cloud.call(generate, { body: tucumcari, headers: { prefer: 'wait=20' } });
    expect([response.status, response.headers.get('preference-applied')]).toEqual([200, 'wait=20']);
    expect(response.headers.get('cache-status')).toBe('roadtrip-stories; fwd=miss');
    expect(JobView.parse(await response.json())).toMatchObject({ status: 'completed', result: { title: 'Story 1' } });
    expect(performance.now() - asked).toBeLessThan(15_000);
  });

  it('for a job that takes longer is answered 202 when the time is over, even while many others are held', async () => {
    const { cloud } = await cloudWith(() => new Promise<never>(() => {}));
    const held = Array.from({ length: 4 }, (_, index) =>
      cloud.call(generate, {
        owner: `traveller ${index}`,
        body: { location: { latitude: 36 + index, longitude: -104 } },
        headers: { prefer: 'wait=9' },
      }),
    );
    const asked = performance.now();
    const other = await cloud.call(generate, { body: { ...tucumcari, delay: 600 } });
    expect(other.status).toBe(202);
    expect(performance.now() - asked, 'two sandboxes are held, and nobody waits for them').toBeLessThan(8_000);
    const answers = await Promise.all(held);
    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202, 202]);
  });
});
