import type * as z from 'zod';
import type { StoredImage } from '../../shared/catalog/schemas/image.ts';
import type { Location, StoredStory } from '../../shared/catalog/schemas/story.ts';
import type { Job } from '../../shared/domain/job.ts';
import { acceptedAt, acceptedJob } from './job-builder.ts';
import { aStoredStory } from './stored-story.ts';

export const townsOfJourney = {
  tucumcari: { latitude: 35.1717, longitude: -103.725, name: 'Tucumcari' },
  amarillo: { latitude: 35.222, longitude: -101.8313, name: 'Amarillo' },
  santaRosa: { latitude: 34.9387, longitude: -104.6825, name: 'Santa Rosa' },
} as const;

type Town = z.infer<typeof Location> & { readonly name: string };

/** A story that was asked for in the town, so many hours after the builders' moment, and is complete. */
export function storyJob(town: Town, hours = 0, fields: Partial<Job> = {}, story: Partial<StoredStory> = {}): Job {
  const at = acceptedAt + hours * 3_600_000;
  const input = { location: town, interests: [], context: {}, preferences: {}, include_voice: false };
  return acceptedJob({
    type: 'generate_story',
    status: 'completed',
    accepted_at: at,
    processing_at: at,
    input: { inline: input },
    result: { inline: aStoredStory({ title: `A story of ${town.name}`, ...story }) },
    ...fields,
  });
}

/** A photo that is processed; without an origin it tells neither its place nor its time. */
export function photoJob(origin: Pick<StoredImage, 'taken_at' | 'place'> = {}, fields: Partial<Job> = {}): Job {
  const size = { width: 3, height: 2, bytes: 9 };
  const image: StoredImage = {
    processed_key: 'images/processed.webp',
    preview_key: 'images/preview.webp',
    thumbnail_key: 'images/thumbnail.webp',
    renditions: { processed: size, preview: size, thumbnail: size },
    width: 3,
    height: 2,
    format: 'jpeg',
    thumbhash: '3OcRJYB4d3h/iIeHeEh3eIhw+j2w',
    dominant_color: '#7a8b6c',
    ...origin,
  };
  return acceptedJob({ type: 'process_image', status: 'completed', result: { inline: image }, ...fields });
}

/** As a photo's record tells that it was taken in the town, by a local clock without a zone of its own. */
export function takenIn(town: Town, local: string, zone: string): Pick<StoredImage, 'taken_at' | 'place'> {
  const { latitude, longitude } = town;
  return { taken_at: { local, zone }, place: { latitude, longitude } };
}
