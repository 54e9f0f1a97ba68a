import { GetObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, describe, expect, it } from 'vitest';
import { signUploadForm, type Upload } from '../../shared/adapters/s3/upload-form.ts';
import { bucket, startLocalS3, xmlText } from '../support/local-s3.ts';
import { postForm } from '../support/upload-photo.ts';

const local = await startLocalS3();
const { client, clock, url } = local;
afterAll(local.close);

const signer = { region: 'us-east-1', accessKeyId: 'LOCALKEY', secretAccessKey: 'secret', endpoint: url };
const photo = Buffer.from('a photo');

const wanted = (): Upload => ({
  bucket,
  key: 'uploads/ada/1',
  contentType: 'image/jpeg',
  maxBytes: 10,
  now: clock.now(),
  expiresAt: clock.now() + 60_000,
});

describe('an upload form', () => {
  it('uploads under its key, with its type', async () => {
    expect((await postForm(signUploadForm(wanted(), signer), photo)).status).toBe(204);
    const { Body, ContentType } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: wanted().key }));
    expect(ContentType).toBe('image/jpeg');
    expect(await Body?.transformToString()).toBe('a photo');
  });

  it('signed by a role carries the session token, and holds it fast', async () => {
    const form = signUploadForm(wanted(), { ...signer, sessionToken: 'token' });
    expect(form.fields['X-Amz-Security-Token']).toBe('token');
    expect((await postForm(form, photo)).status).toBe(204);
    const { 'X-Amz-Security-Token': _, ...without } = form.fields;
    expect((await postForm({ ...form, fields: without }, photo)).status).toBe(403);
  });

  it.each([
    ['a byte too many', {}, Buffer.alloc(11), 400, 'EntityTooLarge'],
    ['nothing in it', {}, Buffer.alloc(0), 400, 'EntityTooSmall'],
    ['another key', { key: 'uploads/eve/1' }, photo, 403, 'AccessDenied'],
    ['another type', { 'Content-Type': 'text/html' }, photo, 403, 'AccessDenied'],
    ['a field more', { 'x-amz-meta-owner': 'eve' }, photo, 403, 'AccessDenied'],
  ])('with %s is refused', async (_, changed, file, status, code) => {
    const form = signUploadForm(wanted(), signer);
    const response = await postForm({ ...form, fields: { ...form.fields, ...changed } }, file);
    expect([response.status, xmlText(await response.text(), 'Code')]).toEqual([status, code]);
  });

  it('is refused once it has expired, and when another secret signed it', async () => {
    const late = signUploadForm({ ...wanted(), expiresAt: clock.now() - 1 }, signer);
    expect(await (await postForm(late, photo)).text()).toContain('Policy expired');
    const forged = signUploadForm(wanted(), { ...signer, secretAccessKey: 'guess' });
    expect(await (await postForm(forged, photo)).text()).toContain('SignatureDoesNotMatch');
  });

  it('goes to the bucket’s own host at AWS', () => {
    const { endpoint: _, ...atAws } = signer;
    expect(signUploadForm(wanted(), atAws).url).toBe('https://media.s3.us-east-1.amazonaws.com/');
  });
});
