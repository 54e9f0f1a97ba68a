import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DynamoDbUpstreamStates } from '../../shared/adapters/dynamodb/dynamodb-upstream-states.ts';
import { type UpstreamName, type UpstreamSettings, upstreamLimits } from '../../shared/catalog/upstreams.ts';
import type { UpstreamState, UpstreamStates } from '../../shared/domain/upstream.ts';
import { countFailure, enter } from '../../shared/domain/upstream-breaker.ts';
import { UpstreamGate } from '../../shared/jobs/upstream-gate.ts';
import { acceptedAt } from '../support/job-builder.ts';
import { startJobTable } from '../support/job-table.ts';
import { MemoryUpstreamStates } from '../support/memory-upstream-states.ts';
import { RecordedTelemetry } from '../support/recorded-telemetry.ts';

const names: UpstreamName[] = ['bedrock', 'polly', 'stripe', 'partner'];
const state: UpstreamState = { full: 7, window: { from: 1, answered: 2, failed: 3, throttled: 0 } };

/** What everything that keeps the states of upstreams promises, as two workers see it that share it. */
function describeStates(
  name: string,
  start: () => Promise<{ worker(): UpstreamStates; close(): Promise<void> }>,
): void {
  describe(name, () => {
    let shared: Awaited<ReturnType<typeof start>>;
    let upstream: UpstreamName;
    let next = 0;
    beforeAll(async () => {
      shared = await start();
    }, 60_000);
    afterAll(() => shared.close());
    beforeEach(() => {
      upstream = names[next++] ?? 'bedrock';
    });

    const read = (states: UpstreamStates) =>
      states.change(upstream, acceptedAt, (seen) => ({ answer: seen, state: seen }));

    it('tells every worker what another one wrote, all of it', async () => {
      const [one, other] = [shared.worker(), shared.worker()];
      await read(other);
      const whole = { ...state, openUntil: 5, cause: 'throttled' } as const;
      await one.change(upstream, acceptedAt, () => ({ answer: undefined, state: whole }));
      expect(await read(other)).toEqual(whole);
      await other.change(upstream, acceptedAt, () => ({ answer: undefined, state }));
      expect(await read(one)).toEqual(state);
    });

    it('gives two workers that take at once no token twice', async () => {
      const limits = { ...upstreamLimits.bedrock, perSecond: 1, burst: 30, reservedForUrgent: 0 };
      const workers = [shared.worker(), shared.worker()];
      const take = (states: UpstreamStates) =>
        states.change(upstream, acceptedAt, (seen) =>
          enter(seen, limits, { callClass: 'urgent', need: 1, answered: 0, now: acceptedAt }),
        );
      const answers = [];
      for (let round = 0; round < 12; round++) answers.push(...(await Promise.all(workers.map(take))));
      const tokens = answers.reduce((sum, answer) => sum + (answer.kind === 'granted' ? answer.tokens : 0), 0);
      expect(tokens).toBe(30);
      expect(answers.at(-1)?.kind).toBe('wait');
    });

    it('turns nobody away by what was true more than a second ago', async () => {
      const [one, other] = [shared.worker(), shared.worker()];
      const look = (now: number) => other.change(upstream, now, (seen) => ({ answer: seen.openUntil }));
      const write = (openUntil: number) =>
        one.change(upstream, acceptedAt, (seen) => ({ answer: undefined, state: { ...seen, openUntil } }));
      await write(1);
      expect(await look(acceptedAt)).toBe(1);
      await write(2);
      expect(await look(acceptedAt + 1_000)).toBe(2);
    });

    it('lets one of two workers try an upstream that has cooled down, and counts the failures of both', async () => {
      const limits = upstreamLimits[upstream];
      const workers = [shared.worker(), shared.worker()];
      const failure = { cause: 'outage', isProbe: false, answered: 0, now: acceptedAt } as const;
      const fail = (states: UpstreamStates) =>
        states.change(upstream, acceptedAt, (seen) => countFailure(seen, limits, failure));
      for (let round = 0; round < limits.breaker.failures / 2; round++) {
        for (const worker of workers) await fail(worker);
      }
      const now = acceptedAt + limits.breaker.coolDownSeconds * 1_000;
      const ask = { callClass: 'urgent', need: 1, answered: 0, now } as const;
      const answers = await Promise.all(
        workers.map((states) => states.change(upstream, now, (seen) => enter(seen, limits, ask))),
      );
      expect(answers.map(({ kind }) => kind).sort()).toEqual(['open', 'probe']);
    });
  });
}

describeStates('the upstreams in memory', async () => {
  const states = new MemoryUpstreamStates();
  return { worker: () => states, close: async () => {} };
});

describeStates('the upstreams on DynamoDB', async () => {
  const { client, tableName, close } = await startJobTable();
  return { worker: () => new DynamoDbUpstreamStates(client, tableName), close };
});

describe('two workers with one job table', () => {
  it('make a hundred calls between them with a request for every fourth at most, and no more than the bucket has', async () => {
    const table = await startJobTable();
    let requests = 0;
    table.client.middlewareStack.add(
      (next) => (args) => {
        requests += 1;
        return next(args);
      },
      { step: 'initialize' },
    );
    const settings: UpstreamSettings = {
      ...upstreamLimits,
      bedrock: { ...upstreamLimits.bedrock, perSecond: 1, burst: 120 },
    };
    const gates = [0, 1].map(
      () =>
        new UpstreamGate({
          states: new DynamoDbUpstreamStates(table.client, table.tableName),
          settings,
          queue: 'ai_generation',
          telemetry: new RecordedTelemetry(),
          now: () => acceptedAt,
          random: () => 0.5,
          pause: async () => {},
        }),
    );
    let made = 0;
    const call = (gate: UpstreamGate) =>
      gate.call('bedrock', 1, async () => {
        made += 1;
      });
    for (let round = 0; round < 50; round++) await Promise.all(gates.map(call));
    expect(made).toBe(100);
    expect(requests).toBeLessThanOrEqual(25);
    let refused = 0;
    for (let round = 0; round < 20; round++) {
      const outcomes = await Promise.allSettled(gates.map(call));
      refused += outcomes.filter(({ status }) => status === 'rejected').length;
    }
    expect({ made, refused }).toEqual({ made: 120, refused: 20 });
    await table.close();
  }, 60_000);
});
