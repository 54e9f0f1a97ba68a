import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import type { Effect } from '../../../shared/jobs/effect.ts';
import { acceptedAt, acceptedJob } from '../../support/job-builder.ts';
import { JobWorld } from '../../support/job-world.ts';

let world: JobWorld;
/** Names of the acts that were asked for, in order; `!` before one that was taken back. */
let asked: string[];
beforeEach(() => {
  vi.useFakeTimers({ now: acceptedAt });
  world = new JobWorld(Date.now);
  asked = [];
});
afterEach(() => {
  expect(vi.getTimerCount(), 'an attempt left a timer behind').toBe(0);
  vi.useRealTimers();
});

const sleep = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);

/** An act that takes so long, milliseconds. */
function act(name: string, takes = 0, fields: Partial<Effect<boolean>> = {}): Effect<boolean> {
  return {
    outcome: z.boolean(),
    onUnknown: { repeat: true },
    act: async () => {
      await sleep(takes);
      asked.push(name);
      return true;
    },
    ...fields,
  };
}

/** Reserves, which lasts until after the deadline of 300 ms, then captures. */
function book(): void {
  world.perform = async ({ once, takeBack }, step) => {
    if (step === 'undo') {
      const undo = async () => void asked.push('!reserve');
      await takeBack('reserve', { outcome: z.boolean(), lookUp: async () => true, act: undo });
      return { result: {} };
    }
    await once('reserve', act('reserve', 600, { takenBack: true }));
    await once('capture', act('capture', 0, { commits: true }));
    return { result: {} };
  };
}

describe('an attempt that must stop', () => {
  it('begins no further act: what has passed no point of no return by its deadline never does', async () => {
    const job = world.store.place(acceptedJob({ deadline: acceptedAt + 300 }));
    book();
    const attempted = world.deliverTo(job);
    await pass(600);
    await attempted;
    expect(world.store.head(job.id)).toMatchObject({ status: 'processing', step: 'undo' });
    expect(world.store.head(job.id)).not.toHaveProperty('committed_at');
    const undone = world.deliverAll();
    await pass(10);
    await undone;
    expect(world.store.head(job.id)).toMatchObject({ status: 'expired', error: { code: 'deadline_passed' } });
    expect(asked).toEqual(['reserve', '!reserve']);
  });

  it('assumes nothing of an act that it never began', async () => {
    world.left = 5_300;
    const job = world.store.place(acceptedJob());
    world.perform = async ({ once }) => {
      if (world.runs === 1) await sleep(600);
      return { result: await once('mail', act('mail', 0, { onUnknown: { assume: false } })) };
    };
    const stopped = world.deliverTo(job);
    await pass(1_000);
    await stopped;
    expect(world.store.head(job.id)).toMatchObject({ status: 'retrying', error: { code: 'timed_out' } });
    world.left = 90_000;
    await pass(60_000);
    const again = world.deliverTo(job);
    await pass(10);
    await again;
    expect(world.store.head(job.id)).toMatchObject({ status: 'completed', result: { inline: true } });
    expect(asked).toEqual(['mail']);
  });

  it('records that an act did not happen when it is told to stop while it writes that it begins', async () => {
    world.left = 5_300;
    const job = world.store.place(acceptedJob());
    world.store.observe = (_, { effects }) => {
      if (world.runs === 1 && effects?.mail?.state === 'begun') vi.advanceTimersByTime(400);
    };
    world.perform = async ({ once }) => ({
      result: await once('mail', act('mail', 0, { onUnknown: { assume: false } })),
    });
    const stopped = world.deliverTo(job);
    await pass(1_000);
    await stopped;
    expect(world.store.head(job.id).effects).toMatchObject({ mail: { state: 'refused' } });
    world.left = 90_000;
    await pass(60_000);
    const again = world.deliverTo(job);
    await pass(10);
    await again;
    expect(world.store.head(job.id)).toMatchObject({ status: 'completed', result: { inline: true } });
  });
});
