import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { HttpsWebhookSender } from '../../shared/adapters/webhooks/https-webhook-sender.ts';
import type { Address } from '../../shared/adapters/webhooks/public-addresses.ts';
import { retryAfterSeconds } from '../../shared/adapters/webhooks/retry-after.ts';
import type { WebhookAnswer } from '../../shared/domain/webhook.ts';
import { type ScriptedReply, startWebhookReceiver, type WebhookReceiver } from '../support/webhook-receiver.ts';

const goOn = new AbortController().signal;
const loopback: readonly Address[] = [{ address: '127.0.0.1', family: 4 }];

let script: ScriptedReply;
let receiver: WebhookReceiver;
let before: number;
beforeAll(async () => {
  receiver = await startWebhookReceiver(() => script);
});
afterAll(() => receiver.close());
beforeEach(() => {
  script = { status: 204 };
  before = receiver.connections();
});

/** Posts to the receiver, which the stage has named as one of its test receivers. */
function post(url = `${receiver.origin}/hook?x=1`, options: object = {}): Promise<WebhookAnswer> {
  const test = { origins: [new URL(url).origin], certificateAuthority: receiver.certificateAuthority };
  const sender = new HttpsWebhookSender({ test, lookUp: async () => loopback, ...options });
  return sender.send(
    { url, headers: { 'content-type': 'application/json', 'webhook-id': 'one' }, body: '{"ü":1}' },
    goOn,
  );
}

/** Posts to the port of the receiver as to any stranger's. */
function postTo(origin: string, lookUp?: () => Promise<readonly Address[]>): Promise<WebhookAnswer> {
  const sender = new HttpsWebhookSender({ ports: [receiver.port], ...(lookUp && { lookUp }) });
  return sender.send({ url: `${origin}:${receiver.port}/`, headers: {}, body: '' }, goOn);
}

describe('a message', () => {
  it('arrives as it was made, and its answer’s status is told', async () => {
    expect(await post()).toEqual({ kind: 'answered', status: 204 });
    expect(receiver.received.at(-1)).toMatchObject({
      path: '/hook?x=1',
      headers: { 'webhook-id': 'one', 'content-type': 'application/json', 'content-length': '8', connection: 'close' },
      body: '{"ü":1}',
    });
  });

  it.each([200, 400, 410, 500])('that is answered %i is answered', async (status) => {
    script = { status, body: 'who reads this' };
    expect(await post()).toEqual({ kind: 'answered', status });
  });

  it('that is redirected is not sent on', async () => {
    await using elsewhere = await startWebhookReceiver();
    for (const status of [301, 302, 303, 307, 308]) {
      script = { status, headers: { location: `${elsewhere.origin}/` } };
      const options = {
        test: { origins: [receiver.origin, elsewhere.origin], certificateAuthority: receiver.certificateAuthority },
      };
      expect(await post(undefined, options)).toEqual({ kind: 'answered', status });
    }
    expect(elsewhere.connections()).toBe(0);
  });

  it('is answered even if the body of the answer never ends or is huge', async () => {
    script = { status: 200, body: Buffer.alloc(10_000_000) };
    expect(await post()).toEqual({ kind: 'answered', status: 200 });
    script = 'stall';
    expect(await post(undefined, { timeoutMilliseconds: 200 })).toEqual({ kind: 'answered', status: 200 });
  });

  it('of a receiver that asks for patience says for how long', async () => {
    script = { status: 429, headers: { 'retry-after': '120' } };
    expect(await post()).toEqual({ kind: 'answered', status: 429, retryAfterSeconds: 120 });
  });

  it.each([
    ['hang', 'timed_out'],
    ['break', 'connection_failed'],
  ] as const)('to a receiver that will %s is %s', async (reply, failure) => {
    script = reply;
    expect(await post(undefined, { timeoutMilliseconds: 300 })).toEqual({ kind: 'unreachable', failure });
  });

  it('is given up when the attempt is stopped', async () => {
    script = 'hang';
    const stop = new AbortController();
    const sender = new HttpsWebhookSender({
      test: { origins: [receiver.origin], certificateAuthority: receiver.certificateAuthority },
    });
    const sending = sender.send({ url: `${receiver.origin}/`, headers: {}, body: '' }, stop.signal);
    stop.abort('cancel');
    await expect(sending).rejects.toBe('cancel');
  });

  it('is not given to a receiver whose certificate nobody vouches for, or that is another’s', async () => {
    expect(await post(undefined, { test: { origins: [receiver.origin] } })).toEqual({
      kind: 'unreachable',
      failure: 'certificate_refused',
    });
    expect(await post(`https://other.example.com:${receiver.port}/`)).toEqual({
      kind: 'unreachable',
      failure: 'certificate_refused',
    });
  });

  it('to a name that does not exist, or that nobody can look up in time, fails with its own reason', async () => {
    const unknown = () => Promise.reject(Object.assign(new Error('no such name'), { code: 'ENOTFOUND' }));
    expect(await post(undefined, { lookUp: unknown })).toEqual({ kind: 'unreachable', failure: 'name_unknown' });
    const slow = () => new Promise<never>(() => {});
    expect(await post(undefined, { lookUp: slow, timeoutMilliseconds: 100 })).toEqual({
      kind: 'unreachable',
      failure: 'timed_out',
    });
  });
});

