import { describe, expect, it } from 'vitest';
import { chooseDead, type RedriveOrder, redriveJobs } from '../../../shared/jobs/redrive-jobs.ts';
import { acceptedAt, acceptedJob, endedJob, newId } from '../../support/job-builder.ts';
import { JobWorld } from '../../support/job-world.ts';

/** A world whose waits pass at once and are counted. */
function redriveWorld() {
  const world = new JobWorld();
  const wait = async (milliseconds: number) => {
    world.time += milliseconds;
  };
  const redrive = (order: Partial<RedriveOrder>) =>
    redriveJobs(
      { ids: [], dryRun: false, ratePerSecond: 10, until: acceptedAt + 6_000, operator: 'olga', ...order },
      Object.assign(world, { wait }),
    );
  return { world, redrive };
}

const dead = () => endedJob('failed', { dead: 'ai_generation' });

describe('a redrive', () => {
  it('says of each job what became of it, and gives only failed ones another life', async () => {
    const { world, redrive } = redriveWorld();
    const [failed, waiting] = [world.store.place(dead()), world.store.place(acceptedJob())];
    const missing = newId();
    expect(await redrive({ ids: [failed.id, waiting.id, missing] })).toEqual([
      { id: failed.id, outcome: 'redriven' },
      { id: waiting.id, outcome: 'not_failed' },
      { id: missing, outcome: 'unknown' },
    ]);
    expect(world.store.head(failed.id)).toMatchObject({ status: 'accepted', visit: failed.visit + 1 });
    expect(world.queues.sent.map(({ message }) => message.id)).toEqual([failed.id]);
  });

  it('only says so when it is a dry run', async () => {
    const { world, redrive } = redriveWorld();
    const [failed, waiting] = [world.store.place(dead()), world.store.place(acceptedJob())];
    const untold = world.store.place({ ...dead(), callback_url: 'https://example.com/hook', outbox: ['callback'] });
    const outcomes = await redrive({ ids: [failed.id, waiting.id, untold.id], dryRun: true });
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['would_redrive', 'not_failed', 'would_redrive']);
    expect(world.store.head(failed.id)).toEqual(failed);
    expect(world.queues.sent).toEqual([]);
  });

  it('passes over a job whose failure cannot be followed up at this moment, and says so', async () => {
    const { world, redrive } = redriveWorld();
    const untold = world.store.place({ ...dead(), callback_url: 'https://example.com/hook', outbox: ['callback'] });
    const plain = world.store.place(dead());
    world.store.fault = (operation) => {
      if (operation === 'accept') throw new Error('throttled');
    };
    const outcomes = await redrive({ ids: [untold.id, plain.id] });
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['not_followed', 'redriven']);
    expect(world.store.head(untold.id)).toEqual(untold);
    expect(world.telemetry.warnings.map(({ event }) => event)).toEqual(['job_not_redriven']);
  });

  it('keeps the rate, and stops in time', async () => {
    const { world, redrive } = redriveWorld();
    const ids = Array.from({ length: 100 }, () => world.store.place(dead()).id);
    const outcomes = await redrive({ ids, ratePerSecond: 4 });
    expect(outcomes.map(({ id }) => id)).toEqual(ids.slice(0, 24));
    const sentAt = world.queues.sent.map((sent) => sent.sentAt - acceptedAt);
    expect(sentAt).toEqual(Array.from({ length: 24 }, (_, index) => index * 250));
    expect(world.store.head(ids[24] ?? '').status).toBe('failed');
  });

  it('asked for twice at once, revives a job once', async () => {
    const { world, redrive } = redriveWorld();
    const { id } = world.store.place(dead());
    const outcomes = await Promise.all([redrive({ ids: [id] }), redrive({ ids: [id] })]);
    expect(
      outcomes
        .flat()
        .map(({ outcome }) => outcome)
        .toSorted(),
    ).toEqual(['not_failed', 'redriven']);
    expect(world.queues.sent).toHaveLength(1);
  });

  it('of a queue takes the oldest first, and passes over jobs of a batch, which stay with it', async () => {
    const { world, redrive } = redriveWorld();
    const parent = { id: newId(), index: 0 };
    const [, inBatch] = [5, 1].map((ended_at) => {
      const job = endedJob('failed', { dead: 'analytics', queue: 'analytics', ended_at, parent });
      return world.store.place(job).id;
    });
    const [third, first, second] = [4, 2, 3].map(
      (ended_at) => world.store.place(endedJob('failed', { dead: 'analytics', queue: 'analytics', ended_at })).id,
    );
    const until = acceptedAt + 6_000;
    expect(await chooseDead('analytics', { limit: 2, until }, world)).toEqual({ ids: [first, second], more: true });
    expect(await chooseDead('analytics', { limit: 9, until }, world)).toEqual({
      ids: [first, second, third],
      more: false,
    });
    expect(await chooseDead('analytics', { limit: 9, until: acceptedAt }, world)).toEqual({ ids: [], more: true });
    const untold = endedJob('failed', { dead: 'analytics', queue: 'analytics', ended_at: 6, outbox: ['callback'] });
    world.store.place(untold);
    expect(
      (await chooseDead('analytics', { limit: 9, until }, world)).ids,
      'one that is still to be told of',
    ).toContain(untold.id);
    expect(await redrive({ ids: [inBatch ?? ''] })).toEqual([{ id: inBatch, outcome: 'in_batch' }]);
  });
});
