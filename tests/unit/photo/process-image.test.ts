import { describe, expect, it } from 'vitest';
import { processImage } from '../../../functions/process-job/processors/process-image.ts';
import type { Gazetteer, NearbyPlace } from '../../../shared/domain/gazetteer.ts';
import type { PhotoOrigin, RenderedPhoto } from '../../../shared/domain/photo.ts';
import type { MediaStore } from '../../../shared/domain/ports.ts';
import { uploadKey } from '../../../shared/domain/upload.ts';
import type { StepContext } from '../../../shared/jobs/processor.ts';
import { noActs } from '../../support/no-acts.ts';

const owner = 'nLfYkU5K0pY6xUeQ3mXb1A';
const upload_key = uploadKey(owner, '01JDHV7Q5W6T1PQ8Z3N4K5M6R7');
const tucumcari = { latitude: 35.17171717, longitude: -103.72501234 };

describe('process_image', () => {
  it('stores each picture once, under the job, and tells its key and size', async () => {
    const world = worldWith({});
    const { result } = await world.run({ upload_key });
    expect(result).toMatchObject({
      processed_key: `images/${owner}/job/processed.webp`,
      renditions: { processed: { width: 3, height: 2, bytes: 3 }, thumbnail: { bytes: 1 } },
    });
    expect([...world.saved].sort()).toEqual(
      ['preview', 'processed', 'thumbnail'].map((name) => `images/${owner}/job/${name}.webp`),
    );
  });

  it('never reads an upload of another owner, whoever wrote the job', async () => {
    const foreign = uploadKey('AAAAAAAAAAAAAAAAAAAAAA', '01JDHV7Q5W6T1PQ8Z3N4K5M6R7');
    const world = worldWith({});
    await expect(world.run({ upload_key: foreign })).rejects.toMatchObject({ code: 'image_missing', retry: 'never' });
    expect(world.read).toEqual([]);
  });

  it('says nothing of place or time zone unless asked', async () => {
    const world = worldWith({ takenAt: '2024-07-04T18:30:15', utcOffset: '-06:00', position: tucumcari });
    const { result } = await world.run({ upload_key });
    expect(result).toMatchObject({ taken_at: { local: '2024-07-04T18:30:15', utc_offset: '-06:00' } });
    expect(JSON.stringify(result)).not.toMatch(/zone|place|35\.17/);
  });

  it('names the nearest town, if asked, and only the position where there is none', async () => {
    const near = worldWith({ takenAt: '2024-07-04T18:30:15', position: tucumcari }, [
      { place: town, distanceKm: 1.234 },
    ]);
    expect((await near.run({ upload_key, include_place: true })).result).toMatchObject({
      taken_at: { local: '2024-07-04T18:30:15', zone: 'America/Denver' },
      place: { latitude: 35.17172, longitude: -103.72501, name: 'Tucumcari', region: 'New Mexico', distance_km: 1.2 },
    });
    const atSea = worldWith({ position: { latitude: -40, longitude: -120 } });
    const { result } = await atSea.run({ upload_key, include_place: true });
    expect(result).toMatchObject({ place: { latitude: -40, longitude: -120 } });
    expect(result).not.toHaveProperty('place.name');
    expect(result).not.toHaveProperty('taken_at');
  });
});

function worldWith(origin: PhotoOrigin, places: readonly NearbyPlace[] = []) {
  const saved = new Set<string>();
  const read: string[] = [];
  const media: MediaStore = {
    save: async (key) => void saved.add(key),
    find: async () => undefined,
    read: async (key) => {
      read.push(key);
      return Buffer.from('photo');
    },
  };
  const gazetteer: Gazetteer = { ...emptyGazetteer, near: () => places };
  const renderer = { render: async () => ({ ...rendered, origin }) };
  const processor = processImage({ media: () => media, gazetteer: () => gazetteer, renderer: () => renderer });
  return { saved, read, run: (input: object) => processor.run('process', contextOf(input)) };
}

function contextOf(input: object): StepContext<unknown, unknown> {
  const { signal } = new AbortController();
  const progress = async () => {};
  const none = { result: undefined, counts: undefined };
  return {
    jobId: 'job',
    owner,
    acceptedAt: 0,
    attempt: 1,
    deadline: undefined,
    input,
    ...none,
    signal,
    progress,
    ...noActs,
    lastChance: false,
  };
}

const rendered: RenderedPhoto = {
  format: 'jpeg',
  width: 3,
  height: 2,
  renditions: {
    processed: { width: 3, height: 2, content: Buffer.alloc(3) },
    preview: { width: 2, height: 1, content: Buffer.alloc(2) },
    thumbnail: { width: 1, height: 1, content: Buffer.alloc(1) },
  },
  thumbhash: 'AAAA',
  dominantColor: '#204060',
  origin: {},
};

const emptyGazetteer: Gazetteer = {
  near: () => [],
  townsBetween: () => [],
  countWithin: () => 0,
  citiesAtLatitude: () => [],
  capital: () => undefined,
  county: () => undefined,
  openSea: () => true,
  byName: () => [],
  similarTo: () => [],
};

const town: NearbyPlace['place'] = {
  ...tucumcari,
  id: 1,
  name: 'Tucumcari',
  seatOf: 'district',
  countryCode: 'US',
  country: 'United States',
  regionCode: 'NM',
  region: 'New Mexico',
  district: 'Quay County',
  districtStanding: undefined,
  population: 5_000,
  elevationMeters: 1_246,
  otherNames: [],
  namesakes: 1,
};
