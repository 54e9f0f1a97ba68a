import { beforeEach, describe, expect, it } from 'vitest';
import { childCounts } from '../../../shared/domain/batch.ts';
import { PermanentError } from '../../../shared/domain/errors.ts';
import type { Job } from '../../../shared/domain/job.ts';
import { requestCancel } from '../../../shared/domain/transitions.ts';
import { cancelJob } from '../../../shared/jobs/cancel-job.ts';
import { childId } from '../../../shared/jobs/child-id.ts';
import { followerId } from '../../../shared/jobs/follower-id.ts';
import type { PlannedChildren, StepContext, StepResult } from '../../../shared/jobs/processor.ts';
import { reconcileJobs } from '../../../shared/jobs/reconcile-jobs.ts';
import { redriveJob } from '../../../shared/jobs/redrive-job.ts';
import { acceptedJob } from '../../support/job-builder.ts';
import { JobWorld, messageFor } from '../../support/job-world.ts';

let world: JobWorld;
let batch: Job;
/** Numbers of the children whose story fails for good. */
let failing: readonly number[];

beforeEach(() => {
  world = new JobWorld();
  world.perform = perform;
  batch = world.store.place(acceptedJob({ type: 'pregenerate_stories', step: 'fan_out', queue: 'analytics' }));
  failing = [];
});

const head = () => world.store.head(batch.id);
const child = (index: number) => world.store.head(childId(batch.id, index));
const counts = () => childCounts(head());
const tell = (index: number) => world.deliverTo(child(index));
const reconcile = () => reconcileJobs({ everything: false, abandonedBefore: 0 }, world);

/** Lets the batch make its children; their messages wait. */
async function fanOut(): Promise<void> {
  await world.deliverTo(batch);
}

async function perform(
  { jobId, counts: stand }: StepContext<unknown, unknown>,
  step: string,
): Promise<StepResult<unknown>> {
  if (step === 'fan_out') return { result: { planned: true }, children: fiveChildren() };
  if (step === 'join') return { result: { planned: true, counts: stand } };
  if (failing.some((index) => childId(batch.id, index) === jobId)) throw new PermanentError('content_filtered', 'no');
  return { result: { made: true } };
}

function fiveChildren(): PlannedChildren {
  const input = { location: { latitude: 35.17, longitude: -103.72 } };
  const jobs = Array.from({ length: 5 }, (_, index) => ({ index, type: 'generate_story' as const, input }));
  return { total: 5, jobs, failed: [] };
}

describe('a batch', () => {
  it('makes each child on the analytics queue and then waits, and no message can run it', async () => {
    await fanOut();
    expect(head()).toMatchObject({ status: 'processing', batch: 'waiting', total: 5, visit: 2 });
    expect(head().lease_until).toBeUndefined();
    expect(child(4)).toMatchObject({ status: 'accepted', queue: 'analytics', parent: { id: batch.id, index: 4 } });
    for (const visit of [1, 2, 3]) await world.deliver({ ...messageFor(batch), visit });
    expect(head()).toMatchObject({ batch: 'waiting', attempt: 1 });
    expect(world.queues.waiting.filter(({ message }) => message.id === batch.id)).toEqual([]);
  });

  it('is completed once its last child has ended, and says which part failed', async () => {
    failing = [3];
    await fanOut();
    await cancelJob(child(4), world);
    await world.deliverAll();
    const expected = { total: 5, completed: 3, failed: 1, cancelled: 1, pending: 0 };
    expect(head()).toMatchObject({ status: 'completed', progress: 100, result: { inline: { counts: expected } } });
    expect(counts()).toEqual(expected);
  });

  it('is joined once when its two last children end at the same moment', async () => {
    await fanOut();
    for (const index of [0, 1, 2]) await tell(index);
    await Promise.all([tell(3), tell(4)]);
    expect(world.queues.sent.filter(({ message }) => message.id === batch.id)).toHaveLength(1);
    await world.deliverAll();
    expect(world.store.written.filter((transition) => transition === 'join')).toHaveLength(1);
    expect(head()).toMatchObject({ status: 'completed', step: 'join' });
  });

  it('counts a child once, however often its message comes', async () => {
    await fanOut();
    const message = messageFor(child(2));
    for (let times = 0; times < 4; times++) await world.deliver(message);
    expect(counts()).toEqual({ total: 5, completed: 1, failed: 0, cancelled: 0, pending: 4 });
  });

  it('none of whose parts could become a job ends at once', async () => {
    world.perform = async (context, step) =>
      step === 'join' ? perform(context, step) : { result: {}, children: { total: 2, jobs: [], failed: [0, 1] } };
    await fanOut();
    await world.deliverAll();
    expect(head().status).toBe('completed');
    expect(counts()).toMatchObject({ total: 2, failed: 2, pending: 0 });
  });

  it('does not let a failed child be tried again, since it has counted it', async () => {
    failing = [0];
    await fanOut();
    await tell(0);
    expect(await redriveJob(child(0), world)).toBeUndefined();
    expect(child(0).status).toBe('failed');
  });
});