describe('a name', () => {
  it.each([
    ['127.0.0.1'],
    ['127.0.0.53'],
    ['10.0.0.7'],
    ['169.254.169.254'],
    ['100.64.0.1'],
    ['0.0.0.0'],
    ['::1'],
    ['::'],
    ['::ffff:127.0.0.1'],
    ['::127.0.0.1'],
    ['64:ff9b::7f00:1'],
    ['2002:7f00:1::'],
    ['fd00:ec2::254'],
    ['fe80::1'],
    ['1.1.1.1', '127.0.0.1'],
    ['2606:4700::1111', '::1'],
  ])('that leads to %s is not connected to, although something listens there', async (...addresses) => {
    const lookUp = async () => addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
    expect(await postTo('https://hooks.example.com', lookUp)).toEqual({
      kind: 'unreachable',
      failure: 'address_refused',
    });
    expect(receiver.connections()).toBe(before);
  });

  it.each([
    'https://127.0.0.1',
    'https://2130706433',
    'https://0x7f000001',
    'https://0177.0.0.1',
    'https://127.1',
    'https://localhost',
    'https://[::1]',
    'https://[::ffff:7f00:1]',
  ])('or address written as %s is not connected to, although something listens there', async (origin) => {
    expect(await postTo(origin)).toEqual({ kind: 'unreachable', failure: 'address_refused' });
    expect(receiver.connections()).toBe(before);
  });

  it('that would lead elsewhere the second time is asked for once, and the address that was checked is used', async () => {
    const answers = [loopback, [{ address: '169.254.169.254', family: 4 }]];
    let asked = 0;
    const lookUp = async () => answers[asked++] ?? [];
    expect(await post(`https://hooks.example.com:${receiver.port}/`, { lookUp })).toEqual({
      kind: 'answered',
      status: 204,
    });
    expect(asked).toBe(1);
    expect(receiver.connections()).toBe(before + 1);
  });

  it('of a test receiver must be loopback: no stage can open a way into a private network with it', async () => {
    for (const address of ['10.0.0.7', '169.254.169.254', '1.1.1.1']) {
      expect(await post(undefined, { lookUp: async () => [{ address, family: 4 }] })).toEqual({
        kind: 'unreachable',
        failure: 'address_refused',
      });
    }
  });
});

it.each([
  ['120', 120],
  ['0', 0],
  ['Wed, 25 Nov 2026 10:00:30 GMT', 30],
  ['Wed, 25 Nov 2026 09:00:00 GMT', 0],
  ['999999999', 86_400],
  ['soon', undefined],
  ['-5', undefined],
  [undefined, undefined],
])('Retry-After: %s means %s', (value, seconds) => {
  expect(retryAfterSeconds(value, Date.parse('2026-11-25T10:00:00Z'))).toBe(seconds);
});
