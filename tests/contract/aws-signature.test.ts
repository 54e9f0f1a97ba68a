/**
 * Which signatures the endpoint accepts, made by the real SDK clients. Sources:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
 */
import { once } from 'node:events';
import http from 'node:http';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DescribeVoicesCommand, PollyClient } from '@aws-sdk/client-polly';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { getJobCommand, type RecordingEndpoint, startRecordingEndpoint } from '../support/recording-endpoint.ts';

const noon = Date.UTC(2026, 10, 25, 12);
const minute = 60_000;
let endpoint: RecordingEndpoint;
let serverNow: number;

beforeAll(async () => {
  endpoint = await startRecordingEndpoint(() => serverNow);
});
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: noon });
  serverNow = noon;
  endpoint.seen = [];
});
afterAll(async () => {
  vi.useRealTimers();
  await endpoint.close();
});

test('refuses a wrong secret with each protocol’s own error', async () => {
  const wrong = { secretAccessKey: 'wrong' };
  await expect(endpoint.getJob(wrong)).rejects.toMatchObject({ name: 'InvalidSignatureException' });
  await expect(
    new PollyClient(endpoint.clientOptions(wrong)).send(new DescribeVoicesCommand({})),
  ).rejects.toMatchObject({
    name: 'InvalidSignatureException',
    $metadata: { httpStatusCode: 403 },
  });
  await expect(endpoint.s3(wrong).send(new GetObjectCommand({ Bucket: 'b', Key: 'k' }))).rejects.toMatchObject({
    name: 'SignatureDoesNotMatch',
  });
  expect(endpoint.seen).toEqual([]);
});

test('refuses an access key nobody owns', async () => {
  const stranger = { accessKeyId: 'AKIDSTRANGER' };
  await expect(endpoint.getJob(stranger)).rejects.toMatchObject({ name: 'UnrecognizedClientException' });
  await expect(endpoint.s3(stranger).send(new GetObjectCommand({ Bucket: 'b', Key: 'k' }))).rejects.toMatchObject({
    name: 'InvalidAccessKeyId',
  });
});

test.each([-16 * minute, 16 * minute])('refuses a signature whose clock is %i ms off', async (skewMs) => {
  serverNow = noon + skewMs;
  await expect(endpoint.getJob()).rejects.toMatchObject({ name: 'InvalidSignatureException' });
  expect(endpoint.seen).toEqual([]);
});

test('accepts a signing clock that is 14 minutes off', async () => {
  serverNow = noon + 14 * minute;
  await endpoint.getJob();
  expect(endpoint.seen).toHaveLength(1);
});

test('refuses a body, a header or a query that was changed after signing', async () => {
  const relays = [await tamperingRelay((body) => body), await tamperingRelay((body) => body.replace('J#1', 'J#2'))];
  const [untouched, tampered] = relays.map(({ url }) => {
    return new DynamoDBClient({ ...endpoint.clientOptions(), endpoint: url }).send(getJobCommand());
  });
  await expect(untouched).resolves.toBeDefined();
  await expect(tampered).rejects.toMatchObject({ name: 'InvalidSignatureException' });
  await Promise.all(relays.map((relay) => relay.close()));
  endpoint.seen = [];
  const url = await getSignedUrl(endpoint.s3(), new GetObjectCommand({ Bucket: 'b', Key: 'k' }));
  expect((await fetch(url.replace('/b/k', '/b/other'))).status).toBe(403);
  expect((await fetch(`${url}&versionId=1`)).status).toBe(403);
  expect((await fetch(url, { headers: { 'x-amz-acl': 'public-read' } })).status).toBe(403);
  expect(endpoint.seen).toEqual([]);
});

test('honours a presigned URL until it expires', async () => {
  const url = await getSignedUrl(endpoint.s3(), new GetObjectCommand({ Bucket: 'b', Key: 'k' }), { expiresIn: 60 });
  serverNow = noon + minute;
  expect((await fetch(url)).status).toBe(200);
  expect(endpoint.seen[0]).toMatchObject({ service: 's3', accessKeyId: 'AKIDLOCAL', path: '/b/k' });
  serverNow = noon + minute + 1000;
  const late = await fetch(url);
  expect(late.status).toBe(403);
  expect(await late.text()).toMatch(/<Code>AccessDenied<\/Code><Message>Request has expired/);
});

/** Stands between client and endpoint and changes the text of each request, but not its Host header. */
async function tamperingRelay(change: (body: string) => string) {
  const server = http.createServer(async (incoming, outgoing) => {
    const body = change((await incoming.toArray()).join(''));
    const { method, headers } = incoming;
    const forwarded = http.request(endpoint.url, { method, headers }, (response) => {
      outgoing.writeHead(response.statusCode ?? 500, response.headers);
      response.pipe(outgoing);
    });
    forwarded.end(body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { url: `http://127.0.0.1:${port}`, close: () => new Promise((resolve) => server.close(resolve)) };
}
