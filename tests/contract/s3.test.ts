import { createHash, randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { request } from 'node:http';
import { Readable } from 'node:stream';
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  type GetObjectCommandInput,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type PutObjectCommandInput,
} from '@aws-sdk/client-s3';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { bucket, startLocalS3 } from '../support/local-s3.ts';

const local = await startLocalS3();
const { client, clock, folder } = local;
afterAll(local.close);

const put = (Key: string, Body: PutObjectCommandInput['Body'], rest: Partial<PutObjectCommandInput> = {}) =>
  client.send(new PutObjectCommand({ Bucket: bucket, Key, Body, ...rest }));
const get = (Key: string, rest: Partial<GetObjectCommandInput> = {}) =>
  client.send(new GetObjectCommand({ Bucket: bucket, Key, ...rest }));
const head = (Key: string) => client.send(new HeadObjectCommand({ Bucket: bucket, Key }));
const text = async (Key: string, rest: Partial<GetObjectCommandInput> = {}) =>
  (await get(Key, rest)).Body?.transformToString();

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html and API_GetObject.html */
describe('an object', () => {
  test('comes back with its bytes, type, metadata and headers', async () => {
    const bytes = randomBytes(1_000_000);
    const headers = {
      ContentType: 'audio/mpeg',
      CacheControl: 'max-age=5',
      ContentDisposition: 'attachment; filename="x"',
      ContentEncoding: 'identity',
      Metadata: { owner: 'me' },
    };
    const { ETag } = await put('audio', bytes, headers);
    const found = await get('audio');
    expect(found).toMatchObject({ ...headers, ETag, ContentLength: 1_000_000, LastModified: new Date(clock.now()) });
    expect(Buffer.from((await found.Body?.transformToByteArray()) ?? [])).toEqual(bytes);
    expect(ETag).toBe(`"${createHash('md5').update(bytes).digest('hex')}"`);
  });

  test('uploaded as a stream in chunks is stored without its framing', async () => {
    const body = Readable.from([Buffer.alloc(70_000, 1), Buffer.alloc(9, 2)]);
    await put('streamed', body, { ContentLength: 70_009, ContentEncoding: 'gzip' });
    expect(await head('streamed')).toMatchObject({ ContentLength: 70_009, ContentEncoding: 'gzip' });
    expect(await (await get('streamed', { Range: 'bytes=-10' })).Body?.transformToByteArray()).toEqual(
      new Uint8Array([1, ...Array.from({ length: 9 }, () => 2)]),
    );
  });

  test.each(['', 'x'])('is described by HEAD with its length, for the body %j', async (body) => {
    await put('described', Buffer.from(body));
    const { ContentLength, $metadata } = await head('described');
    expect([ContentLength, $metadata.httpStatusCode]).toEqual([body.length, 200]);
    expect(await text('described')).toBe(body);
  });

  test('is replaced by a second upload, whose file alone remains', async () => {
    await put('replaced', 'first');
    const files = readdirSync(folder).length;
    await put('replaced', 'second');
    expect(await text('replaced')).toBe('second');
    expect(readdirSync(folder)).toHaveLength(files);
  });

  test.each(['a b+c/é 🚗.txt', '../../../../evil', '/leading', 'a//b', '.', 'per%20cent', "quote'(x)*!"])(
    'is found again under the key %j, and its file stays in the folder',
    async (key) => {
      await put(key, key);
      expect(await text(key)).toBe(key);
      expect(readdirSync(folder).every((name) => /^[0-9a-f-]{36}$/.test(name))).toBe(true);
      expect(readdirSync(local.root).sort()).toEqual(['index.db', 'objects']);
    },
  );

  test('can be read at any moment while uploads replace it', async () => {
    await put('contended', '0'.repeat(1000));
    const uploads = Array.from({ length: 20 }, (_, index) => put('contended', String(index % 10).repeat(1000)));
    const reads = Array.from({ length: 40 }, () => text('contended'));
    for (const body of await Promise.all(reads)) expect(body).toMatch(/^(\d)\1{999}$/);
    await Promise.all(uploads);
  });

  test('is gone after its deletion, which may be repeated', async () => {
    await put('deleted', 'x');
    const files = readdirSync(folder).length;
    const command = new DeleteObjectCommand({ Bucket: bucket, Key: 'deleted' });
    for (const _ of [1, 2]) expect((await client.send(command)).$metadata.httpStatusCode).toBe(204);
    await expect(get('deleted')).rejects.toMatchObject({ name: 'NoSuchKey', $metadata: { httpStatusCode: 404 } });
    await expect(head('deleted')).rejects.toMatchObject({ name: 'NotFound', $metadata: { httpStatusCode: 404 } });
    expect(readdirSync(folder)).toHaveLength(files - 1);
  });

  test('with a key over 1024 bytes is refused', async () => {
    await expect(put('é'.repeat(513), 'x')).rejects.toMatchObject({ name: 'KeyTooLongError' });
  });

  test('in an unknown bucket is refused', async () => {
    const command = new GetObjectCommand({ Bucket: 'unknown', Key: 'x' });
    await expect(client.send(command)).rejects.toMatchObject({ name: 'NoSuchBucket' });
  });
});

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html */
test('lists a prefix page by page, in the order of UTF-8 bytes', async () => {
  const keys = ['list/\u{1F697}', 'list/\uFFFD', 'list/B', 'list/a', 'list/a&<b>', 'list/a b'];
  for (const key of [...keys, 'elsewhere']) await put(key, key);
  const listed: (string | undefined)[] = [];
  let ContinuationToken: string | undefined;
  do {
    const page = await client.send(
      new ListObjectsV2Command({ Bucket: bucket, Prefix: 'list/', MaxKeys: 2, ContinuationToken }),
    );
    expect(page.KeyCount).toBe(2);
    listed.push(...(page.Contents ?? []).map((object) => object.Key));
    ContinuationToken = page.NextContinuationToken;
  } while (ContinuationToken !== undefined);
  expect(listed).toEqual([...keys].sort((left, right) => Buffer.compare(Buffer.from(left), Buffer.from(right))));
});

test('an upload cut off in the middle leaves nothing behind, and the next request is served', async () => {
  const files = readdirSync(folder).length;
  const upload = request(`${local.url}/${bucket}/half`, { method: 'PUT', headers: { 'content-length': '1000' } });
  const isOver = vi.fn();
  upload.on('error', isOver);
  upload.write('x'.repeat(10), () => upload.destroy());
  await vi.waitFor(() => expect(isOver).toHaveBeenCalled());
  await put('after', 'x');
  await expect(head('half')).rejects.toMatchObject({ name: 'NotFound' });
  expect(readdirSync(folder)).toHaveLength(files + 1);
});

test('names the operation it does not implement', async () => {
  const copy = client.send(new CopyObjectCommand({ Bucket: bucket, Key: 'copy', CopySource: `${bucket}/x` }));
  await expect(copy).rejects.toMatchObject({ name: 'NotImplemented', message: 'NotImplemented: CopyObject' });
  const tagging = client.send(new GetObjectTaggingCommand({ Bucket: bucket, Key: 'x' }));
  await expect(tagging).rejects.toMatchObject({
    name: 'NotImplemented',
    message: 'NotImplemented: GET /media/x?tagging=',
  });
});