describe('after a crash', () => {
  it('in the middle of the fan-out, the next attempt makes what is missing and nothing twice', async () => {
    let accepted = 0;
    world.store.fault = (operation) => {
      if (operation === 'accept') accepted++;
      if (accepted > 2) throw new Error('The worker is dead');
    };
    await fanOut().catch(() => undefined);
    expect(head()).toMatchObject({ batch: 'fanning_out', total: 5 });
    world.store.fault = () => {};
    world.time += 200_000;
    await reconcile();
    world.time += 10_000;
    await world.deliverAll();
    expect(head().status).toBe('completed');
    expect(counts()).toMatchObject({ completed: 5, pending: 0 });
    expect(world.store.written.filter((transition) => transition === 'accept')).toHaveLength(5);
    expect(world.runs).toBe(2 + 5 + 1);
  });

  it('between a child’s record and its message, the next attempt sends the message, and no child waits for the reconciler', async () => {
    let accepted = 0;
    world.store.fault = (operation) => {
      if (operation === 'accept') accepted++;
      if (accepted > 2) throw new Error('The worker is dead');
    };
    world.queues.refuse();
    await fanOut().catch(() => undefined);
    world.store.fault = () => {};
    world.queues.fault = () => {};
    world.time += 200_000;
    await reconcile();
    world.time += 10_000;
    await world.deliverAll();
    expect(head().status).toBe('completed');
    expect(world.runs).toBe(2 + 5 + 1);
  });

  it('between a child’s end and its count, the reconciler counts it from the child’s outbox', async () => {
    await fanOut();
    world.store.fault = (operation, id) => {
      if (operation === 'apply' && id === batch.id) throw new Error('The worker is dead');
    };
    await tell(1);
    expect(child(1)).toMatchObject({ status: 'completed', outbox: ['count_at_parent'] });
    expect(counts()).toMatchObject({ completed: 0 });
    world.store.fault = () => {};
    world.time += 61_000;
    await reconcile();
    expect(counts()).toMatchObject({ completed: 1, pending: 4 });
    expect([child(1).outbox, child(1).due_at]).toEqual([undefined, undefined]);
  });

  it('that took a child’s record with it, the batch does not wait for that child for ever', async () => {
    await fanOut();
    world.store.heads.delete(child(3).id);
    await world.deliverAll();
    world.time += 601_000;
    await reconcile();
    await world.deliverAll();
    expect(head().status).toBe('completed');
    expect(counts()).toEqual({ total: 5, completed: 4, failed: 1, cancelled: 0, pending: 0 });
  });

  it('between the last count and the join, the reconciler joins', async () => {
    await fanOut();
    const { store } = world;
    const apply = store.apply.bind(store);
    store.apply = async (change) => {
      if (change.transition === 'join') throw new Error('The worker is dead');
      return apply(change);
    };
    for (const index of [0, 1, 2, 3, 4]) await tell(index);
    expect(head()).toMatchObject({ batch: 'waiting' });
    store.apply = apply;
    world.time += 601_000;
    await reconcile();
    await world.deliverAll();
    expect(head().status).toBe('completed');
  });
});

