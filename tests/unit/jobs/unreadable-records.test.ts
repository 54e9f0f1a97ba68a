import { beforeEach, describe, expect, it } from 'vitest';
import { childCounts } from '../../../shared/domain/batch.ts';
import { type Job, newestReadableVersion } from '../../../shared/domain/job.ts';
import { UnreadableRecordError } from '../../../shared/domain/unreadable-record.ts';
import { cancelJob } from '../../../shared/jobs/cancel-job.ts';
import { childId } from '../../../shared/jobs/child-id.ts';
import { takeDeadLetters } from '../../../shared/jobs/dead-letters.ts';
import { journeyParts } from '../../../shared/jobs/journey-parts.ts';
import { reconcileJobs } from '../../../shared/jobs/reconcile-jobs.ts';
import { chooseDead, redriveJobs } from '../../../shared/jobs/redrive-jobs.ts';
import { acceptedAt, acceptedJob, endedJob, heldJob } from '../../support/job-builder.ts';
import { JobWorld } from '../../support/job-world.ts';

const newer = { rv: newestReadableVersion + 1 };

let world: JobWorld;
let batch: Job;

beforeEach(() => {
  world = new JobWorld();
  batch = world.store.place(acceptedJob({ type: 'pregenerate_stories', step: 'fan_out', queue: 'analytics' }));
  world.perform = async (_, step) => {
    if (step !== 'fan_out') return { result: { made: true } };
    const input = { location: { latitude: 35.17, longitude: -103.72 } };
    const jobs = [0, 1, 2].map((index) => ({ index, type: 'generate_story' as const, input }));
    return { result: { planned: true }, children: { total: 3, jobs, failed: [] } };
  };
});

const head = () => world.store.head(batch.id);
const child = (index: number) => world.store.head(childId(batch.id, index));
const reconcile = () => reconcileJobs({ everything: false, abandonedBefore: 0 }, world);

/** The batch waits for its three children, of which the second cannot be read. */
async function waitingFor(damage: Readonly<Record<string, unknown>>): Promise<void> {
  await world.deliverTo(batch);
  world.store.place(Object.assign({ ...child(1) }, damage));
}

/** Lets the reconciler look at the batch, however late that is. */
async function repair(): Promise<void> {
  world.time = Math.max(world.time, head().due_at ?? 0) + 1;
  await reconcile();
}

describe('a batch with a child that cannot be read', () => {
  it('waits for it, and completes once it can be read and has ended', async () => {
    await waitingFor(newer);
    for (const index of [0, 2]) await world.deliverTo(child(index));
    await repair();
    expect(head()).toMatchObject({ status: 'processing', batch: 'waiting' });
    expect(childCounts(head())).toMatchObject({ completed: 2, pending: 1, failed: 0 });
    world.store.place({ ...child(1), rv: newestReadableVersion });
    await world.deliverTo(child(1));
    await world.deliverAll();
    expect(head().status).toBe('completed');
    expect(childCounts(head())).toMatchObject({ completed: 3 });
  });

  it('that is cancelled leaves the child of a later release to that release', async () => {
    await waitingFor(newer);
    await cancelJob(head(), world);
    expect(head()).toMatchObject({ batch: 'closing' });
    world.store.place({ ...child(1), rv: newestReadableVersion });
    await repair();
    expect(head()).toMatchObject({ status: 'cancelled' });
    expect(childCounts(head())).toMatchObject({ cancelled: 3, failed: 0 });
  });

  it('that is cancelled does not wait for ever for one that is damaged', async () => {
    await waitingFor({ type: 'hologram' });
    await cancelJob(head(), world);
    expect(head()).toMatchObject({ status: 'cancelled' });
    expect(childCounts(head())).toMatchObject({ cancelled: 2, failed: 1, pending: 0 });
  });

  it('makes none twice when its fan-out is repeated', async () => {
    await waitingFor(newer);
    const before = child(1);
    world.store.place({ ...head(), ...heldAgain });
    world.queues.sent.length = 0;
    world.time = (heldAgain.lease_until ?? 0) + 10_000;
    await reconcile();
    world.time = head().not_before ?? world.time;
    await world.deliverTo(batch);
    expect(head()).toMatchObject({ batch: 'waiting', total: 3 });
    expect(child(1)).toEqual(before);
    expect(world.queues.sent.filter(({ message }) => message.id === before.id)).toEqual([]);
  });
});

/** A fan-out whose worker died after it had made all children. */
const heldAgain: Partial<Job> = {
  status: 'processing',
  batch: 'fanning_out',
  visit: 1,
  lease_until: acceptedAt + 90_000,
  due_at: acceptedAt + 90_000,
};

describe('a child whose batch cannot be read', () => {
  it('is told all the same, and counted once the batch can be read', async () => {
    await world.deliverTo(batch);
    world.store.place({ ...head(), ...newer });
    await world.deliverTo(child(0)).catch(() => {});
    expect(child(0)).toMatchObject({ status: 'completed', outbox: ['count_at_parent'] });
    world.store.place({ ...head(), rv: newestReadableVersion });
    world.time = (child(0).due_at ?? 0) + 1;
    await reconcile();
    expect(child(0).outbox).toBeUndefined();
    expect(childCounts(head())).toMatchObject({ completed: 1 });
  });
});

describe('dead letters', () => {
  const dead = (ended_at: number, change: Partial<Job> = {}) =>
    world.store.place(endedJob('failed', { dead: 'booking', queue: 'booking', ended_at, ...change })).id;

  it('are listed without those that cannot be read, and no page is shorter for it', async () => {
    const ids = [dead(5), dead(3), dead(1)];
    dead(4, newer);
    dead(2, newer);
    const letters = await takeDeadLetters(['booking'], { atLeast: 3, after: undefined }, world.store);
    expect(letters.map(({ id }) => id)).toEqual(ids);
  });

  it('are listed although a letter among them is damaged', async () => {
    const id = dead(5);
    await world.store.keepUnreadable({ messageId: 'damaged', source: 'a-queue', body: '', reason: '', at: 6 });
    world.store.fault = (operation, of) => {
      if (operation !== 'findUnreadable') return;
      throw new UnreadableRecordError({ id: of, reason: 'damaged' }, '');
    };
    const letters = await takeDeadLetters(['booking', 'unreadable'], { atLeast: 5, after: undefined }, world.store);
    expect(letters.map((letter) => letter.id)).toEqual([id]);
  });

  it('are redriven without those that cannot be read, and the outcome says so', async () => {
    const [odd, good] = [dead(1, newer), dead(2)];
    const ports = Object.assign(world, { wait: async () => {} });
    const order = { dryRun: false, ratePerSecond: 10, until: acceptedAt + 6_000, operator: 'olga' };
    expect(await chooseDead('booking', { limit: 10, until: order.until }, ports)).toEqual({ ids: [good], more: false });
    expect(await redriveJobs({ ids: [odd, good], ...order }, ports)).toEqual([
      { id: odd, outcome: 'unreadable' },
      { id: good, outcome: 'redriven' },
    ]);
  });
});

describe('a journey', () => {
  it('is not refused for a story of the caller’s that only this release cannot read', async () => {
    const odd = world.store.place(heldJob(newer));
    const named = { stories: [{ job_id: odd.id }], photos: [] };
    await expect(journeyParts(named, odd.owner, world.store, world.time)).rejects.toThrow(UnreadableRecordError);
    const { objections } = await journeyParts(named, 'eve', world.store, world.time);
    expect(objections).toMatchObject([{ path: 'stories[0].job_id' }]);
  });
});
