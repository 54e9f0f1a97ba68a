// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
import { request as httpRequest } from 'node:http';
import { afterAll, describe, expect, test } from 'vitest';
import { APP, startTestHttpApi } from '../support/local-http-api.ts';

const { url, lines, call, answering, close } = await startTestHttpApi();
afterAll(close);

describe('the response', () => {
  test('is inferred when there is no status code', async () => {
    for (const [answer, body] of [
      [{ a: 1 }, '{"a":1}'],
      ['hello', 'hello'],
      [null, 'null'],
    ] as const) {
      const response = await answering(answer);
      expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([
        200,
        'application/json',
        body,
      ]);
    }
  });

  test('passes status, headers, cookies and binary bodies on', async () => {
    const response = await answering({
      statusCode: 202,
      headers: { Location: '/jobs/9', 'Retry-After': 2, 'Content-Type': 'audio/wav' },
      cookies: ['a=1; HttpOnly', 'b=2'],
      body: Buffer.from([1, 2, 255]).toString('base64'),
      isBase64Encoded: true,
    });
    expect(response.status).toBe(202);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      location: '/jobs/9',
      'retry-after': '2',
      'content-type': 'audio/wav',
      'apigw-requestid': expect.any(String),
    });
    expect(response.headers.getSetCookie()).toEqual(['a=1; HttpOnly', 'b=2']);
    expect([...new Uint8Array(await response.arrayBuffer())]).toEqual([1, 2, 255]);
  });

  test('has text/plain when a body comes without a content type, and no body with 304', async () => {
    expect((await answering({ statusCode: 200, body: 'x' })).headers.get('content-type')).toBe(
      'text/plain;charset=UTF-8',
    );
    const notModified = await answering({ statusCode: 304, headers: { etag: '"7"' } });
    expect([notModified.status, notModified.headers.get('etag'), await notModified.text()]).toEqual([304, '"7"', '']);
  });

  test.each([
    ['a thrown error', 'throw'],
    ['a status code that is none', JSON.stringify({ statusCode: 'ok' })],
    ['a body that is not text', JSON.stringify({ statusCode: 200, body: { a: 1 } })],
    ['a header that HTTP cannot carry', JSON.stringify({ statusCode: 200, headers: { 'x-a': 'b\nc' } })],
  ])('is a bare 500 after %s', async (_what, answer) => {
    const response = await call('/jobs/1', { headers: { 'x-answer': answer } });
    expect([response.status, await response.text()]).toEqual([500, '{"message":"Internal Server Error"}']);
  });

  test('is a 503 when the function is throttled or takes over 30 seconds', async () => {
    for (const path of ['/busy', '/stuck']) {
      const response = await call(path);
      expect([response.status, await response.text()]).toEqual([503, '{"message":"Service Unavailable"}']);
    }
    expect(lines).toContain('GET /stuck: no answer within 30 s');
  });
});

describe('limits', () => {
  test('a body over 10 MB is a 413, and so is one Lambda would not take', async () => {
    for (const bytes of [10_485_761, 7_000_000]) {
      const response = await call('/bodies', { method: 'POST', body: Buffer.alloc(bytes) });
      expect([response.status, await response.text()]).toEqual([413, '{"message":"Request Entity Too Large"}']);
    }
  });

  test('headers over 10,240 bytes are a 431', async () => {
    expect((await call('/jobs/1', { headers: { 'x-long': 'x'.repeat(10_240) } })).status).toBe(431);
  });

  test('a client that hangs up half-way harms nobody', async () => {
    await new Promise((resolve) => {
      const request = httpRequest(`${url}/bodies`, { method: 'POST', headers: { 'content-length': 1000 } });
      request.on('error', resolve);
      request.write('half', () => request.destroy(new Error('gone')));
    });
    expect((await call('/jobs/1')).status).toBe(200);
  });
});

describe('CORS', () => {
  const preflight = (path: string, origin: string, headers = {}) =>
    call(path, { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'GET', ...headers } });

  test('a preflight is answered before the authorizer of a route for one method', async () => {
    const response = await preflight('/private', APP);
    expect(response.status).toBe(204);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'access-control-allow-origin': APP,
      'access-control-allow-methods': 'GET,POST',
      'access-control-allow-headers': 'authorization,content-type',
      'access-control-max-age': '600',
    });
  });

  test('a preflight of an ANY route with an authorizer is refused, as on AWS', async () => {
    expect((await preflight('/guarded', APP)).status).toBe(401);
  });

  test('a foreign origin is told nothing', async () => {
    const responses = [
      await preflight('/private', 'https://evil.test'),
      await call('/jobs/1', { headers: { origin: 'https://evil.test' } }),
    ];
    for (const response of responses) expect(response.headers.get('access-control-allow-origin')).toBeNull();
  });

  test.each(['/jobs/1', '/private', '/nowhere', '/busy'])('every answer carries it: %s', async (path) => {
    const response = await call(path, { headers: { origin: APP } });
    expect(response.headers.get('access-control-allow-origin')).toBe(APP);
    expect(response.headers.get('access-control-expose-headers')).toBe('etag');
  });

  test("replaces the function's own headers", async () => {
    const answer = { statusCode: 200, headers: { 'Access-Control-Allow-Origin': '*' }, body: '' };
    const headers = { origin: 'https://evil.test', 'x-answer': JSON.stringify(answer) };
    expect((await call('/jobs/1', { headers })).headers.get('access-control-allow-origin')).toBeNull();
  });
});