describe('a cancel of a batch', () => {
  it('cancels the children that wait, and the batch ends with true counts', async () => {
    await fanOut();
    await tell(0);
    const outcome = await cancelJob(head(), world);
    expect(outcome?.kind).toBe('cancelled');
    expect(head()).toMatchObject({ status: 'cancelled', error: { code: 'cancelled' } });
    expect(counts()).toEqual({ total: 5, completed: 1, failed: 0, cancelled: 4, pending: 0 });
    await world.deliverAll();
    expect(world.runs).toBe(1 + 1);
  });

  it('is told of at once to whoever wanted to be told of its end', async () => {
    batch = world.store.place(
      acceptedJob({
        type: 'pregenerate_stories',
        step: 'fan_out',
        queue: 'analytics',
        callback_url: 'https://example.com/hook',
      }),
    );
    await fanOut();
    await cancelJob(head(), world);
    expect(head()).not.toHaveProperty('outbox');
    expect(world.store.head(followerId(head(), 'callback'))).toMatchObject({ type: 'deliver_webhook' });
  });

  it('that comes before it fails is what it ends by', async () => {
    batch = world.store.place({ ...batch, batch: 'fanning_out', total: 5 });
    world.perform = async () => {
      await world.store.apply(requestCancel(head(), world.time));
      throw new PermanentError('content_filtered', 'no');
    };
    await fanOut();
    expect(head().intended_end).toMatchObject({ status: 'cancelled', error: { code: 'cancelled' } });
  });

  it('waits for the child that runs, which is asked to stop', async () => {
    await fanOut();
    const running = Promise.withResolvers<StepResult<unknown>>();
    world.perform = () => running.promise;
    const attempt = tell(0);
    await expect.poll(() => child(0).lease_until).toBeDefined();
    expect((await cancelJob(head(), world))?.kind).toBe('requested');
    expect(head()).toMatchObject({ status: 'processing', batch: 'closing' });
    expect(child(0).cancel_at).toBeDefined();
    running.resolve({ result: { made: true } });
    await attempt;
    expect(child(0).status).toBe('cancelled');
    expect(head().status).toBe('cancelled');
    expect(counts()).toMatchObject({ cancelled: 5, pending: 0 });
  });

  it('during the fan-out makes no further child, and lets none run', async () => {
    const { store } = world;
    const accept = store.accept.bind(store);
    store.accept = async (job) => {
      if (job.parent?.index === 1) await cancelJob(head(), world);
      return accept(job);
    };
    await fanOut();
    expect(head().status).toBe('cancelled');
    await world.deliverAll();
    expect(counts()).toMatchObject({ completed: 0, pending: 0 });
    expect(world.runs).toBe(1);
  });

  it('reaches a child that a slow worker makes afterwards, when it is claimed', async () => {
    await fanOut();
    const late = child(2);
    world.store.heads.delete(late.id);
    await cancelJob(head(), world);
    expect(head().status).toBe('cancelled');
    world.store.place(late);
    await world.deliver(messageFor(late));
    expect(child(2).status).toBe('cancelled');
    expect(child(2).outbox).toBeUndefined();
    expect(world.runs).toBe(1);
    expect(counts()).toMatchObject({ cancelled: 5, pending: 0 });
  });
});

it('a batch whose deadline passes expires with its children', async () => {
  batch = world.store.place(
    acceptedJob({ type: 'pregenerate_stories', step: 'fan_out', queue: 'analytics', deadline: world.time + 120_000 }),
  );
  await fanOut();
  await tell(0);
  world.time += 120_000;
  await reconcile();
  await reconcile();
  expect(head()).toMatchObject({ status: 'expired', error: { code: 'deadline_passed' } });
  expect(counts()).toMatchObject({ completed: 1, pending: 0 });
});
