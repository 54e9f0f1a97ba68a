// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
import { request as httpRequest } from 'node:http';
import { afterAll, describe, expect, test } from 'vitest';
import { startHttpApi } from '../../infra/local/aws/apigateway/http-api.ts';
import { startTestHttpApi } from '../support/local-http-api.ts';

const { url, web, clock, routes, call, eventOf, close } = await startTestHttpApi();
afterAll(close);

describe('routing', () => {
  test.each([
    ['GET', '/jobs/recent', 'GET /jobs/recent', undefined],
    ['GET', '/jobs/7', 'GET /jobs/{job_id}', { job_id: '7' }],
    ['DELETE', '/jobs/recent', 'ANY /jobs/{job_id}', { job_id: 'recent' }],
    ['GET', '/jobs/a%20b%2Fc', 'GET /jobs/{job_id}', { job_id: 'a b/c' }],
    ['GET', '/files/2026/may/1.png', 'GET /files/{proxy+}', { proxy: '2026/may/1.png' }],
  ])('%s %s goes to %s', async (method, path, routeKey, pathParameters) => {
    const event = await eventOf(path, { method });
    expect(event).toMatchObject(pathParameters ? { routeKey, pathParameters } : { routeKey });
  });

  test.each([
    ['GET', '/jobs/'],
    ['GET', '/files'],
    ['POST', '/files/a'],
    ['GET', '//jobs/1'],
    ['GET', '/'],
  ])('%s %s has no route and is the 404 of the gateway', async (method, path) => {
    const response = await call(path, { method });
    expect([response.status, await response.text()]).toEqual([404, '{"message":"Not Found"}']);
  });

  test('a badly encoded path is a 400', async () => {
    expect((await call('/jobs/%zz')).status).toBe(400);
  });

  test('the default route takes what no other route takes', async () => {
    const open = await startHttpApi({
      routes: [
        { routeKey: '$default', target: web },
        { routeKey: 'GET /jobs/{job_id}', target: web },
      ],
      port: 0,
      host: '127.0.0.1',
      log: () => {},
    });
    for (const [path, routeKey] of [
      ['/jobs/1', 'GET /jobs/{job_id}'],
      ['/elsewhere/1', '$default'],
      ['/', '$default'],
    ]) {
      expect(await (await fetch(open.url + path)).json()).toHaveProperty('routeKey', routeKey);
    }
    await open.close();
  });
});

describe('the event', () => {
  test('has the fields of payload format 2.0', async () => {
    const event = await eventOf('/jobs/7?status=failed&status=expired&name=San%20Jos%C3%A9', {
      headers: { cookie: 'a=1; b=2', 'User-Agent': 'phone', 'X-Trip': 'coast' },
    });
    expect(event).toMatchObject({
      version: '2.0',
      rawPath: '/jobs/7',
      rawQueryString: 'status=failed&status=expired&name=San%20Jos%C3%A9',
      queryStringParameters: { status: 'failed,expired', name: 'San José' },
      cookies: ['a=1', 'b=2'],
      headers: {
        'x-trip': 'coast',
        'x-forwarded-for': '127.0.0.1',
        'x-forwarded-proto': 'http',
        'x-amzn-trace-id': expect.stringMatching(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/),
      },
      isBase64Encoded: false,
      requestContext: {
        http: { method: 'GET', path: '/jobs/7', protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'phone' },
        routeKey: 'GET /jobs/{job_id}',
        stage: '$default',
        requestId: expect.stringMatching(/^.{15}=$/),
        time: expect.stringMatching(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/),
        timeEpoch: clock.now(),
      },
    });
    expect(event).not.toHaveProperty('headers.cookie');
    expect(event).not.toHaveProperty('body');
  });

  test('joins repeated headers with a comma', async () => {
    const event = await new Promise<string>((resolve, reject) => {
      const headers = { 'x-interest': ['history', 'food'] };
      httpRequest(`${url}/jobs/7`, { headers }, (response) => {
        response.setEncoding('utf8').once('data', resolve);
      })
        .on('error', reject)
        .end();
    });
    expect(JSON.parse(event).headers['x-interest']).toBe('history,food');
  });

  test.each([
    ['application/json', '{"name":"é"}', false],
    ['application/problem+json; charset=utf-8', '{}', false],
    ['text/plain', 'hello', false],
    ['application/x-www-form-urlencoded', 'a=1', true],
    ['image/png', Buffer.from([137, 0, 255]), true],
  ])('carries a body of %s', async (type, body, isBase64Encoded) => {
    const event = await eventOf('/bodies', { method: 'POST', body, headers: { 'content-type': type } });
    expect(event).toMatchObject({
      isBase64Encoded,
      body: isBase64Encoded ? Buffer.from(body).toString('base64') : body,
    });
  });
});

test('a taken port is an error that names it and the way out', async () => {
  const port = Number(new URL(url).port);
  const second = startHttpApi({ routes: [], port, host: '127.0.0.1', log: () => {} });
  await expect(second).rejects.toMatchObject({
    code: 'EADDRINUSE',
    message: `Port ${port} on 127.0.0.1 is taken. Stop what uses it, or choose another with --port.`,
  });
});

test('a route that names an unknown authorizer does not start unprotected', async () => {
  const started = startHttpApi({ routes, authorizers: {}, port: 0, host: '127.0.0.1', log: () => {} });
  await expect(started).rejects.toThrow('GET /private names an unknown authorizer: jwt');
});
