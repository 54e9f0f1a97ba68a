import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterAll, describe, expect, it } from 'vitest';
import { LinkedMedia } from '../../shared/adapters/s3/linked-media.ts';
import { S3MediaLinks } from '../../shared/adapters/s3/s3-media-links.ts';
import { S3MediaStore } from '../../shared/adapters/s3/s3-media-store.ts';
import { bucket, startLocalS3 } from '../support/local-s3.ts';

const local = await startLocalS3();
afterAll(local.close);

const signer = { region: 'us-east-1', accessKeyId: 'LOCALKEY', secretAccessKey: 'secret', endpoint: local.url };
const key = "speech/a story (1)'s *voice* & Cañon.mp3";

describe('a link', () => {
  it('can be read by anyone, and not once it is changed', async () => {
    await local.client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: 'speech' }));
    const link = new S3MediaLinks(bucket, signer, Date.now).link(key);
    expect(await (await fetch(link)).text()).toBe('speech');
    expect((await fetch(link.replace('speech/a', 'speech/b'))).status).toBe(403);
  });

  it('is the one that the SDK makes, with a role’s session token too', async () => {
    const now = Date.UTC(2026, 10, 25, 12);
    const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret', sessionToken: 'a/token+of=the role' };
    const client = new S3Client({ region: 'eu-west-1', credentials });
    const command = new GetObjectCommand({ Bucket: 'media-bucket', Key: key });
    const theirs = await getSignedUrl(client, command, { expiresIn: 3_600, signingDate: new Date(now) });
    const ours = new S3MediaLinks('media-bucket', { region: 'eu-west-1', ...credentials }, () => now).link(key);
    expect(parts(ours)).toEqual({ ...parts(theirs), signature: expect.any(String) });
  });
});

describe('a look by a link', () => {
  const looking = (different: Partial<typeof signer> = {}) =>
    new LinkedMedia(new S3MediaLinks(bucket, { ...signer, ...different }, Date.now));

  it('finds the properties an object was saved with', async () => {
    const properties = { duration: '4.25', billed: '1200' };
    await new S3MediaStore(local.client, bucket).save('speech/found.mp3', new Uint8Array(9), 'audio/mpeg', properties);
    expect(await looking().find('speech/found.mp3')).toEqual(properties);
  });

  it('finds nothing where there is nothing, or nothing that may be read', async () => {
    expect(await looking().find('speech/absent.mp3')).toBeUndefined();
    expect(await looking({ secretAccessKey: 'wrong' }).find('speech/found.mp3')).toBeUndefined();
  });
});

/** Everything but the signature and the operation's name, which the SDK adds and signs along. */
function parts(link: string) {
  const { host, pathname, searchParams } = new URL(link);
  const ignored = ['x-id', 'X-Amz-Content-Sha256', 'X-Amz-Signature', 'x-amz-checksum-mode'];
  const query = [...searchParams].filter(([name]) => !ignored.includes(name)).sort();
  return { host, path: decodeURIComponent(pathname), query, signature: searchParams.get('X-Amz-Signature') };
}
