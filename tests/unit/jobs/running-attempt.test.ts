import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { held } from '../../../shared/domain/guards.ts';
import type { Job } from '../../../shared/domain/job.ts';
import { fail, requestCancel } from '../../../shared/domain/transitions.ts';
import { reconcileJobs } from '../../../shared/jobs/reconcile-jobs.ts';
import { acceptedAt, acceptedJob } from '../../support/job-builder.ts';
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

/** Works until it is told to stop, then throws, as a processor should. */
const heedful = () => {
  world.perform = ({ signal }) =>
    new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('stopped'))));
};

/** Never hears anything, and hands over a result after the given time. */
const deafFor = (milliseconds: number) => {
  world.perform = () => new Promise((resolve) => setTimeout(resolve, milliseconds, { result: { late: true } }));
};

describe('a running job that its owner asks to stop', () => {
  it('is told so within two seconds and ends as cancelled', async () => {
    const job = place(acceptedJob());
    heedful();
    const done = world.deliverTo(job);
    await pass(500);
    await world.store.apply(requestCancel(world.store.head(job.id), Date.now()));
    await pass(2_000);
    await done;
    expect(world.store.head(job.id)).toMatchObject({ status: 'cancelled', error: { code: 'cancelled' } });
    expect(world.queues.sent).toEqual([]);
  });

  it('is told so with its next progress', async () => {
    const job = place(acceptedJob());
    let aborted = false;
    world.perform = async ({ progress, signal }) => {
      await new Promise((resolve) => setTimeout(resolve, 1_600));
      await world.store.apply(requestCancel(world.store.head(job.id), Date.now()));
      await progress(0.5, 'Halfway');
      aborted = signal.aborted;
      throw new Error('stopped');
    };
    const done = world.deliverTo(job);
    await pass(1_600);
    await done;
    expect(aborted).toBe(true);
    expect(world.store.head(job.id).status).toBe('cancelled');
  });

  it('ends as cancelled even if it finished in that moment, because that is what its owner was told', async () => {
    const job = place(acceptedJob());
    world.perform = async () => {
      await world.store.apply(requestCancel(world.store.head(job.id), Date.now()));
      return { result: { made: true } };
    };
    await world.deliverTo(job);
    expect(world.store.head(job.id).status).toBe('cancelled');
    expect(world.store.written.filter((transition) => transition === 'complete')).toEqual([]);
  });

  it('ends as cancelled although the processor hears nothing', async () => {
    const job = place(acceptedJob());
    deafFor(60_000);
    const done = world.deliverTo(job);
    await pass(100);
    await world.store.apply(requestCancel(world.store.head(job.id), Date.now()));
    await pass(3_000);
    await done;
    expect(world.store.head(job.id).status).toBe('cancelled');
    await pass(60_000);
    expect(world.store.head(job.id).status).toBe('cancelled');
  });
});

describe('a running job at its deadline', () => {
  it('is stopped and ends as expired', async () => {
    const job = place(acceptedJob({ deadline: acceptedAt + 10_000 }));
    heedful();
    const done = world.deliverTo(job);
    await pass(10_000);
    await done;
    expect(world.store.head(job.id)).toMatchObject({ status: 'expired', error: { code: 'deadline_passed' } });
  });

  it('ends as expired even if the timer is a moment early', async () => {
    world = new JobWorld(() => Date.now() - 3);
    const job = place(acceptedJob({ deadline: acceptedAt + 10_000 }));
    heedful();
    const done = world.deliverTo(job);
    world.store.observe = () => {};
    await pass(10_003);
    await done;
    expect(world.store.head(job.id).status).toBe('expired');
  });
});

describe('a running job at the end of its function’s time', () => {
  it('is stopped five seconds before, and will be tried again', async () => {
    const job = place(acceptedJob());
    heedful();
    const done = world.deliverTo(job);
    await pass(84_999);
    expect(world.store.head(job.id).status).toBe('processing');
    await pass(1);
    await done;
    expect(world.store.head(job.id)).toMatchObject({ status: 'retrying', error: { code: 'timed_out' } });
  });

  it('is recorded in time although the processor hears nothing, and its late result is not stored', async () => {
    const job = place(acceptedJob());
    deafFor(120_000);
    const done = world.deliverTo(job);
    await pass(86_000);
    await done;
    const recorded = world.store.head(job.id);
    expect(recorded).toMatchObject({ status: 'retrying', error: { code: 'timed_out' } });
    await pass(60_000);
    expect(world.store.head(job.id)).toEqual(recorded);
  });
});

describe('an attempt that was taken over', () => {
  it('hears of it and writes nothing more', async () => {
    const job = place(acceptedJob());
    heedful();
    const done = world.deliverTo(job);
    await pass(100);
    const taken = world.store.place({ ...world.store.head(job.id), attempt: 2 });
    await pass(2_000);
    await done;
    expect(world.store.head(job.id)).toEqual(taken);
    expect(world.telemetry.dropped).toEqual(['taken_over']);
  });

  it('hears of it when the job has ended meanwhile', async () => {
    const job = place(acceptedJob());
    heedful();
    const done = world.deliverTo(job);
    await pass(100);
    const running = world.store.head(job.id);
    await world.store.apply(fail(running, held(running), Date.now(), { code: 'internal_error', message: '' }));
    const ended = world.store.head(job.id);
    await pass(2_000);
    await done;
    expect(world.store.head(job.id)).toEqual(ended);
  });

  it('changes neither the job nor a queue with its late result, its late progress or its late failure', async () => {
    for (const end of ['result', 'progress', 'failure'] as const) {
      const job = place(acceptedJob());
      world.left = 400_000; // a worker that lives on after its lease was found run out
      world.perform = async ({ progress }) => {
        await new Promise((resolve) => setTimeout(resolve, 1_000));
        if (end === 'progress') await progress(0.9, 'Nearly there');
        if (end === 'failure') throw new Error('boom');
        return { result: { late: true } };
      };
      const done = world.deliverTo(job);
      await pass(1);
      await reconcileJobs({ everything: true, abandonedBefore: Date.now() }, world);
      const taken = world.store.head(job.id);
      const sent = world.queues.sent.length;
      expect(taken).toMatchObject({ status: 'retrying', visit: 2 });
      await pass(1_000);
      await done;
      expect(world.store.head(job.id)).toEqual(taken);
      expect(world.queues.sent).toHaveLength(sent);
      await world.store.apply(fail(taken, [], Date.now(), { code: 'internal_error', message: '' }));
    }
  });
});
