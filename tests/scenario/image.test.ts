import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { thumbHashToApproximateAspectRatio } from 'thumbhash';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasEnded, jobWhen, problemOf, submit } from '../support/api-client.ts';
import { startTestCloud, type TestCloud } from '../support/local-cloud.ts';
import { bomb, heic, heldPhoto, movingWebp, quarters, tellingPhoto, truncatedJpeg } from '../support/photos.ts';
import { createUpload, fetchPictures, postForm, processPhoto, ShownImage, upload } from '../support/upload-photo.ts';

/** A photo of an iPhone with its position, in San Francisco (package `exif`, MIT). */
const packages = join(import.meta.dirname, '../../node_modules');
const iphonePhoto = readFileSync(join(packages, 'exif/test/test3.jpg'));
/** An iPhone held upright, near Beijing (package `jpeg-exif`, MIT). */
const sidewaysPhoto = readFileSync(join(packages, 'jpeg-exif/test/IMG_0001.JPG'));
/** 24 megapixels (package `exif`, MIT). */
const largePhoto = readFileSync(join(packages, 'exif/test/sony-alpha-6000.jpg'));

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startTestCloud();
});
afterAll(() => cloud.close());

describe('a photo', () => {
  it('becomes three pictures that a decoder reads, as large as the result says', async () => {
    const job = await processPhoto(cloud, largePhoto);
    expect(job).toMatchObject({ status: 'completed', progress: 100, queue: 'image_processing', attempt: 1 });
    const image = ShownImage.parse(job.result);
    expect(image).toMatchObject({
      width: 6_000,
      height: 4_000,
      format: 'jpeg',
      taken_at: { local: '2014-04-18T20:33:53' },
      renditions: { processed: { width: 1_920 }, preview: { width: 960 }, thumbnail: { width: 320 } },
    });
    expect(thumbHashToApproximateAspectRatio(Buffer.from(image.thumbhash, 'base64'))).toBeCloseTo(1.5, 0);
    const pictures = await fetchPictures(image);
    for (const name of ['processed', 'preview', 'thumbnail'] as const) {
      const { info } = await sharp(pictures[name]).raw().toBuffer({ resolveWithObject: true });
      const { width, height, bytes } = image.renditions[name];
      expect([info.width, info.height, pictures[name].length]).toEqual([width, height, bytes]);
      expect(await sharp(pictures[name]).metadata()).toMatchObject({ format: 'webp', space: 'srgb' });
    }
  });

  it('is upright in every picture, whichever way the camera was held', async () => {
    const held = await Promise.all(
      [1, 2, 3, 4, 5, 6, 7, 8].map(async (orientation) => processPhoto(cloud, await heldPhoto(orientation))),
    );
    for (const { result } of held) {
      const image = ShownImage.parse(result);
      expect([image.width, image.height]).toEqual([300, 200]);
      const pictures = await fetchPictures(image);
      for (const picture of Object.values(pictures)) expect(await seen(picture)).toEqual(quarters);
    }
  });

  it('keeps its position, its camera and its tags to itself', async () => {
    const photo = await tellingPhoto();
    expect(await sharp(photo).metadata()).toMatchObject({
      orientation: 6,
      exif: expect.anything(),
      xmp: expect.anything(),
    });
    const job = await processPhoto(cloud, photo);
    const image = ShownImage.parse(job.result);
    expect(image.place).toBeUndefined();
    expect(image.taken_at).toEqual({ local: '2024-07-04T18:30:15', utc_offset: '-07:00' });
    for (const picture of Object.values(await fetchPictures(image))) {
      const { exif, xmp, iptc, icc, orientation } = await sharp(picture).metadata();
      expect({ exif, xmp, iptc, icc, orientation }).toEqual({});
      expect(picture.toString('latin1')).not.toMatch(/Exif|SN-4711|GPS/);
    }
  });

  it('tells where it was taken, in words and by the clock there, if asked', async () => {
    const inCalifornia = await processPhoto(cloud, iphonePhoto, { include_place: true });
    expect(ShownImage.parse(inCalifornia.result)).toMatchObject({
      place: { name: 'San Francisco', region: 'California', country_code: 'US', latitude: 37.77633 },
      taken_at: { local: '2012-12-22T19:40:02', zone: 'America/Los_Angeles' },
    });
    const inChina = await processPhoto(cloud, sidewaysPhoto, { include_place: true });
    expect(ShownImage.parse(inChina.result)).toMatchObject({
      place: { country_code: 'CN', name: expect.any(String) },
      taken_at: { local: '2016-03-24T14:49:51', zone: 'Asia/Shanghai' },
    });
  });

  it('in print colours, in shades of grey or as AVIF is shown in sRGB', async () => {
    const plain = sharp({ create: { width: 400, height: 300, channels: 3, background: '#d08020' } });
    const files = [
      await plain.clone().toColourspace('cmyk').jpeg().toBuffer(),
      await plain.clone().greyscale().toColourspace('b-w').png().toBuffer(),
      await plain.clone().avif().toBuffer(),
    ];
    const jobs = await Promise.all(files.map((file) => processPhoto(cloud, file)));
    expect(jobs.map(({ result }) => ShownImage.parse(result).format)).toEqual(['jpeg', 'png', 'avif']);
  });
});

