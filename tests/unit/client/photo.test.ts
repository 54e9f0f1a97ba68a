import { describe, expect, it } from 'vitest';
import { uploadFormSeconds } from '../../../shared/catalog/photos.ts';
import type { submitOptions } from '../../../shared/catalog/schemas/submit.ts';
import { EagerClock } from './eager-clock.ts';
import { accepted, job, type Reply, type SentRequest, scriptedApi, type Turn } from './scripted-api.ts';

const form: Reply = {
  status: 201,
  body: { upload_key: 'uploads/ada/1', url: 'https://media.test/', fields: { key: 'uploads/ada/1', policy: 'p' } },
};
const pictures = { processed_url: 'https://media.test/1.webp' };
const processed = job({ type: 'process_image', status: 'completed', progress: 100, result: pictures });
const stored: Reply = { status: 204 };
const bytes = new Uint8Array([1, 2, 3]);

/** The compiler asks for a value when an option is added to the catalog. */
const everySubmitOption = {
  priority: 2,
  expires_in: 600,
  delay: 5,
  run_at: '2026-07-04T18:30:15Z',
  callback_url: 'https://hooks.example.com/',
} satisfies Record<keyof typeof submitOptions, unknown>;

function formFor(secondsLeft?: number): Reply {
  const expires_at = secondsLeft && new Date(new EagerClock().now() + secondsLeft * 1_000).toISOString();
  return { status: 201, body: { upload_key: 'uploads/ada/1', url: 'https://media.test/', fields: {}, expires_at } };
}

const cutAfter =
  (seconds: number): Turn =>
  (_, clock) => {
    clock.pass(seconds);
    return 'cut';
  };

const sendings = (requests: readonly SentRequest[]) =>
  requests.filter(({ url }) => url === 'https://media.test/').length;

const upload = (script: readonly Turn[]) => scriptedApi([form, ...script]);

describe('a photo', () => {
  it('goes up with the form and is processed, with one call', async () => {
    const { client, requests } = upload([stored, accepted(0), processed]);
    const keys: string[] = [];
    const options = { include_place: true, priority: 2, onUploaded: (key: string) => keys.push(key) };
    expect(await client.uploads.photo(new Blob([bytes], { type: 'image/png' }), options)).toEqual(pictures);
    expect(requests.map(({ method, url }) => `${method} ${url}`).slice(0, 3)).toEqual([
      'POST https://api.test/api/v1/uploads',
      'POST https://media.test/',
      'POST https://api.test/api/v1/jobs/image/process',
    ]);
    expect(JSON.parse(requests[0]?.body ?? '')).toEqual({ content_type: 'image/png' });
    expect(JSON.parse(requests[2]?.body ?? '')).toEqual({ upload_key: keys[0], include_place: true, priority: 2 });
    const fields = [...(requests[1]?.form ?? [])];
    expect(fields.map(([name]) => name)).toEqual(['key', 'policy', 'file']);
    expect(requests[1]?.headers.get('authorization'), 'the storage must not see the token').toBeNull();
  });

  it('is processed with every option of a submit that there is', async () => {
    const fields = { include_place: true, ...everySubmitOption };
    const { client, requests } = upload([stored, accepted(0), processed]);
    await client.uploads.photo(bytes, { ...fields, idempotencyKey: 'mine' });
    expect(JSON.parse(requests[2]?.body ?? '')).toEqual({ upload_key: 'uploads/ada/1', ...fields });
    expect(requests[2]?.headers.get('idempotency-key')).toBe('"mine"');
  });

  it('that does not know what it is counts as JPEG', async () => {
    const { client, requests } = upload([stored, accepted(0), processed]);
    await client.uploads.photo(new Blob([bytes]));
    expect(JSON.parse(requests[0]?.body ?? '')).toEqual({ content_type: 'image/jpeg' });
  });

  it('of bytes alone counts as JPEG unless it is said otherwise', async () => {
    const { client, requests } = upload([stored, accepted(0), processed]);
    await client.uploads.photo(bytes);
    expect(JSON.parse(requests[0]?.body ?? '')).toEqual({ content_type: 'image/jpeg' });
    const file = requests[1]?.form?.get('file');
    expect(file instanceof Blob && new Uint8Array(await file.arrayBuffer())).toEqual(bytes);
    const other = upload([stored, accepted(0), processed]);
    await other.client.uploads.photo(bytes, { contentType: 'image/webp' });
    expect(JSON.parse(other.requests[0]?.body ?? '')).toEqual({ content_type: 'image/webp' });
  });

  it('is sent again with the same form when the connection is lost, or the storage has a bad moment', async () => {
    const { client, requests } = upload(['cut', { status: 503, body: '<Error/>' }, stored, accepted(0), processed]);
    expect(await client.uploads.photo(bytes)).toEqual(pictures);
    expect(requests.map(({ url }) => url).filter((url) => url === 'https://media.test/')).toHaveLength(3);
    expect(requests.filter(({ url }) => url.endsWith('/uploads'))).toHaveLength(1);
  });

  it.each([
    ['whose connection is lost after 150 seconds', uploadFormSeconds, 150],
    ['whose connection is lost after 299 seconds', uploadFormSeconds, 299],
    ['with a form that does not say how long it is good,', undefined, 299],
    ['on a telephone whose clock is an hour fast', uploadFormSeconds - 3_600, 100],
  ])('%s is sent again', async (_, secondsLeft, secondsSent) => {
    const { client, requests } = scriptedApi([
      formFor(secondsLeft),
      cutAfter(secondsSent),
      stored,
      accepted(0),
      processed,
    ]);
    expect(await client.uploads.photo(bytes)).toEqual(pictures);
    expect(sendings(requests)).toBe(2);
  });

  it('is not sent again once its form has run out', async () => {
    const { client, requests } = scriptedApi([formFor(240), cutAfter(250), stored]);
    await expect(client.uploads.photo(bytes)).rejects.toMatchObject({ name: 'NetworkError' });
    expect(sendings(requests)).toBe(1);
  });

  it('of which nothing is heard is sent twice and then given up', async () => {
    const { client, requests } = scriptedApi([formFor(uploadFormSeconds), 'silent']);
    await expect(client.uploads.photo(bytes)).rejects.toMatchObject({ name: 'NetworkError' });
    expect(sendings(requests)).toBe(2);
  });

  it('that the storage refuses is not processed', async () => {
    const { client, requests } = upload([{ status: 400, body: '<Error><Code>EntityTooLarge</Code></Error>' }]);
    await expect(client.uploads.photo(bytes)).rejects.toMatchObject({ name: 'ProblemError', status: 400 });
    expect(requests).toHaveLength(2);
  });

  it('whose sending is aborted is not processed', async () => {
    const controller = new AbortController();
    const { client, requests } = upload([
      () => {
        controller.abort();
        return 'silent';
      },
    ]);
    const photo = client.uploads.photo(bytes, { signal: controller.signal });
    await expect(photo).rejects.toMatchObject({ name: 'AbortError' });
    expect(requests).toHaveLength(2);
  });
});
