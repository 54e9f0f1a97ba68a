import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { hasEnded, jobWhen, submit } from '../support/api-client.ts';
import { decodeMp3 } from '../support/decode-mp3.ts';
import { startTestCloud, type TestCloud } from '../support/local-cloud.ts';

const ShownStory = z.object({
  title: z.string(),
  content: z.string(),
  sentences: z.array(z.object({ text: z.string(), facts: z.array(z.string()) })),
  facts: z.array(z.object({ id: z.string(), text: z.string(), source: z.string() })),
  credits: z.array(z.string()),
  model: z.string(),
  usage: z.object({ input_tokens: z.number(), output_tokens: z.number(), cost_micro_usd: z.number() }),
  audio_url: z.url().optional(),
  audio_words_url: z.url().optional(),
  audio_duration: z.number().optional(),
  characters_billed: z.number().optional(),
});

const tucumcari = { latitude: 35.1717, longitude: -103.725, name: 'Tucumcari' };

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startTestCloud();
});
afterAll(() => cloud.close());

describe('a story', () => {
  it('is written about the place by the model, with facts, credits and its cost', async () => {
    const { job_id } = await submit(cloud, '/jobs/story/generate', { location: tucumcari, interests: ['history'] });
    const job = await jobWhen(cloud, job_id, hasEnded);
    expect(job).toMatchObject({ status: 'completed', progress: 100, queue: 'ai_generation', attempt: 1 });
    expect(job.degraded).toBeUndefined();
    const story = ShownStory.parse(job.result);
    expect(story.content).toContain('Tucumcari');
    expect(story.content.split(/\s+/).length).toBeGreaterThan(60);
    expect(story.facts.every(({ source }) => source.length > 0)).toBe(true);
    expect(story.credits.join()).toContain('GeoNames');
    expect(story.model).not.toBe('narrator');
    expect(story.usage.cost_micro_usd).toBeGreaterThan(0);
    expect(story.audio_url).toBeUndefined();
  });

  it('has a voice if asked: speech that a decoder hears, as long as it says, with word timings', async () => {
    const request = {
      location: tucumcari,
      include_voice: true,
      voice_personality: 'ranger',
      preferences: { length: 'short' },
    };
    const { job_id } = await submit(cloud, '/jobs/story/generate', request);
    const job = await jobWhen(cloud, job_id, hasEnded);
    expect(job).toMatchObject({ status: 'completed', step: 'narrate', queue: 'voice_synthesis', attempt: 2 });
    const story = ShownStory.parse(job.result);
    const audio = new Uint8Array(await (await fetch(story.audio_url ?? '')).arrayBuffer());
    const heard = await decodeMp3(audio);
    expect(heard.errors).toBe(0);
    expect(heard.sampleRate).toBe(24_000);
    expect(heard.rms).toBeGreaterThan(0.05);
    expect(Math.abs(heard.seconds - (story.audio_duration ?? 0))).toBeLessThan(0.1);
    expect(story.characters_billed).toBeGreaterThan(story.content.length);
    await expectTimedWords(story);
  });

  it('shows its text while the voice is still being made', async () => {
    const request = { location: { latitude: 44.46, longitude: -110.83 }, include_voice: true };
    const { job_id } = await submit(cloud, '/jobs/story/generate', request);
    const narrating = await jobWhen(cloud, job_id, (job) => job.step === 'narrate' || hasEnded(job));
    expect(narrating.status).toBe('processing');
    expect(ShownStory.parse(narrating.result).content.length).toBeGreaterThan(100);
    await jobWhen(cloud, job_id, hasEnded);
  });

  it('with a low priority waits among the analytics work, voice and all', async () => {
    const request = { location: tucumcari, include_voice: true, priority: 2, preferences: { length: 'short' } };
    const { job_id } = await submit(cloud, '/jobs/story/generate', request);
    const job = await jobWhen(cloud, job_id, hasEnded);
    expect(job).toMatchObject({ status: 'completed', queue: 'analytics' });
  });
});

describe('a narration', () => {
  it('speaks a text of the app, and the same text again without speaking it twice', async () => {
    const body = {
      text: 'Tom & Jerry drove 3 < 5 miles past Mt. Whitney & Cañon City.',
      voice_personality: 'historian',
    };
    const first = await submit(cloud, '/jobs/voice/synthesize', body);
    const spoken = await jobWhen(cloud, first.job_id, hasEnded);
    expect(spoken.status).toBe('completed');
    const again = await submit(cloud, '/jobs/voice/synthesize', body);
    const repeated = await jobWhen(cloud, again.job_id, hasEnded);
    expect(objectOf(repeated)).toBe(objectOf(spoken));
    expect(spoken.result).not.toHaveProperty('cached');
    expect(repeated.result).toMatchObject({ cached: true });
    const cacheStatusOf = async ({ job_id }: { readonly job_id: string }) =>
      (await cloud.call(`/jobs/status/${job_id}`)).headers.get('cache-status');
    expect(await cacheStatusOf(first)).toBe('roadtrip-speech; fwd=miss');
    expect(await cacheStatusOf(again)).toBe('roadtrip-speech; hit');
    const held = await cloud.call('/jobs/voice/synthesize', { body, headers: { prefer: 'wait=10' } });
    expect([held.status, held.headers.get('cache-status')]).toEqual([200, 'roadtrip-speech; hit']);
  });
});

function objectOf({ result }: { result?: unknown }): string {
  return new URL(z.object({ audio_url: z.url() }).parse(result).audio_url).pathname;
}

async function expectTimedWords({ content, audio_words_url, audio_duration = 0 }: z.infer<typeof ShownStory>) {
  const words = z
    .array(z.object({ word: z.string(), start: z.int(), end: z.int(), at: z.number() }))
    .parse(await (await fetch(audio_words_url ?? '')).json());
  expect(words.length).toBeGreaterThan(40);
  for (const { word, start, end } of words) expect(content.slice(start, end)).toBe(word);
  const times = words.map(({ at }) => at);
  expect(times).toEqual([...times].sort((a, b) => a - b));
  expect(times.at(-1)).toBeLessThan(audio_duration);
}
