import { LambdaClient, ListFunctionsCommand, UpdateEventSourceMappingCommand } from '@aws-sdk/client-lambda';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { createLambda } from '../../infra/local/aws/lambda/event-source-mappings.ts';
import { systemClock } from '../../infra/local/clock.ts';
import { startAwsEndpoint } from '../../infra/local/server/aws-endpoint.ts';
import { LambdaQueueConsumers } from '../../shared/adapters/lambda/lambda-queue-consumers.ts';

const lambda = createLambda();
const credentials = { accessKeyId: 'LOCALKEY', secretAccessKey: 'secret' };
const endpoint = await startAwsEndpoint({
  services: [lambda],
  secretOf: () => credentials.secretAccessKey,
  host: '127.0.0.1',
  port: 0,
  clock: systemClock,
});
const client = new LambdaClient({ endpoint: endpoint.url, region: 'us-east-1', maxAttempts: 1, credentials });
afterAll(async () => {
  client.destroy();
  await endpoint.close();
});

/** A mapping that says how often it was started, and whose last run ends when the test says so. */
let starts: number;
let limits: { maximumConcurrency: number };
let endLastRun: () => void;
let consumers: LambdaQueueConsumers;
beforeEach(() => {
  starts = 0;
  limits = { maximumConcurrency: 4 };
  lambda.addMapping('mapping-of-booking', {
    queueArn: 'arn:aws:sqs:us-east-1:000000000000:booking',
    limits,
    start() {
      starts += 1;
      const { promise, resolve } = Promise.withResolvers<void>();
      endLastRun = resolve;
      return { stop: () => promise };
    },
  });
  consumers = new LambdaQueueConsumers(client, mappingIds('mapping-of-booking'));
});

describe('the consumer of a queue', () => {
  it('runs until it is paused, finishes what it has begun, and runs again', async () => {
    expect(await consumers.read('booking')).toEqual({ state: 'running', concurrency: 4 });
    expect(await consumers.turn('booking', 'off')).toEqual({ state: 'pausing', concurrency: 4 });
    expect((await consumers.read('booking')).state).toBe('pausing');
    endLastRun();
    await expect.poll(async () => (await consumers.read('booking')).state).toBe('paused');
    expect(starts).toBe(1);
    expect((await consumers.turn('booking', 'on'))?.state).toBe('running');
    expect(starts).toBe(2);
  });

  it('is not switched while it is being paused, and that is told', async () => {
    await consumers.turn('booking', 'off');
    expect(await consumers.turn('booking', 'on')).toBeUndefined();
    endLastRun();
    await expect.poll(async () => (await consumers.turn('booking', 'on'))?.state).toBe('running');
  });

  it('is given another limit at once, and keeps it through a pause', async () => {
    expect(await consumers.limit('booking', 6)).toEqual({ state: 'running', concurrency: 6 });
    expect(await consumers.read('booking')).toEqual({ state: 'running', concurrency: 6 });
    expect(limits).toEqual({ maximumConcurrency: 6 });
    expect(await consumers.turn('booking', 'off')).toEqual({ state: 'pausing', concurrency: 6 });
    expect(await consumers.limit('booking', 4), 'it is just being paused').toBeUndefined();
    endLastRun();
    await expect.poll(async () => (await consumers.read('booking')).state).toBe('paused');
    expect(await consumers.limit('booking', 5), 'no limit resumes it').toEqual({ state: 'paused', concurrency: 5 });
    expect(await consumers.turn('booking', 'on')).toEqual({ state: 'running', concurrency: 5 });
    expect(starts).toBe(2);
  });

  it.each([1, 1_001])('is given no limit that Lambda does not take: %i', async (concurrency) => {
    await expect(consumers.limit('booking', concurrency)).rejects.toThrow();
    expect(limits).toEqual({ maximumConcurrency: 4 });
  });

  it('that is already where it should be stays there', async () => {
    expect((await consumers.turn('booking', 'on'))?.state).toBe('running');
    expect(starts).toBe(1);
  });

  it('that is not there is an error, not a state', async () => {
    await expect(consumers.read('default')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    await expect(consumers.turn('default', 'off')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    await expect(consumers.limit('default', 4)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });
});

it('the stand-in says what it does not do', async () => {
  await expect(client.send(new ListFunctionsCommand({}))).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  const update = new UpdateEventSourceMappingCommand({ UUID: 'mapping-of-booking', BatchSize: 5 });
  await expect(client.send(update)).rejects.toThrow();
});

/** The mapping of each queue; none but that of `booking` exists. */
function mappingIds(booking: string) {
  const none = 'no-such-mapping';
  return {
    booking,
    voice_synthesis: none,
    notifications: none,
    ai_generation: none,
    default: none,
    image_processing: none,
    analytics: none,
  };
}
