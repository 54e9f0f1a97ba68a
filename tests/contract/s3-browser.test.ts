import { GetObjectCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterAll, describe, expect, test } from 'vitest';
import { bucket, startLocalS3, xmlText } from '../support/local-s3.ts';

const app = 'https://app.example.com';
const local = await startLocalS3({
  CorsConfiguration: {
    CorsRules: [
      {
        AllowedHeaders: ['*'],
        AllowedMethods: ['GET', 'PUT', 'POST'],
        AllowedOrigins: [app, 'http://localhost:*'],
        ExposedHeaders: ['ETag'],
        MaxAge: 3600,
      },
      { AllowedHeaders: ['x-amz-meta-*'], AllowedMethods: ['HEAD'], AllowedOrigins: ['*'] },
    ],
  },
});
const { client, url } = local;
afterAll(local.close);

const head = (Key: string) => client.send(new HeadObjectCommand({ Bucket: bucket, Key }));
const signPut = (Key: string, ContentType?: string) =>
  getSignedUrl(client, new PutObjectCommand({ Bucket: bucket, Key, ContentType }), { expiresIn: 60 });

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-presigned-url.html */
describe('a presigned URL', () => {
  test('uploads an object, with the type it was sent with', async () => {
    const response = await fetch(await signPut('photo', 'image/png'), {
      method: 'PUT',
      body: 'PNG',
      headers: { 'content-type': 'image/png' },
    });
    expect([response.status, await response.text()]).toEqual([200, '']);
    expect(await head('photo')).toMatchObject({ ContentType: 'image/png', ContentLength: 3 });
  });

  test('uploads an object of no stated type as binary/octet-stream', async () => {
    await fetch(await signPut('untyped'), { method: 'PUT', body: new Uint8Array([1]) });
    expect(await head('untyped')).toMatchObject({ ContentType: 'binary/octet-stream' });
  });

  test('downloads an object or a range of it, with the headers that the URL overrides', async () => {
    await client.send(
      new PutObjectCommand({ Bucket: bucket, Key: 'story', Body: 'once upon', ContentType: 'text/plain' }),
    );
    const overrides = { ResponseContentType: 'audio/mpeg', ResponseContentDisposition: 'attachment; filename="q.mp3"' };
    const signed = await getSignedUrl(client, new GetObjectCommand({ Bucket: bucket, Key: 'story', ...overrides }));
    const response = await fetch(signed, { headers: { range: 'bytes=0-3' } });
    expect([response.status, await response.text()]).toEqual([206, 'once']);
    expect(response.headers.get('content-type')).toBe('audio/mpeg');
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="q.mp3"');
  });

  test('has expired after its time, and serves no other key', async () => {
    const signingDate = new Date(Date.now() - 61_000);
    const command = new GetObjectCommand({ Bucket: bucket, Key: 'story' });
    const expired = await fetch(await getSignedUrl(client, command, { expiresIn: 60, signingDate }));
    expect([expired.status, xmlText(await expired.text(), 'Code')]).toEqual([403, 'AccessDenied']);
    const other = await fetch((await getSignedUrl(client, command)).replace('/story', '/photo'));
    expect([other.status, xmlText(await other.text(), 'Code')]).toEqual([403, 'SignatureDoesNotMatch']);
    expect((await fetch(`${url}/${bucket}/story`)).status).toBe(403);
  });
});

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/cors.html and https://docs.aws.amazon.com/AmazonS3/latest/API/RESTOPTIONSobject.html */
describe('CORS', () => {
  const preflight = (origin: string, method: string, headers?: string) =>
    fetch(`${url}/${bucket}/photo`, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': method,
        ...(headers !== undefined && { 'access-control-request-headers': headers }),
      },
    });

  test.each([app, 'http://localhost:5173'])('allows a preflight from %s', async (origin) => {
    const response = await preflight(origin, 'PUT', 'Content-Type, x-amz-meta-owner');
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'access-control-allow-origin': origin,
      'access-control-allow-methods': 'GET, PUT, POST',
      'access-control-allow-headers': 'content-type, x-amz-meta-owner',
      'access-control-allow-credentials': 'true',
      'access-control-max-age': '3600',
      vary: 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method',
    });
  });

  test.each([
    ['another origin', 'https://evil.example.com', 'PUT', undefined],
    ['another method', app, 'DELETE', undefined],
    ['a header of no rule', app, 'HEAD', 'authorization'],
  ])('forbids a preflight with %s', async (_, origin, method, headers) => {
    const response = await preflight(origin, method, headers);
    expect([response.status, xmlText(await response.text(), 'Code')]).toEqual([403, 'AccessForbidden']);
    expect(response.headers.has('access-control-allow-origin')).toBe(false);
  });

  test('uses the first rule that fits, here one for any origin', async () => {
    const response = await preflight(app, 'HEAD', 'x-amz-meta-owner');
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(response.headers.has('access-control-allow-credentials')).toBe(false);
  });

  test('lets the app read answers and refusals alike, and nobody else', async () => {
    const absent = await getSignedUrl(client, new GetObjectCommand({ Bucket: bucket, Key: 'absent' }));
    const allowed = await fetch(absent, { headers: { origin: app } });
    expect([allowed.status, allowed.headers.get('access-control-allow-origin')]).toEqual([404, app]);
    expect(allowed.headers.get('access-control-expose-headers')).toBe('ETag');
    const foreign = await fetch(absent, { headers: { origin: 'https://evil.example.com' } });
    expect([foreign.status, foreign.headers.has('access-control-allow-origin')]).toEqual([404, false]);
  });
});
