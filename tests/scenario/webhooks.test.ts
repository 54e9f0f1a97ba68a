import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { type ClientRequest, IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { verifyWebhook } from '../../shared/client/index.ts';
import { hasEnded, jobWhen, problemOf, submit } from '../support/api-client.ts';
import { startTestCloud, type TestCloud } from '../support/local-cloud.ts';
import {
  loopbackCertificate,
  type ReceivedWebhook,
  type ScriptedReply,
  startWebhookReceiver,
  type WebhookReceiver,
} from '../support/webhook-receiver.ts';

const root = path.resolve(import.meta.dirname, '../..');

let script: (request: ReceivedWebhook) => ScriptedReply;
let receiver: WebhookReceiver;
let cloud: TestCloud;
/** Where nobody listens until the example does. */
let examplePort: number;
beforeAll(async () => {
  const gone = await startWebhookReceiver();
  examplePort = gone.port;
  await gone.close();
  receiver = await startWebhookReceiver((request) => script(request));
  cloud = await startTestCloud({
    callbackTests: {
      origins: [receiver.origin, `https://localhost:${examplePort}`],
      certificateAuthority: receiver.certificateAuthority,
    },
  });
});
afterAll(async () => {
  await cloud.close();
  await receiver.close();
});
beforeEach(() => {
  script = () => ({ status: 204 });
});

const hello = { text: 'Hello from the road.' };

async function secretOf(owner: string): Promise<string> {
  const response = await cloud.call('/webhooks/secret', { owner });
  return z.object({ secret: z.string() }).parse(await response.json()).secret;
}

const messagesAbout = (jobId: string) => receiver.received.filter(({ body }) => body.includes(jobId));

describe('a job with a callback', () => {
  it('is told of at its end, once, in a message that its owner can verify', async () => {
    const { job_id } = await submit(cloud, '/jobs/voice/synthesize', {
      ...hello,
      callback_url: `${receiver.origin}/hook?tenant=7`,
    });
    const job = await jobWhen(cloud, job_id, ({ deliveries }) => deliveries?.[0]?.status_code !== undefined);
    expect(job).toMatchObject({ status: 'completed', deliveries: [{ attempt: 1, status_code: 204 }] });
    const messages = messagesAbout(job_id);
    expect(messages).toHaveLength(1);
    const { path: target, headers, body } = messages[0] ?? { path: '', headers: {}, body: '' };
    expect(target).toBe('/hook?tenant=7');
    expect(await verifyWebhook(headers, body, await secretOf('ada'))).toMatchObject({
      type: 'job.completed',
      data: { job_id, type: 'synthesize_voice', status: 'completed', ended_at: job.ended_at },
    });
    await expect(verifyWebhook(headers, body, await secretOf('grace'))).rejects.toMatchObject({
      code: 'signature_wrong',
    });
    expect(job.links.delivery).toBe(`/api/v1/jobs/status/${headers['webhook-id']}`);
  });

  it('is told of again, under the same id, when the receiver was not ready, and whoever follows the job sees it', async () => {
    let refusals = 0;
    script = () => ({ status: refusals++ === 0 ? 503 : 200 });
    const { job_id } = await submit(cloud, '/jobs/voice/synthesize', { ...hello, callback_url: `${receiver.origin}/` });
    const waiting = await jobWhen(cloud, job_id, ({ deliveries }) => deliveries?.[0]?.next_at !== undefined);
    expect(waiting.deliveries).toMatchObject([{ attempt: 1, status_code: 503 }]);
    const etag = (await cloud.call(`/jobs/status/${job_id}`)).headers.get('etag') ?? '';
    const unchanged = await cloud.call(`/jobs/status/${job_id}`, { headers: { 'if-none-match': etag } });
    expect(unchanged.status).toBe(304);
    const job = await jobWhen(cloud, job_id, ({ deliveries }) => deliveries?.[1]?.status_code !== undefined);
    expect(job.deliveries).toMatchObject([{ status_code: 503 }, { attempt: 2, status_code: 200 }]);
    const changed = await cloud.call(`/jobs/status/${job_id}`, { headers: { 'if-none-match': etag } });
    expect(changed.status).toBe(200);
    const [first, second] = messagesAbout(job_id);
    expect(second?.headers['webhook-id']).toBe(first?.headers['webhook-id']);
    expect(second?.body).toBe(first?.body);
  });

  it('that is cancelled is told of, and a receiver that is gone ends the delivery, which no list shows', async () => {
    script = () => ({ status: 410 });
    const { job_id } = await submit(cloud, '/jobs/voice/synthesize', {
      ...hello,
      delay: 60,
      callback_url: `${receiver.origin}/`,
    });
    await cloud.call(`/jobs/cancel/${job_id}`, { method: 'POST' });
    const job = await jobWhen(cloud, job_id, ({ deliveries }) => deliveries?.[0]?.status_code === 410);
    expect(job.status).toBe('cancelled');
    const delivery = await jobWhen(cloud, job.links.delivery?.split('/').at(-1) ?? '', hasEnded);
    expect(delivery).toMatchObject({ type: 'deliver_webhook', status: 'failed', error: { code: 'webhook_gone' } });
    const list = await cloud.call('/jobs/recent?type=deliver_webhook');
    expect(await list.json()).toEqual({ jobs: [] });
  });

  it('that was known at once is told of too', async () => {
    const body = { location: { latitude: 35.17, longitude: -103.72, name: 'Tucumcari' } };
    const first = await submit(cloud, '/jobs/story/generate', body);
    await jobWhen(cloud, first.job_id, hasEnded);
    const response = await cloud.call('/jobs/story/generate', {
      body: { ...body, callback_url: `${receiver.origin}/` },
    });
    expect(response.status).toBe(200);
    const { job_id } = z.object({ job_id: z.string() }).parse(await response.json());
    await jobWhen(cloud, job_id, ({ deliveries }) => deliveries?.[0]?.status_code === 204);
    expect(messagesAbout(job_id)).toHaveLength(1);
  });
});

describe('a callback', () => {
  it.each([
    'http://hooks.example.com/',
    'https://user:word@hooks.example.com/',
    'https://hooks.example.com/#part',
    'https://hooks.example.com:9000/',
    'https://localhost/',
    'https://127.0.0.1/',
    'https://2130706433/',
    'https://[::1]/',
    'https://[::ffff:169.254.169.254]/',
    'https://169.254.169.254/latest/meta-data/',
    'https://metadata.google.internal/',
    'javascript:alert(1)',
    '',
  ])('to %s is refused at the submit, and the field is named', async (callback_url) => {
    const response = await cloud.call('/jobs/voice/synthesize', { body: { ...hello, callback_url } });
    expect(response.status).toBe(400);
    expect((await problemOf(response)).errors?.map((error) => error.path)).toEqual(['callback_url']);
  });

  it('to this machine reaches nothing but the receivers that the start has named', async () => {
    await using other = await startWebhookReceiver();
    const response = await cloud.call('/jobs/voice/synthesize', {
      body: { ...hello, callback_url: `${other.origin}/` },
    });
    expect(response.status).toBe(400);
    script = () => ({ status: 307, headers: { location: `${other.origin}/` } });
    const { job_id } = await submit(cloud, '/jobs/voice/synthesize', { ...hello, callback_url: `${receiver.origin}/` });
    await jobWhen(cloud, job_id, ({ deliveries }) => deliveries?.[0]?.status_code === 307);
    expect(other.connections()).toBe(0);
  });
});

it('is received by the program in docs/webhooks.md as it is written, whatever strangers have sent it before', async () => {
  const page = readFileSync(path.join(root, 'docs/webhooks.md'), 'utf8');
  const program = /```js\n(.*?)```/s.exec(page)?.[1] ?? '';
  const folder = mkdtempSync(path.join(tmpdir(), 'receiver-'));
  const files = { CERTIFICATE: path.join(folder, 'certificate.pem'), KEY: path.join(folder, 'key.pem') };
  const { certificate, key } = await loopbackCertificate();
  writeFileSync(files.CERTIFICATE, certificate);
  writeFileSync(files.KEY, key);
  const env = { ...process.env, ...files, PORT: String(examplePort), WEBHOOK_SECRET: await secretOf('ada') };
  const child = spawn(process.execPath, ['--input-type=module', '-'], {
    cwd: root,
    env,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  try {
    child.stdin.end(program);
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    expect((await lines.next()).value).toBe('listening');
    const ofSomebodyElse = signedWith(`v1,${'A'.repeat(43)}=`);
    expect(await statusOf(requestToExample({}).end('{}')), 'no headers').toBe(400);
    expect(await statusOf(requestToExample(signedWith('v1,A')).end('{}')), 'no base64').toBe(400);
    expect(await statusOf(requestToExample(ofSomebodyElse).end('{}')), 'of somebody else').toBe(400);
    expect(await statusOf(withoutEnd(requestToExample(ofSomebodyElse))), 'without end').toBe(400);
    await breakOff();
    const { job_id } = await submit(cloud, '/jobs/voice/synthesize', {
      ...hello,
      callback_url: `https://localhost:${examplePort}/`,
    });
    expect((await lines.next()).value).toBe(`job.completed ${job_id}`);
    await jobWhen(cloud, job_id, ({ deliveries }) => deliveries?.[0]?.status_code === 204);
  } finally {
    child.kill();
  }
});

function signedWith(signature: string): Record<string, string> {
  const timestamp = String(Math.floor(Date.now() / 1_000));
  return { 'webhook-id': 'one', 'webhook-timestamp': timestamp, 'webhook-signature': signature };
}

function requestToExample(headers: Readonly<Record<string, string>>) {
  const ca = receiver.certificateAuthority;
  return httpsRequest({ host: 'localhost', port: examplePort, ca, method: 'POST', headers, agent: false });
}

async function statusOf(sent: ClientRequest): Promise<number | undefined> {
  const [response] = z.tuple([z.instanceof(IncomingMessage)]).parse(await once(sent, 'response'));
  for (const end of [sent, response]) end.on('error', () => {});
  response.resume();
  return response.statusCode;
}

/** More than any message has, and no sign that it was all. */
function withoutEnd(sent: ClientRequest): ClientRequest {
  sent.write('x'.repeat(70_000));
  return sent;
}

/** Sends half of what it says it will send, and hangs up once the example has begun to read. */
async function breakOff(): Promise<void> {
  const sent = requestToExample({ ...signedWith('v1,A'), 'content-length': '100', expect: '100-continue' });
  sent.flushHeaders();
  await once(sent, 'continue');
  sent.write('half');
  sent.on('error', () => {});
  await new Promise((resolve) => sent.on('close', resolve).destroy());
}
