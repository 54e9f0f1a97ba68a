/**
 * The endpoint against the real SDK clients, with recording services behind it. Sources:
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html
 * https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html
 */
import { once } from 'node:events';
import net from 'node:net';
import { Readable } from 'node:stream';
import { BedrockRuntimeClient, InvokeModelCommand } from '@aws-sdk/client-bedrock-runtime';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DescribeVoicesCommand, PollyClient } from '@aws-sdk/client-polly';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  getJobCommand,
  jsonObject,
  type RecordingEndpoint,
  startRecordingEndpoint,
} from '../support/recording-endpoint.ts';

let endpoint: RecordingEndpoint;
beforeAll(async () => {
  endpoint = await startRecordingEndpoint(() => Date.now());
});
beforeEach(() => {
  endpoint.seen = [];
  endpoint.answer = async () => jsonObject;
});
afterAll(() => endpoint.close());

test('hands a correctly signed request to the service of its credential scope', async () => {
  await endpoint.getJob();
  await new SQSClient(endpoint.clientOptions()).send(
    new ReceiveMessageCommand({ QueueUrl: `${endpoint.url}/000000000000/né-😀` }),
  );
  await endpoint.s3().send(new PutObjectCommand({ Bucket: 'b', Key: "a b+c/(d)'é!*", Body: 'hello' }));
  expect(endpoint.seen.map(({ service, accessKeyId }) => [service, accessKeyId])).toEqual([
    ['dynamodb', 'AKIDLOCAL'],
    ['sqs', 'AKIDLOCAL'],
    ['s3', 'AKIDLOCAL'],
  ]);
  expect(endpoint.seen[2]?.body.toString()).toBe('hello');
});

test('serves HTTP/2 clients with prior knowledge on the same port', async () => {
  await new PollyClient(endpoint.clientOptions()).send(new DescribeVoicesCommand({ LanguageCode: 'en-US' }));
  await new BedrockRuntimeClient(endpoint.clientOptions()).send(
    new InvokeModelCommand({ modelId: 'anthropic.claude-3-haiku-20240307-v1:0', body: '{"a":1}' }),
  );
  expect(endpoint.seen.map(({ service, path }) => [service, path])).toEqual([
    ['polly', '/v1/voices'],
    ['bedrock', '/model/anthropic.claude-3-haiku-20240307-v1%3A0/invoke'],
  ]);
  expect(endpoint.seen[1]?.body.toString()).toBe('{"a":1}');
});

test('takes the aws-chunked framing off a streamed upload and keeps its trailing checksum', async () => {
  const parts = [Buffer.alloc(70_000, 'a'), Buffer.alloc(5, 'b')];
  await endpoint
    .s3()
    .send(new PutObjectCommand({ Bucket: 'b', Key: 'k', Body: Readable.from(parts), ContentLength: 70_005 }));
  expect(endpoint.seen[0]?.body.equals(Buffer.concat(parts))).toBe(true);
  expect(endpoint.seen[0]?.headers).toMatchObject({ 'x-amz-checksum-crc32': expect.any(String) });
  expect(endpoint.seen[0]?.headers).not.toHaveProperty('content-encoding');
});

test('passes a browser’s form post and a CORS preflight to S3 unsigned, and refuses anything else unsigned', async () => {
  const form = new FormData();
  form.set('key', 'photo');
  await fetch(`${endpoint.url}/bucket`, { method: 'POST', body: form });
  await fetch(`${endpoint.url}/bucket/photo`, { method: 'OPTIONS' });
  expect(endpoint.seen.map(({ service, method, accessKeyId }) => [service, method, accessKeyId])).toEqual([
    ['s3', 'POST', undefined],
    ['s3', 'OPTIONS', undefined],
  ]);
  const anonymous = await fetch(`${endpoint.url}/bucket/photo`);
  expect([anonymous.status, await anonymous.text()]).toEqual([403, expect.stringContaining('AccessDenied')]);
});

test('names a service it does not stand in for', async () => {
  const command = getJobCommand();
  const options = { ...endpoint.clientOptions(), signingName: 'kinesis' };
  await expect(new DynamoDBClient(options).send(command)).rejects.toMatchObject({
    name: 'UnknownService',
    message: expect.stringContaining('"kinesis"'),
  });
});

test('answers 413 to a body over 64 MiB', async () => {
  const response = await fetch(`${endpoint.url}/b/k`, { method: 'PUT', body: Buffer.alloc(64 * 1024 * 1024 + 1) });
  expect(response.status).toBe(413);
});

test('answers 500 with the reason when a service fails', async () => {
  endpoint.answer = () => Promise.reject(new Error('disk on fire'));
  await expect(endpoint.getJob()).rejects.toMatchObject({
    name: 'InternalServerError',
    $metadata: { httpStatusCode: 500 },
  });
});

test('outlives callers that hang up in the middle of a body', async () => {
  for (const end of ['resetAndDestroy', 'end'] as const) {
    const socket = net.connect(Number(new URL(endpoint.url).port), '127.0.0.1');
    socket.resume().on('error', () => undefined);
    await once(socket, 'connect');
    socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{"Tab');
    socket[end]();
    await once(socket, 'close');
  }
  const partial = net.connect(Number(new URL(endpoint.url).port), '127.0.0.1');
  partial.end('PR');
  await once(partial.resume(), 'close');
  await endpoint.getJob();
  expect(endpoint.seen).toHaveLength(1);
});

test('tells the service when the caller of a long poll hangs up', async () => {
  const aborted = Promise.withResolvers<void>();
  const started = Promise.withResolvers<void>();
  endpoint.answer = ({ signal }) =>
    new Promise((resolve) => {
      started.resolve();
      signal.addEventListener('abort', () => {
        aborted.resolve();
        resolve({ status: 200 });
      });
    });
  const caller = new AbortController();
  const command = getJobCommand();
  const call = new DynamoDBClient(endpoint.clientOptions()).send(command, { abortSignal: caller.signal });
  await started.promise;
  caller.abort();
  await expect(call).rejects.toMatchObject({ name: 'AbortError' });
  await aborted.promise;
});
