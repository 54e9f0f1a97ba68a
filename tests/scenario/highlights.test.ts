import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { StoredHighlights } from '../../shared/catalog/schemas/highlights.ts';
import { hasEnded, jobWhen, problemOf, submit } from '../support/api-client.ts';
import { decodeMp3 } from '../support/decode-mp3.ts';
import { townsOfJourney } from '../support/journey-scene.ts';
import { startTestCloud, type TestCloud } from '../support/local-cloud.ts';
import { processPhoto } from '../support/upload-photo.ts';

const ShownHighlights = StoredHighlights.omit({ audio_key: true, audio_words_key: true }).extend({
  audio_url: z.url().optional(),
});

const { tucumcari, amarillo, santaRosa } = townsOfJourney;
const path = '/jobs/highlights/generate';

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startTestCloud();
});
afterAll(() => cloud.close());

/** The id of a story of the town that is written. */
async function storyOf(town: object): Promise<string> {
  const { job_id } = await submit(cloud, '/jobs/story/generate', { location: town });
  await jobWhen(cloud, job_id, hasEnded);
  return job_id;
}

/** A photo of Santa Rosa, taken an hour ago by a clock in UTC. */
async function photoOfSantaRosa(): Promise<Buffer> {
  const { latitude, longitude } = santaRosa;
  const taken = new Date(Date.now() - 3_600_000).toISOString().slice(0, 19).replaceAll('-', ':').replace('T', ' ');
  return sharp({ create: { width: 300, height: 200, channels: 3, background: '#c2a179' } })
    .withExifMerge({
      IFD2: { DateTimeOriginal: taken, OffsetTimeOriginal: '+00:00' },
      IFD3: {
        GPSLatitudeRef: 'N',
        GPSLatitude: `${Math.round(latitude * 10_000)}/10000 0/1 0/1`,
        GPSLongitudeRef: 'W',
        GPSLongitude: `${Math.round(-longitude * 10_000)}/10000 0/1 0/1`,
      },
    })
    .jpeg()
    .toBuffer();
}

describe('a look back at a journey', () => {
  it('is told from two stories and a photo, with figures that are computed, and spoken', async () => {
    const stories = [await storyOf(amarillo), await storyOf(tucumcari)];
    const photo = await processPhoto(cloud, await photoOfSantaRosa(), { include_place: true });
    const { job_id } = await submit(cloud, path, {
      stories: stories.map((id) => ({ job_id: id })),
      photos: [{ job_id: photo.job_id }],
      preferences: { length: 'short' },
      include_voice: true,
    });
    const job = await jobWhen(cloud, job_id, hasEnded);
    expect(job).toMatchObject({ type: 'generate_highlights', status: 'completed', step: 'narrate', attempt: 2 });
    expect(job.degraded).toBeUndefined();
    const told = ShownHighlights.parse(job.result);
    expect(told.stops.map(({ place }) => place?.name)).toEqual(['Santa Rosa', 'Amarillo', 'Tucumcari']);
    expect(told.statistics).toMatchObject({ stories: 2, photos: 1, stops: 3, places: 3, countries: ['United States'] });
    // Santa Rosa, Amarillo, Tucumcari: 262 and 172 km by any great-circle calculator.
    expect(told.statistics.distance_km).toBeGreaterThan(425);
    expect(told.statistics.distance_km).toBeLessThan(445);
    expect(told.statistics.farthest_point?.place?.name).toBe('Amarillo');
    const ids = new Set(told.facts.map(({ id }) => id));
    expect(told.sentences.flatMap(({ facts }) => facts).filter((id) => !ids.has(id))).toEqual([]);
    expect(told.content).toContain('Amarillo');
    expect(told.model).not.toBe('narrator');
    expect(told.usage.cost_micro_usd).toBeGreaterThan(0);
    expect(told.highlights.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['photo', 'farthest_point']));
    const audio = new Uint8Array(await (await fetch(told.audio_url ?? '')).arrayBuffer());
    expect((await decodeMp3(audio)).errors).toBe(0);
  });

  it('waits for a story that is not written yet', async () => {
    const { job_id: story } = await submit(cloud, '/jobs/story/generate', { location: santaRosa, delay: 2 });
    const { job_id } = await submit(cloud, path, { stories: [{ job_id: story }] });
    const waiting = await jobWhen(cloud, job_id, ({ status }) => status === 'retrying');
    expect(waiting.error?.code).toBe('awaiting_journey');
    const job = await jobWhen(cloud, job_id, hasEnded);
    expect(job.status).toBe('completed');
    expect(ShownHighlights.parse(job.result).stops.map(({ place }) => place?.name)).toEqual(['Santa Rosa']);
  });

  it('of somebody else’s stories is refused as one of stories that never existed, each named', async () => {
    const later = { location: tucumcari, delay: 600 };
    const { job_id: own } = await submit(cloud, '/jobs/story/generate', later);
    const { job_id: foreign } = await submit(cloud, '/jobs/story/generate', later, { owner: 'ben' });
    const refused = async (jobId: string) => {
      const body = { stories: [{ job_id: own }, { job_id: jobId }], photos: [{ job_id: jobId }] };
      const response = await cloud.call(path, { body });
      expect(response.status).toBe(400);
      const { code, errors, detail } = await problemOf(response);
      return { code, errors, detail };
    };
    const unknown = await refused('01JDHV7Q5W6T1PQ8Z3N4K5M6R7');
    expect(await refused(foreign)).toEqual(unknown);
    expect(unknown).toMatchObject({
      code: 'invalid_request',
      errors: [
        { path: 'stories[1].job_id', message: 'is not one of your stories' },
        { path: 'photos[0].job_id', message: 'is not one of your photos' },
      ],
    });
  });
});
