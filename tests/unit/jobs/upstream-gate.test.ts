import { beforeEach, describe, expect, it } from 'vitest';
import type { QueueName } from '../../../shared/catalog/queues.ts';
import { lease, type UpstreamSettings, upstreamLimits } from '../../../shared/catalog/upstreams.ts';
import { type JobError, PermanentError, ThrottledError, TransientError } from '../../../shared/domain/errors.ts';
import { isFinal } from '../../../shared/domain/job.ts';
import { UpstreamGate } from '../../../shared/jobs/upstream-gate.ts';
import { acceptedAt, acceptedJob } from '../../support/job-builder.ts';
import { JobWorld, messageFor } from '../../support/job-world.ts';
import { MemoryUpstreamStates } from '../../support/memory-upstream-states.ts';

const { breaker } = upstreamLimits.bedrock;
const throttled = () => new ThrottledError('429');
const unavailable = () => new TransientError('model_unavailable', '503');

let world: JobWorld;
let states: MemoryUpstreamStates;
let calls: number;
let pauses: number[];
/** How the upstream answers. */
let trouble: (() => JobError) | undefined;
beforeEach(() => {
  world = new JobWorld();
  states = new MemoryUpstreamStates();
  calls = 0;
  pauses = [];
  trouble = undefined;
});

function gateOf(queue: QueueName = 'ai_generation', settings: UpstreamSettings = upstreamLimits): UpstreamGate {
  return new UpstreamGate({
    states,
    settings,
    queue,
    telemetry: world.telemetry,
    now: world.now,
    random: () => world.random(),
    pause: async (milliseconds) => {
      pauses.push(milliseconds);
      world.time += milliseconds;
    },
  });
}

const call = (gate: UpstreamGate) =>
  gate.call('bedrock', 1, async () => {
    calls += 1;
    if (trouble) throw trouble();
    return 'a story';
  });

async function fail(gate: UpstreamGate, times: number): Promise<void> {
  for (let count = 0; count < times; count++) await call(gate).catch(() => {});
}

