import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import {
  GetObjectCommand,
  type GetObjectCommandInput,
  HeadObjectCommand,
  PutObjectCommand,
  type PutObjectCommandInput,
} from '@aws-sdk/client-s3';
import { afterAll, describe, expect, test } from 'vitest';
import { bucket, startLocalS3 } from '../support/local-s3.ts';

const local = await startLocalS3();
const { client, folder } = local;
afterAll(local.close);

const put = (Key: string, Body: PutObjectCommandInput['Body'], rest: Partial<PutObjectCommandInput> = {}) =>
  client.send(new PutObjectCommand({ Bucket: bucket, Key, Body, ...rest }));
const get = (Key: string, rest: Partial<GetObjectCommandInput> = {}) =>
  client.send(new GetObjectCommand({ Bucket: bucket, Key, ...rest }));
const head = (Key: string) => client.send(new HeadObjectCommand({ Bucket: bucket, Key }));
const text = async (Key: string, rest: Partial<GetObjectCommandInput> = {}) =>
  (await get(Key, rest)).Body?.transformToString();

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/range-get-olap.html */
describe('a range', () => {
  test.each([
    ['bytes=2-4', '234', 'bytes 2-4/10'],
    ['bytes=7-', '789', 'bytes 7-9/10'],
    ['bytes=-3', '789', 'bytes 7-9/10'],
    ['bytes=8-99', '89', 'bytes 8-9/10'],
    ['bytes=-99', '0123456789', 'bytes 0-9/10'],
  ])('%s of ten bytes gives %j', async (Range, body, ContentRange) => {
    await put('ten', '0123456789');
    const part = await get('ten', { Range });
    expect(part).toMatchObject({ ContentRange, AcceptRanges: 'bytes', $metadata: { httpStatusCode: 206 } });
    expect(await part.Body?.transformToString()).toBe(body);
  });

  test.each(['bytes=10-', 'bytes=-0'])('%s of ten bytes is not satisfiable', async (Range) => {
    await put('ten', '0123456789');
    await expect(get('ten', { Range })).rejects.toMatchObject({
      name: 'InvalidRange',
      $metadata: { httpStatusCode: 416 },
    });
  });

  test.each(['bytes=4-2', 'lines=1-2'])('%s is ignored', async (Range) => {
    await put('ten', '0123456789');
    expect(await text('ten', { Range })).toBe('0123456789');
  });
});

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-requests.html */
describe('a condition', () => {
  test('If-None-Match: * lets exactly one of many concurrent uploads through', async () => {
    const uploads = Array.from({ length: 10 }, (_, index) => put('once', String(index), { IfNoneMatch: '*' }));
    const results = await Promise.allSettled(uploads);
    const winner = results.findIndex((result) => result.status === 'fulfilled');
    const refusals = results.flatMap((result) => (result.status === 'rejected' ? [result.reason.name] : []));
    expect(refusals).toEqual(Array.from({ length: 9 }, () => 'PreconditionFailed'));
    expect(await text('once')).toBe(String(winner));
  });

  test('If-None-Match with the current tag answers 304 without a body', async () => {
    const { ETag } = await put('cached', 'x');
    await expect(get('cached', { IfNoneMatch: ETag })).rejects.toMatchObject({ $metadata: { httpStatusCode: 304 } });
    expect(await text('cached', { IfNoneMatch: '"other"' })).toBe('x');
  });
});

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html */
describe('a checksum', () => {
  test.each(['CRC32', 'SHA256'] as const)('%s is stored and given back when asked for', async (ChecksumAlgorithm) => {
    const name = `Checksum${ChecksumAlgorithm}` as const;
    const sent = await put('checked', 'x', { ChecksumAlgorithm });
    expect(sent[name]).toMatch(/=$/);
    expect((await get('checked', { ChecksumMode: 'ENABLED' }))[name]).toBe(sent[name]);
  });

  test.each([
    { ChecksumSHA256: createHash('sha256').update('other').digest('base64') },
    { ChecksumCRC32: 'AAAAAA==' },
    { ContentMD5: createHash('md5').update('other').digest('base64') },
  ])('of other bytes refuses the upload: %j', async (checksum) => {
    const files = readdirSync(folder).length;
    await expect(put('corrupt', 'x', checksum)).rejects.toMatchObject({ name: 'BadDigest' });
    await expect(head('corrupt')).rejects.toMatchObject({ name: 'NotFound' });
    expect(readdirSync(folder)).toHaveLength(files);
  });
});
