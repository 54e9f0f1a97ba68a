import { describe, expect, it, onTestFinished } from 'vitest';
import { hasEnded, type JobDocument, jobWhen, submit } from '../support/api-client.ts';
import { startTestCloud, type TestCloud } from '../support/local-cloud.ts';
import { modelAnswer, startScriptedBedrock } from '../support/scripted-bedrock.ts';
import { type Answer, failure } from '../support/scripted-http2.ts';
import { type PollyScript, startScriptedPolly } from '../support/scripted-polly.ts';

const location = { latitude: 35.1717, longitude: -103.725, name: 'Tucumcari' };

async function cloudWithModel(script: (count: number) => Answer) {
  const bedrock = await startScriptedBedrock((_call, count) => script(count));
  const cloud = await startTestCloud({ endpoints: { 'bedrock-runtime': bedrock.endpoint } });
  onTestFinished(async () => {
    await cloud.close();
    await bedrock.close();
  });
  return { cloud, bedrock };
}

async function cloudWithVoice(script: PollyScript) {
  const polly = await startScriptedPolly(script);
  const cloud = await startTestCloud({ endpoints: { polly: polly.endpoint } });
  onTestFinished(async () => {
    await cloud.close();
    await polly.close();
  });
  return { cloud, polly };
}

async function story(cloud: TestCloud, fields: object = {}): Promise<JobDocument> {
  const { job_id } = await submit(cloud, '/jobs/story/generate', { location, ...fields });
  return jobWhen(cloud, job_id, hasEnded);
}

/** Of one call, by the client (createBedrockClient). */
const SDK_TRIES = 2;

const good = modelAnswer({
  content: [{ text: 'A Quiet Town\n\nTucumcari is here, and the road goes on past it into the evening.' }],
});
const unfinished = modelAnswer({ content: [{ text: 'A Quiet Town\n\nTucumcari is' }], stopReason: 'max_tokens' });
const filtered = modelAnswer({ content: [], stopReason: 'guardrail_intervened' });
const empty = modelAnswer({ content: [] });

describe('a story whose model', () => {
  it('asks for fewer calls is retrying, not failed, and is told in the end', async () => {
    const throttled = failure(429, 'ThrottlingException', { 'retry-after': '1' });
    const { cloud } = await cloudWithModel((count) => (count <= 3 ? throttled : good));
    const { job_id } = await submit(cloud, '/jobs/story/generate', { location });
    const waiting = await jobWhen(cloud, job_id, ({ status }) => status === 'retrying');
    expect(waiting).toMatchObject({ error: { code: 'throttled' } });
    expect(Date.parse(waiting.next_attempt_at ?? '')).toBeGreaterThan(0);
    const job = await jobWhen(cloud, job_id, hasEnded);
    expect(job).toMatchObject({ status: 'completed', result: { title: 'A Quiet Town' } });
    expect(job.degraded).toBeUndefined();
  });

  it('stops short is asked again, and its half story is never shown', async () => {
    const { cloud, bedrock } = await cloudWithModel((count) => (count === 1 ? unfinished : good));
    const job = await story(cloud);
    expect(job).toMatchObject({ status: 'completed', attempt: 2, result: { title: 'A Quiet Town' } });
    expect(bedrock.calls).toHaveLength(2);
  });

  it.each([
    ['declines', filtered, 'content_filtered'],
    ['says nothing', empty, 'empty_answer'],
  ])('%s fails at once, with a clear reason and no voice', async (_, answer, code) => {
    const { cloud, bedrock } = await cloudWithModel(() => answer);
    const job = await story(cloud, { include_voice: true });
    expect(job).toMatchObject({ status: 'failed', step: 'write', attempt: 1, error: { code } });
    expect(job.result).toBeUndefined();
    expect(bedrock.calls).toHaveLength(1);
  });

  it('is not there for this account is replaced by the embedded narrator, and the job says so', async () => {
    const { cloud } = await cloudWithModel(() => failure(403, 'AccessDeniedException'));
    const job = await story(cloud);
    expect(job).toMatchObject({ status: 'completed', degraded: ['model'], result: { model: 'narrator' } });
  });

  it('keeps failing is replaced by the embedded narrator at the last attempt', async () => {
    const { cloud } = await cloudWithModel(() => failure(503, 'ServiceUnavailableException'));
    const job = await story(cloud);
    expect(job).toMatchObject({ status: 'completed', attempt: 4, degraded: ['model'], result: { model: 'narrator' } });
  }, 60_000);
});

describe('a model that answers nobody', () => {
  it('is left alone before long: stories are told without asking it to the last', async () => {
    const { cloud, bedrock } = await cloudWithModel(() => failure(503, 'ServiceUnavailableException'));
    const places = Array.from({ length: 8 }, (_, index) => ({ location: { ...location, name: `Stop ${index}` } }));
    const jobs = await Promise.all(places.map((place) => story(cloud, place)));
    expect(jobs.map(({ status }) => status)).toEqual(places.map(() => 'completed'));
    expect(jobs.map(({ degraded }) => degraded)).toEqual(places.map(() => ['model']));
    expect(jobs.filter(({ attempt }) => attempt < 4)).not.toHaveLength(0);
    const callsWithoutBreaker = places.length * 4 * SDK_TRIES;
    expect(bedrock.calls.length).toBeLessThan(callsWithoutBreaker / 2);
  }, 60_000);
});

describe('a story whose voice', () => {
  it('fails for good keeps its text and says what it lacks', async () => {
    const { cloud } = await cloudWithVoice(() => failure(400, 'InvalidSsmlException'));
    const job = await story(cloud, { include_voice: true });
    expect(job).toMatchObject({ status: 'completed', degraded: ['voice'] });
    expect(job.result).toHaveProperty('content');
    expect(job.result).not.toHaveProperty('audio_url');
  });
});

describe('a failed narration', () => {
  it('gets another life when its owner tries again', async () => {
    let broken = true;
    const { cloud } = await cloudWithVoice(() => (broken ? failure(400, 'InvalidSsmlException') : 'speak'));
    const { job_id } = await submit(cloud, '/jobs/voice/synthesize', { text: 'Once more.' });
    const failed = await jobWhen(cloud, job_id, hasEnded);
    expect(failed).toMatchObject({ status: 'failed', error: { code: 'voice_text_refused' } });
    broken = false;
    const retried = await cloud.call(`/jobs/retry/${job_id}`, { method: 'POST' });
    expect(retried.status).toBe(202);
    const job = await jobWhen(cloud, job_id, hasEnded);
    expect(job).toMatchObject({ status: 'completed', attempt: failed.attempt + 1 });
    expect(job.error).toBeUndefined();
  });
});
