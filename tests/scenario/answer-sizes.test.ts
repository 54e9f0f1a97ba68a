import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasEnded, jobWhen, submit } from '../support/api-client.ts';
import { startTestCloud, type TestCloud } from '../support/local-cloud.ts';
import { processPhoto } from '../support/upload-photo.ts';

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startTestCloud();
});
afterAll(() => cloud.close());

/** Far below what API Gateway and Lambda allow (10 and 6 MB), and little enough for a phone with a poor connection. */
const longestAnswerBytes = 16 * 1_024;

async function bytesOf(path: string): Promise<number> {
  return (await (await cloud.call(path)).arrayBuffer()).byteLength;
}

describe('M08: an answer about a job', () => {
  it('with a long story, its facts and its voice is a few kilobytes: media are links', async () => {
    const location = { latitude: 37.7749, longitude: -122.4194 };
    const body = { location, include_voice: true, preferences: { length: 'long' } };
    const { job_id } = await submit(cloud, '/jobs/story/generate', body);
    await jobWhen(cloud, job_id, hasEnded);
    expect(await bytesOf(`/jobs/status/${job_id}`)).toBeLessThan(longestAnswerBytes);
    expect(await bytesOf(`/jobs/events/${job_id}`)).toBeLessThan(longestAnswerBytes);
  });

  it('with a photo of several megabytes is a few kilobytes', async () => {
    const noise = { type: 'gaussian', mean: 128, sigma: 60 } as const;
    const grains = sharp({ create: { width: 2_400, height: 1_800, channels: 3, background: 'white', noise } });
    const photo = await grains.jpeg({ quality: 95 }).toBuffer();
    expect(photo.length).toBeGreaterThan(3_000_000);
    const job = await processPhoto(cloud, photo);
    expect(job.status).toBe('completed');
    expect(await bytesOf(`/jobs/status/${job.job_id}`)).toBeLessThan(longestAnswerBytes);
  });
});

describe('M08: a list of fifty jobs', () => {
  it('holds none of their results', async () => {
    const narrations = Array.from({ length: 50 }, () =>
      submit(cloud, '/jobs/voice/synthesize', { text: 'A mile of road. '.repeat(100), delay: 600 }),
    );
    await Promise.all(narrations);
    expect(await bytesOf('/jobs/recent?limit=50')).toBeLessThan(2 * longestAnswerBytes);
  });
});
