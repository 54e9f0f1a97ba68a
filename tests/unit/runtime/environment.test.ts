import { afterEach, describe, expect, it, vi } from 'vitest';
import { environments } from '../../../shared/catalog/environment.ts';
import { queueNames } from '../../../shared/catalog/queues.ts';
import { upstreamLimits } from '../../../shared/catalog/upstreams.ts';
import { environmentOf } from '../../../shared/runtime/environment.ts';

afterEach(() => vi.unstubAllEnvs());

const queueUrls = Object.fromEntries(queueNames.map((name) => [name, `https://sqs.example/1/${name}`]));

const whole: Readonly<Record<string, string>> = {
  STAGE: 'dev',
  JOB_TABLE_NAME: 'jobs',
  MEDIA_BUCKET_NAME: 'media',
  QUEUE_URLS: JSON.stringify(queueUrls),
  DEAD_LETTER_URLS: JSON.stringify(queueUrls),
  QUEUE_CONSUMERS: JSON.stringify(queueUrls),
  QUEUE_NAME: 'booking',
  MODEL_ID: 'us.amazon.nova-2-lite-v1:0',
  MODEL_MAX_TOKENS: '2000',
  MODEL_TEMPERATURE: '0.7',
  STRIPE_URL: 'https://api.stripe.com',
  UPSTREAMS: JSON.stringify(upstreamLimits),
};

const set = (variables: Readonly<Record<string, string | undefined>>) => {
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
};

describe('the environment of a function', () => {
  it('is read when it is whole, each value in its type', () => {
    set(whole);
    expect(environmentOf('process-job')).toMatchObject({ QUEUE_URLS: queueUrls, MODEL_MAX_TOKENS: 2_000 });
  });

  const required = Object.entries(environments).flatMap(([name, { shape }]) =>
    Object.entries(shape).flatMap(([variable, schema]) =>
      schema.safeParse(undefined).success ? [] : [[name, variable] as const],
    ),
  );

  it.each(required)('of %s without %s stops it with a message that names both', (name, variable) => {
    set({ ...whole, [variable]: undefined });
    const functionName = Object.keys(environments).find((known): known is keyof typeof environments => known === name);
    expect(() => functionName && environmentOf(functionName)).toThrow(new RegExp(`${name}[^]*${variable}`));
  });

  it.each([
    ['QUEUE_NAME', 'fast_lane'],
    ['QUEUE_URLS', 'not json'],
    ['QUEUE_URLS', '{"booking":"https://sqs.example/1/booking"}'],
    ['MODEL_ID', 'a model without a price'],
    ['MODEL_MAX_TOKENS', 'many'],
    ['MODEL_TEMPERATURE', '1.5'],
    ['JOB_TABLE_NAME', ''],
    ['UPSTREAMS', '{"bedrock":{}}'],
  ])('with %s=%s is refused by name', (variable, value) => {
    set({ ...whole, [variable]: value });
    expect(() => environmentOf('process-job')).toThrow(variable);
  });
});
