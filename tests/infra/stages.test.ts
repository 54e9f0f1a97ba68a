import { describe, expect, it } from 'vitest';
import { stubCodeKey } from '../../infra/constructs/function-code.ts';
import { createApp } from '../../infra/stacks/create-app.ts';
import { concurrencyOf, mostConcurrencyOf, StageSettings } from '../../infra/stage-settings.ts';
import { stageNames, stageSettings } from '../../infra/stages.ts';

describe('stages', () => {
  it('are dev, staging, prod and local, all with settings that hold', () => {
    expect(stageNames).toEqual(['dev', 'staging', 'prod', 'local']);
    for (const name of stageNames) expect(() => stageSettings(name)).not.toThrow();
  });

  it('names those there are when asked for another', () => {
    expect(() => createApp({ stage: 'production' })).toThrow(
      'There is no stage "production". Stages: dev, staging, prod, local.',
    );
  });

  it('is dev when none is named, and the context’s when one is', () => {
    const context = { [stubCodeKey]: true };
    expect(createApp({ context }).data.stackName).toBe('RoadtripJobs-dev-data');
    expect(createApp({ context: { ...context, stage: 'staging' } }).data.stackName).toBe('RoadtripJobs-staging-data');
  });

  it('gives a queue without a number of its own the stage’s number for the others', () => {
    expect(concurrencyOf(stageSettings('prod'), 'booking')).toBe(50);
    expect(concurrencyOf(stageSettings('prod'), 'a_new_queue')).toBe(20);
  });

  it('lets a queue be raised to the stage’s bound, and one without a bound not at all', () => {
    expect(mostConcurrencyOf(stageSettings('prod'), 'booking')).toBe(75);
    expect(mostConcurrencyOf(stageSettings('prod'), 'voice_synthesis')).toBe(40);
    expect(mostConcurrencyOf({ ...stageSettings('prod'), mostConcurrency: {} }, 'booking')).toBe(50);
  });

  const prod = stageSettings('prod');
  it.each([
    ['a concurrency that no event source mapping takes', { concurrency: { ...prod.concurrency, booking: 1 } }],
    ['a queue that is not in the catalog', { concurrency: { bookings: 5 } }],
    ['a raise to less than there is', { mostConcurrency: { ...prod.mostConcurrency, booking: 49 } }],
    [
      'a raise to what no event source mapping takes',
      { mostConcurrency: { booking: 1_001 }, accountConcurrency: 9_000 },
    ],
    ['a raise of a queue that is never raised', { mostConcurrency: { voice_synthesis: 60 } }],
    ['raises that together leave no room for the API', { mostConcurrency: { booking: 400, ai_generation: 400 } }],
    ['consumers that leave no room for the API', { accountConcurrency: 300 }],
    ['an issuer without https', { issuer: 'http://login.example' }],
    ['any origin', { corsOrigins: ['*'] }],
    ['an origin with a path', { corsOrigins: ['https://app.example/'] }],
    ['a model without a known price', { model: { ...prod.model, id: 'anthropic.unknown-v1:0' } }],
    ['a finder of routes that there is not', { routes: 'here' }],
    ['an owner who may do nothing', { ownerLimits: { ...prod.ownerLimits, heldRequests: 0 } }],
    ['a log retention that CloudWatch does not know', { logRetentionDays: 31 }],
    ['a setting that nobody reads', { tracing: true }],
  ])('refuse %s', (_, wrong) => {
    expect(StageSettings.safeParse(prod).success).toBe(true);
    expect(StageSettings.safeParse({ ...prod, ...wrong }).success).toBe(false);
  });
});
