import { afterEach, describe, expect, it, vi } from 'vitest';
import { environments } from '../../../shared/catalog/environment.ts';
import { environmentOf } from '../../../shared/runtime/environment.ts';
import { sampleEnvironment } from '../../support/sample-environment.ts';

afterEach(() => vi.unstubAllEnvs());

const set = (variables: Readonly<Record<string, string | undefined>>) => {
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
};

describe('the environment of a function', () => {
  it('is read when it is whole, each value in its type', () => {
    set(sampleEnvironment);
    expect(environmentOf('process-job')).toMatchObject({
      QUEUE_URLS: { booking: 'http://127.0.0.1:1/queue' },
      MODEL_MAX_TOKENS: 600,
    });
  });

  it.each(Object.entries(environments))(
    'of %s is whole in the sample that every measurement starts it with',
    (_, schema) => {
      expect(schema.safeParse(sampleEnvironment).error).toBeUndefined();
    },
  );

  const required = Object.entries(environments).flatMap(([name, { shape }]) =>
    Object.entries(shape).flatMap(([variable, schema]) =>
      schema.safeParse(undefined).success ? [] : [[name, variable] as const],
    ),
  );

  it.each(required)('of %s without %s stops it with a message that names both', (name, variable) => {
    set({ ...sampleEnvironment, [variable]: undefined });
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
    set({ ...sampleEnvironment, [variable]: value });
    expect(() => environmentOf('process-job')).toThrow(variable);
  });
});
