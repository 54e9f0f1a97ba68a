import { Webhook } from 'standardwebhooks';
import { expect, it } from 'vitest';
import { webhookHeaders, webhookSecret } from '../../../shared/jobs/webhook-signature.ts';

const master = 'a master secret';
const body = '{"type":"job.completed","data":{"title":"Größe"}}';
const timestamp = Math.floor(Date.now() / 1_000);
const signed = (secrets: readonly string[]) =>
  webhookHeaders(secrets, { id: '01JDHV7Q5W6T1PQ8Z3N4K5M6R7', timestamp, body });

it('is one that the reference library of Standard Webhooks accepts', () => {
  const secret = webhookSecret(master, 'ada');
  expect(new Webhook(secret).verify(body, signed([secret]))).toEqual(JSON.parse(body));
});

it('holds for either secret while they are being exchanged, and for no other owner', () => {
  const secrets = [webhookSecret('new', 'ada'), webhookSecret('old', 'ada')];
  const headers = signed(secrets);
  for (const secret of secrets) expect(new Webhook(secret).verify(body, headers)).toBeDefined();
  expect(() => new Webhook(webhookSecret('new', 'grace')).verify(body, headers)).toThrow('No matching signature');
});

it('does not hold for another body, id or time', () => {
  const secret = webhookSecret(master, 'ada');
  const verify = (changed: object, text = body) =>
    new Webhook(secret).verify(text, { ...signed([secret]), ...changed });
  expect(() => verify({}, `${body} `)).toThrow();
  expect(() => verify({ 'webhook-id': '01JDHV7Q5W6T1PQ8Z3N4K5M6R8' })).toThrow();
  expect(() => verify({ 'webhook-timestamp': String(timestamp - 1) })).toThrow();
});

it('is made with a secret that follows from master and owner alone', () => {
  // The same by RFC 5869 in another language: a release that derives others would silence every receiver.
  expect(webhookSecret(master, 'ada')).toBe('whsec_jEHryvymGX9TqEUcaMORmJrLWkessB/g76zSDDkgrI8=');
});
