import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Job } from '../../../shared/domain/job.ts';
import { requestCancel } from '../../../shared/domain/transitions.ts';
import { acceptedAt, acceptedJob, voicedStory } from '../../support/job-builder.ts';
import { JobWorld } from '../../support/job-world.ts';

let world: JobWorld;
beforeEach(() => {
  vi.useFakeTimers({ now: acceptedAt });
  world = new JobWorld(Date.now);
});
afterEach(() => {
  expect(vi.getTimerCount(), 'an attempt left a timer behind').toBe(0);
  vi.useRealTimers();
});

const place = (job: Job) => world.store.place(job);
const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);

/** How long nothing is written after the claim, and a little more. */
const quiet = 1_600;

const sleep = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Reads of the head, and writes of progress, in order. */
function looks(): string[] {
  const seen: string[] = [];
  world.store.fault = (operation) => void (operation === 'find' && seen.push('look'));
  world.store.observe = (_, { message }, transition) =>
    void (transition === 'progress' && seen.push(message ?? 'nothing'));
  return seen;
}

describe('progress', () => {
  it('is written at most every two seconds, however often it is told', async () => {
    const job = place(acceptedJob());
    world.perform = async ({ progress }) => {
      for (let step = 0; step < 100; step++) {
        await progress(step / 100, `Step ${step}`);
        await sleep(100);
      }
      return { result: {} };
    };
    const done = world.deliverTo(job);
    await pass(10_000);
    await done;
    expect(world.store.written.filter((transition) => transition === 'progress')).toHaveLength(5);
  });

  it('of a step that is soon done is not written: who follows the job has just seen it start', async () => {
    const job = place(acceptedJob());
    world.perform = async ({ progress }) => {
      await progress(0.5, 'Halfway');
      await sleep(1_000);
      return { result: {} };
    };
    const done = world.deliverTo(job);
    await pass(1_000);
    await done;
    expect(world.store.written).toEqual(['claim', 'complete']);
  });

  it('that was told too soon is written in place of the next look, whose answer tells the same', async () => {
    const job = place(acceptedJob());
    const seen = looks();
    world.perform = async ({ progress, signal }) => {
      await progress(0.1, 'Beginning');
      await progress(0.5, 'Halfway');
      await new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('stopped'))));
      return { result: {} };
    };
    const done = world.deliverTo(job);
    await pass(3_100);
    expect(seen).toEqual(['Halfway', 'look']);
    await world.store.apply(requestCancel(world.store.head(job.id), Date.now()));
    await pass(2_000);
    await done;
    expect(world.store.head(job.id)).toMatchObject({ status: 'cancelled', progress: 50 });
  });

  it('never falls, neither within an attempt nor with the next one', async () => {
    const job = place(voicedStory());
    const seen: number[] = [];
    world.store.observe = (_, after) => void seen.push(after.progress);
    const fractions = [0.8, 0.2, 0.5];
    world.perform = async ({ progress }) => {
      for (const fraction of fractions) {
        await progress(fraction, 'Working');
        await sleep(2_000);
      }
      if (world.runs === 1) throw new Error('boom');
      return { result: {} };
    };
    const first = world.deliverTo(job);
    await pass(6_000);
    await first;
    await pass(60_000);
    const second = world.deliverAll();
    await pass(20_000);
    await second;
    expect(world.store.head(job.id).status).toBe('completed');
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    expect(seen).toContain(40);
  });

  it('that cannot be written does not cost the attempt', async () => {
    const job = place(acceptedJob());
    let isRefused = false;
    world.perform = async ({ progress }) => {
      await sleep(quiet);
      world.store.fault = () => {
        isRefused = true;
        throw new Error('the table is out of reach');
      };
      await progress(0.5, 'Halfway');
      world.store.fault = () => {};
      return { result: {} };
    };
    const done = world.deliverTo(job);
    await pass(quiet);
    await done;
    expect(isRefused).toBe(true);
    expect(world.store.head(job.id)).toMatchObject({ status: 'completed', failures: 0 });
  });

  it('of a job whose history is full drops the oldest event and keeps the numbers right', async () => {
    const history = Array.from({ length: 50 }, () => ({ at: acceptedAt, status: 'retrying' as const }));
    const job = place(acceptedJob({ seq: 80, history }));
    world.perform = async ({ progress }) => {
      await sleep(quiet);
      await progress(0.5, 'Halfway');
      return { result: {} };
    };
    const done = world.deliverTo(job);
    await pass(quiet);
    await done;
    const after = world.store.head(job.id);
    expect([after.seq, after.history.length]).toEqual([83, 50]);
    expect(after.history.slice(-3).map(({ status, message }) => message ?? status)).toEqual([
      'processing',
      'Halfway',
      'completed',
    ]);
  });
});
