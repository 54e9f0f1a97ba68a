import { HeadObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, describe, expect, test } from 'vitest';
import { bucket, signForm, startLocalS3, xmlText } from '../support/local-s3.ts';

const local = await startLocalS3();
const { client, clock, url } = local;
afterAll(local.close);

const head = (Key: string) => client.send(new HeadObjectCommand({ Bucket: bucket, Key }));

interface Upload {
  readonly fields: Readonly<Record<string, string>>;
  readonly file?: string;
  readonly fileName?: string;
}

async function post({ fields, file = 'JPEG', fileName = 'me.jpg' }: Upload) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append('file', new Blob([file], { type: 'image/jpeg' }), fileName);
  const response = await fetch(`${url}/${bucket}`, { method: 'POST', body: form });
  const body = await response.text();
  return { status: response.status, code: xmlText(body, 'Code'), message: xmlText(body, 'Message'), body };
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html */
describe('a browser form', () => {
  const fields = { key: `uploads/me/\${filename}`, 'Content-Type': 'image/jpeg', 'x-amz-meta-owner': 'me' };
  const conditions = [
    { bucket },
    ['starts-with', '$key', 'uploads/me/'],
    ['eq', '$Content-Type', 'image/jpeg'],
    ['starts-with', '$x-amz-meta-owner', ''],
    ['content-length-range', 2, 10],
  ];
  const later = () => clock.now() + 60_000;
  const signed = (changed: Record<string, string> = {}, more: readonly unknown[] = []) => ({
    ...signForm(fields, [...conditions, ...more], { expiresAt: later() }),
    ...changed,
  });

  test('uploads the file under its name, with type and metadata', async () => {
    expect(await post({ fields: signed() })).toMatchObject({ status: 204, body: '' });
    expect(await head('uploads/me/me.jpg')).toMatchObject({
      ContentType: 'image/jpeg',
      ContentLength: 4,
      Metadata: { owner: 'me' },
    });
  });

  test('answers 201 with the object’s place when asked to', async () => {
    const asked = { success_action_status: '201' };
    const result = await post({ fields: signed(asked, [asked]) });
    expect(result.status).toBe(201);
    expect(xmlText(result.body, 'Key')).toBe('uploads/me/me.jpg');
  });

  test.each<[string, Partial<Upload>, string, number]>([
    ['a key outside the prefix', { fields: signed({ key: 'uploads/you/x' }) }, 'AccessDenied', 403],
    ['a file name that leaves the prefix alone', { fields: signed({ key: `\${filename}` }) }, 'AccessDenied', 403],
    ['another type', { fields: signed({ 'Content-Type': 'text/html' }) }, 'AccessDenied', 403],
    [
      'a missing field',
      { fields: signForm({ key: 'uploads/me/x' }, conditions, { expiresAt: later() }) },
      'AccessDenied',
      403,
    ],
    ['a field without condition', { fields: signed({ 'Cache-Control': 'no-cache' }) }, 'AccessDenied', 403],
    ['a file too small', { fields: signed(), file: 'x' }, 'EntityTooSmall', 400],
    ['a file too large', { fields: signed(), file: 'x'.repeat(11) }, 'EntityTooLarge', 400],
    [
      'another bucket',
      { fields: signForm(fields, [{ bucket: 'other' }, ...conditions.slice(1)], { expiresAt: later() }) },
      'AccessDenied',
      403,
    ],
    [
      'a wrong secret',
      { fields: signForm(fields, conditions, { expiresAt: later(), secret: 'guess' }) },
      'SignatureDoesNotMatch',
      403,
    ],
    [
      'an unknown key id',
      { fields: signForm(fields, conditions, { expiresAt: later(), accessKeyId: 'X' }) },
      'InvalidAccessKeyId',
      403,
    ],
    [
      'a policy changed after signing',
      { fields: signed({ Policy: Buffer.from('{"conditions":[]}').toString('base64') }) },
      'SignatureDoesNotMatch',
      403,
    ],
    ['no policy', { fields }, 'AccessDenied', 403],
    [
      'an expired policy',
      { fields: signForm(fields, conditions, { expiresAt: clock.now() - 1 }) },
      'AccessDenied',
      403,
    ],
  ])('is refused with %s', async (_, upload, code, status) => {
    expect(await post({ fields, fileName: 'refused.jpg', ...upload })).toMatchObject({ code, status });
    await expect(head('uploads/me/refused.jpg')).rejects.toMatchObject({ name: 'NotFound' });
  });

  test('that is no multipart form is malformed', async () => {
    const headers = { 'content-type': 'multipart/form-data; boundary=x' };
    const response = await fetch(`${url}/${bucket}`, { method: 'POST', body: 'nonsense', headers });
    expect([response.status, xmlText(await response.text(), 'Code')]).toEqual([400, 'MalformedPOSTRequest']);
  });
});