describe('the gate of an upstream', () => {
  it('asks the table once for ten calls', async () => {
    const gate = gateOf();
    for (let count = 0; count < 10; count++) expect(await call(gate)).toBe('a story');
    expect(states.writes).toBe(1);
    await call(gate);
    expect(states.writes).toBe(2);
  });

  it('does not spend tokens that it has held for too long', async () => {
    const gate = gateOf();
    await call(gate);
    world.time += lease.seconds * 1_000;
    await call(gate);
    expect(states.writes).toBe(2);
  });

  it('waits for a token that is to be had soon, and ends the attempt, uncounted, when none is', async () => {
    const slow = { ...upstreamLimits, bedrock: { ...upstreamLimits.bedrock, perSecond: 2, burst: 1 } };
    const gate = gateOf('ai_generation', slow);
    await call(gate);
    await call(gate);
    expect(pauses).toEqual([500]);
    const slower = { ...upstreamLimits, bedrock: { ...upstreamLimits.bedrock, perSecond: 0.2, burst: 1 } };
    states = new MemoryUpstreamStates();
    const scarce = gateOf('ai_generation', slower);
    await call(scarce);
    await expect(call(scarce)).rejects.toMatchObject({ code: 'throttled', isOutage: false });
    expect(calls).toBe(3);
  });

  it('gives batch work nothing of the reserved share, which is there for urgent work', async () => {
    const limits = { ...upstreamLimits.bedrock, perSecond: 0.1, burst: 20, reservedForUrgent: 0.5 };
    const settings = { ...upstreamLimits, bedrock: limits };
    const batch = gateOf('analytics', settings);
    for (let count = 0; count < 10; count++) await call(batch);
    await expect(call(batch)).rejects.toBeInstanceOf(ThrottledError);
    const urgent = gateOf('ai_generation', settings);
    for (let count = 0; count < 10; count++) await call(urgent);
    expect(calls).toBe(20);
  });

  it('opens for all workers when calls of several have failed, tells operators once, and spreads the jobs', async () => {
    trouble = throttled;
    const gates = [gateOf(), gateOf()];
    for (const gate of gates) await fail(gate, breaker.failures / 2);
    expect(world.telemetry.counted('upstream_breaker_opened')).toBe(1);
    const seconds = [];
    for (const chance of [0, 0.5, 0.99]) {
      world.random = () => chance;
      const refusal: unknown = await call(gateOf()).catch((error: unknown) => error);
      seconds.push(refusal instanceof ThrottledError ? refusal.retryAfterSeconds : undefined);
    }
    expect(seconds).toEqual([20, 30, 39.8]);
    expect(calls).toBe(breaker.failures);
  });

  it('tells an outage from too many calls, to those for whom somebody waits', async () => {
    trouble = unavailable;
    await fail(gateOf(), breaker.failures);
    await expect(call(gateOf())).rejects.toMatchObject({ code: 'throttled', isOutage: true });
    await expect(call(gateOf('analytics'))).rejects.toMatchObject({ code: 'throttled', isOutage: false });
    expect(world.telemetry.counted('upstream_unavailable')).toBe(2);
  });

  it('lets one call try after the cool-down, and everybody when it was answered', async () => {
    trouble = unavailable;
    const gate = gateOf();
    await fail(gate, breaker.failures);
    world.time += breaker.coolDownSeconds * 1_000;
    await fail(gate, 3);
    expect(calls).toBe(breaker.failures + 1);
    world.time += breaker.coolDownSeconds * 1_000;
    trouble = undefined;
    expect(await call(gate)).toBe('a story');
    expect(await call(gateOf())).toBe('a story');
  });

  it('takes a refusal of what was asked for an answer', async () => {
    trouble = () => new PermanentError('content_filtered', 'declined');
    await fail(gateOf(), 50);
    expect(calls).toBe(50);
  });

  it('lets calls through when the table cannot be asked, and says so', async () => {
    states.fault = () => {
      throw new Error('The table is out of reach');
    };
    expect(await call(gateOf())).toBe('a story');
    trouble = unavailable;
    await expect(call(gateOf())).rejects.toMatchObject({ code: 'model_unavailable' });
    expect(world.telemetry.counted('limits_unavailable')).toBe(3);
  });
});

describe('ten minutes in which the model asks for fewer calls', () => {
  const JOBS = 40;
  const TEN_MINUTES = 600_000;

  it('fail no job: all are retrying meanwhile, few calls are made, and each ends with its story', async () => {
    const workers = [gateOf(), gateOf(), gateOf()];
    let turn = 0;
    let seed = 7;
    world.random = () => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed / 2_147_483_647;
    };
    trouble = throttled;
    world.perform = async () => ({ result: { told: await call(workers[turn++ % workers.length] ?? gateOf()) } });
    const jobs = Array.from({ length: JOBS }, () => world.store.place(acceptedJob()));
    for (const job of jobs) await world.deliver(messageFor(job));
    const heads = () => jobs.map(({ id }) => world.store.head(id));
    while (world.time < acceptedAt + TEN_MINUTES) {
      world.time += 1_000;
      await world.deliverAll();
    }
    expect(heads().map(({ status }) => status)).toEqual(jobs.map(() => 'retrying'));
    expect(heads().map(({ failures }) => failures)).toEqual(jobs.map(() => 0));
    const callsInVain = calls;
    trouble = undefined;
    while (heads().some(({ status }) => !isFinal(status)) && world.time < acceptedAt + TEN_MINUTES + 180_000) {
      world.time += 1_000;
      await world.deliverAll();
    }
    expect(heads().map(({ status }) => status)).toEqual(jobs.map(() => 'completed'));
    expect(heads().every(({ degraded }) => degraded === undefined)).toBe(true);
    expect(callsInVain).toBeLessThanOrEqual(breaker.failures + TEN_MINUTES / 1_000 / breaker.coolDownSeconds);
  });
});