describe('a file that is no photo we take', () => {
  it.each([
    ['of 400 megapixels in a few kilobytes', () => bomb(20_000), 'image_too_large'],
    [
      'of SVG',
      () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'),
      'image_unsupported',
    ],
    ['of HEIC', () => heic, 'image_heic'],
    ['that is cut off', truncatedJpeg, 'image_corrupt'],
    ['that moves', movingWebp, 'image_animated'],
    ['that only begins like a JPEG', () => Buffer.from('ffd8ffe000104a464946', 'hex'), 'image_corrupt'],
  ] as const)('%s fails at once with its own reason', async (_, file, code) => {
    const job = await processPhoto(cloud, await file());
    expect(job).toMatchObject({ status: 'failed', error: { code }, attempt: 1 });
    expect(job.result).toBeUndefined();
  });

  it('harms nobody: the next photo is processed', async () => {
    expect((await processPhoto(cloud, iphonePhoto)).status).toBe('completed');
  });
});

describe('an upload', () => {
  it('of somebody else, or of a made-up key, cannot be processed; the field is named and the words are the same', async () => {
    const theirs = await upload(cloud, iphonePhoto, 'grace');
    const madeUp = theirs.replace(/^uploads\/./, 'uploads/-');
    const answers = await Promise.all(
      [theirs, madeUp].map((upload_key) => cloud.call('/jobs/image/process', { body: { upload_key } })),
    );
    for (const response of answers) {
      expect(response.status).toBe(400);
      expect((await problemOf(response)).errors).toEqual([
        { path: 'upload_key', message: 'is not one of your uploads' },
      ]);
    }
  });

  it.each([
    'https://169.254.169.254/latest/meta-data',
    'file:///etc/passwd',
    'uploads/../speech/x.mp3',
    'images/nLfYkU5K0pY6xUeQ3mXb1A/01JDHV7Q5W6T1PQ8Z3N4K5M6R7',
  ])('is named by its key and nothing else: %s is refused', async (upload_key) => {
    const response = await cloud.call('/jobs/image/process', { body: { upload_key } });
    expect(response.status).toBe(400);
    expect((await problemOf(response)).errors?.map(({ path }) => path)).toEqual(['upload_key']);
  });

  it('that never came, or of a link instead of a key, makes no picture', async () => {
    const { upload_key } = await createUpload(cloud, 'image/jpeg');
    const { job_id } = await submit(cloud, '/jobs/image/process', { upload_key });
    const job = await jobWhen(cloud, job_id, hasEnded);
    expect(job).toMatchObject({ status: 'failed', error: { code: 'image_missing' }, attempt: 1 });
    const response = await cloud.call('/jobs/image/process', { body: { image_url: 'http://127.0.0.1:9/x.jpg' } });
    expect((await problemOf(response)).errors?.map(({ path }) => path).sort()).toEqual(['image_url', 'upload_key']);
  });

  it('is refused by storage when it is larger, of another type or under another key than the form says', async () => {
    const form = await createUpload(cloud, 'image/png');
    const changed = (fields: object) => ({ ...form, fields: { ...form.fields, ...fields } });
    const file = Buffer.from('png');
    const refusals = [
      await postForm(form, Buffer.alloc(form.max_bytes + 1)),
      await postForm(form, Buffer.alloc(0)),
      await postForm(changed({ 'Content-Type': 'text/html' }), file),
      await postForm(changed({ key: 'images/x' }), file),
    ];
    expect(refusals.map(({ status }) => status)).toEqual([400, 400, 403, 403]);
    expect(await refusals[0]?.text()).toContain('EntityTooLarge');
    expect((await postForm(form, file)).status).toBe(204);
  });

  it('is offered only for types that can be processed, with a form that lasts a quarter of an hour', async () => {
    const refused = await cloud.call('/uploads', { body: { content_type: 'image/heic' } });
    expect(refused.status).toBe(400);
    expect((await problemOf(refused)).errors?.map(({ path }) => path)).toEqual(['content_type']);
    const { expires_at } = await createUpload(cloud, 'image/avif');
    expect(Date.parse(expires_at) - Date.now()).toBeGreaterThan(800_000);
    expect(Date.parse(expires_at) - Date.now()).toBeLessThanOrEqual(900_000);
  });
});

/** The colours in the middle of each quarter of a picture, rounded to what a lossy codec keeps. */
async function seen(picture: Buffer): Promise<typeof quarters> {
  const { data, info } = await sharp(picture).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const at = (x: number, y: number) => {
    const start = (Math.floor(info.height * y) * info.width + Math.floor(info.width * x)) * info.channels;
    const parts = [...data.subarray(start, start + 3)].map((part) => (part > 127 ? 'ff' : '00'));
    return `#${parts.join('')}`;
  };
  return {
    topLeft: at(0.25, 0.25),
    topRight: at(0.75, 0.25),
    bottomLeft: at(0.25, 0.75),
    bottomRight: at(0.75, 0.75),
  };
}
