import { beforeEach, describe, expect, it } from 'vitest';
import { failure } from '../../../shared/domain/decide.ts';
import { type Job, newestReadableVersion } from '../../../shared/domain/job.ts';
import { UnreadableRecordError } from '../../../shared/domain/unreadable-record.ts';
import { childId } from '../../../shared/jobs/child-id.ts';
import { type Reconciliation, reconcileJobs } from '../../../shared/jobs/reconcile-jobs.ts';
import { acceptedAt, acceptedJob, endedJob, heldJob, retryingJob, writtenStory } from '../../support/job-builder.ts';
import { JobWorld, messageFor } from '../../support/job-world.ts';

let world: JobWorld;
beforeEach(() => {
  world = new JobWorld();
});

const place = (job: Job) => world.store.place(job);
const reconcile = (scope: Partial<Reconciliation> = {}) =>
  reconcileJobs({ everything: false, abandonedBefore: 0, ...scope }, world);

describe('the reconciler', () => {
  it('sends the message of a job whose own was never sent, and the job then runs', async () => {
    const job = place(acceptedJob());
    world.time += 60_000;
    expect(await reconcile()).toEqual({ seen: 1, failed: 0 });
    expect(world.queues.sent).toMatchObject([{ queue: job.queue, message: messageFor(job) }]);
    await world.deliverAll();
    expect(world.store.head(job.id).status).toBe('completed');
  });

  it('tells of a job that can only go forward and does not get through, each time it looks', async () => {
    const job = place(acceptedJob({ committed_at: acceptedAt, wait_until: acceptedAt + 60_000 }));
    for (const hours of [0.5, 1.5, 2.5]) {
      world.time = acceptedAt + hours * 3_600_000;
      await reconcile();
    }
    expect(world.telemetry.counted('jobs_overdue')).toBe(2);
    expect(world.telemetry.warnings.map(({ event }) => event)).toEqual(['job_overdue', 'job_overdue']);
    expect(world.store.head(job.id).status, 'no limit ends it').toBe('accepted');
  });

  it('sends it less and less often while nobody picks it up, every half hour at last', async () => {
    const job = place(acceptedJob({ wait_until: acceptedAt + 86_400_000 }));
    const pauses: number[] = [];
    for (let round = 0; round < 8; round++) {
      world.time = world.store.head(job.id).due_at ?? 0;
      await reconcile();
      pauses.push(((world.store.head(job.id).due_at ?? 0) - world.time) / 60_000);
    }
    expect(pauses).toEqual([1, 2, 4, 8, 16, 30, 30, 30]);
    expect(world.queues.sent).toHaveLength(8);
    await world.deliver(messageFor(job));
    expect(world.store.head(job.id)).toMatchObject({ status: 'completed', resends: 0 });
  });

  it('ends a job that waited too long within a minute of its limit, however often it was sent before', async () => {
    const job = place(acceptedJob());
    for (; world.time < job.wait_until + 60_000; world.time += 60_000) await reconcile();
    expect(world.store.head(job.id)).toMatchObject({ status: 'expired', error: { code: 'waited_too_long' } });
  });

  it('ends a job that waited too long at that time, however far off its deadline is', async () => {
    const job = place(acceptedJob({ deadline: acceptedAt + 86_400_000 }));
    for (; world.time < job.wait_until + 60_000; world.time += 60_000) await reconcile();
    const { status, error, ended_at = 0, updated_at } = world.store.head(job.id);
    expect({ status, code: error?.code }).toEqual({ status: 'expired', code: 'waited_too_long' });
    expect([ended_at, updated_at].every((at) => at >= job.wait_until && at <= world.time)).toBe(true);
  });

  it('leaves a job as it is that was completed between the look and the write', async () => {
    const late = place(acceptedJob({ wait_until: acceptedAt }));
    const done = endedJob('completed', { id: late.id, committed_at: acceptedAt, seq: late.seq + 5 });
    world.store.fault = (operation) => {
      if (operation === 'apply' && world.store.head(late.id).status === 'accepted') place(done);
    };
    world.time += 60_000;
    await reconcile();
    expect(world.store.head(late.id)).toEqual(done);
    expect(world.queues.sent).toEqual([]);
  });

  it('looks after a closing batch less and less often, long after the time that the batch had', async () => {
    const batch = acceptedJob({
      type: 'pregenerate_stories',
      queue: 'analytics',
      status: 'processing',
      batch: 'closing',
    });
    const job = place({
      ...batch,
      total: 1,
      intended_end: { status: 'cancelled', error: failure('cancelled') },
      visit: 2,
    });
    const running = place(
      heldJob({ id: childId(job.id, 0), lease_until: acceptedAt + 864_000_000, cancel_at: acceptedAt }),
    );
    const looks: number[] = [];
    world.store.observe = (before, after) => {
      if (after.id === job.id && before?.due_at !== after.due_at) looks.push((after.due_at ?? 0) - world.time);
    };
    world.time = job.wait_until + 60_000;
    for (let minute = 0; minute < 120; minute++, world.time += 60_000) await reconcile();
    expect(looks.slice(0, 3)).toEqual([600_000, 1_200_000, 1_800_000]);
    expect(world.store.head(running.id).status).toBe('processing');
  });

  it('ends a waiting job within a minute of its deadline', async () => {
    const job = place(acceptedJob({ deadline: acceptedAt + 600_000 }));
    for (; world.time < acceptedAt + 660_000; world.time += 60_000) await reconcile();
    expect(world.store.head(job.id)).toMatchObject({ status: 'expired', error: { code: 'deadline_passed' } });
  });

  it('gives the job of a dead worker another attempt', async () => {
    const job = place(heldJob());
    world.time += 93_000;
    await reconcile();
    expect(world.store.head(job.id)).toMatchObject({ status: 'retrying', failures: 1, visit: 2 });
    expect(world.telemetry.counted('leases_lost')).toBe(1);
  });

  it('ends a job whose worker died on its last attempt, or leaves what is finished of it', async () => {
    const job = place(heldJob({ failures: 3 }));
    const narrated = place(writtenStory({ failures: 4, attempt: 6, lease_until: acceptedAt, due_at: acceptedAt }));
    world.time += 93_000;
    await reconcile();
    expect(world.store.head(job.id)).toMatchObject({ status: 'failed', error: { code: 'lease_lost' } });
    expect(world.store.head(narrated.id)).toMatchObject({ status: 'completed', degraded: ['voice'] });
  });

  it('ends a job as cancelled whose worker died after its owner asked it to stop', async () => {
    const job = place(heldJob({ cancel_at: acceptedAt }));
    world.time += 93_000;
    await reconcile();
    expect(world.store.head(job.id).status).toBe('cancelled');
  });

  it('leaves a living attempt, a job that is not due, and a job that ended alone', async () => {
    const jobs = [heldJob({ due_at: acceptedAt }), acceptedJob({ due_at: acceptedAt + 60_001 }), endedJob('failed')];
    for (const job of jobs) place(job);
    await reconcile();
    for (const job of jobs) expect(world.store.head(job.id)).toEqual(job);
    expect(world.queues.sent).toEqual([]);
  });

  it('waits for a scheduled job’s time, and sends it then', async () => {
    const startsAt = acceptedAt + 46_800_000;
    const job = place(
      acceptedJob({ status: 'scheduled', not_before: startsAt, due_at: startsAt, wait_until: startsAt + 3_600_000 }),
    );
    for (; world.time < startsAt - 60_000; world.time += 600_000) await reconcile();
    expect(world.queues.sent).toEqual([]);
    world.time = startsAt - 30_000;
    await reconcile();
    expect(world.queues.sent).toMatchObject([{ delaySeconds: 30, message: messageFor(job) }]);
    world.time = startsAt;
    await world.deliverAll();
    expect(world.store.head(job.id)).toMatchObject({ status: 'completed', processing_at: startsAt });
  });

  it('of which two run at once sends each message once', async () => {
    for (let count = 0; count < 20; count++) place(acceptedJob({ due_at: acceptedAt }));
    await Promise.all([reconcile(), reconcile(), reconcile()]);
    expect(world.queues.sent).toHaveLength(20);
  });

  it('is not stopped by a record it cannot read', async () => {
    const shard = { due_shard: 3 };
    const jobs = [0, 1, 2, 3, 4].map((order) => place(acceptedJob({ ...shard, due_at: acceptedAt - order })));
    world.store.fault = (operation, id) => {
      if (operation === 'find' && id === jobs[2]?.id) throw new UnreadableRecordError({ id, reason: 'damaged' }, '');
    };
    expect(await reconcile()).toEqual({ seen: 5, failed: 1 });
    expect(world.queues.sent).toHaveLength(4);
  });

  it('leaves a record alone that a later release wrote', async () => {
    const job = place(acceptedJob({ rv: newestReadableVersion + 1, wait_until: acceptedAt, due_at: acceptedAt }));
    expect(await reconcile()).toEqual({ seen: 1, failed: 1 });
    expect(world.store.head(job.id)).toEqual(job);
  });

  it('is not stopped by a shard it cannot list, and says so at the end', async () => {
    for (const due_shard of [0, 1, 2, 3]) place(acceptedJob({ due_shard, due_at: acceptedAt }));
    world.store.fault = (operation, id) => {
      if (operation === 'due' && id === '1') throw new Error('the index is out of reach');
    };
    await expect(reconcile()).rejects.toThrow('1 shards could not be read');
    expect(world.queues.sent).toHaveLength(3);
  });

  it('goes on when SQS is out of reach, and sends the messages later', async () => {
    for (let count = 0; count < 3; count++) place(acceptedJob({ due_at: acceptedAt }));
    world.queues.refuse();
    expect(await reconcile()).toEqual({ seen: 3, failed: 0 });
    world.queues.fault = () => {};
    world.time += 60_000;
    await reconcile();
    expect(world.queues.sent).toHaveLength(3);
  });
});

describe('the reconciler after a restart of everything', () => {
  const restart = () => reconcile({ everything: true, abandonedBefore: world.time });

  it('sends every waiting job’s message once, and takes every attempt from before for dead', async () => {
    const waiting = [acceptedJob({ due_at: acceptedAt + 500_000 }), retryingJob(), writtenStory()];
    const running = heldJob({ due_at: acceptedAt + 100_000 });
    for (const job of [...waiting, running, endedJob('completed')]) place(job);
    world.time += 1_000;
    await restart();
    expect(world.store.head(running.id)).toMatchObject({ status: 'retrying', visit: 2 });
    const expected = [...waiting, world.store.head(running.id)].map(messageFor);
    const sent = world.queues.sent.map(({ message }) => message);
    expect(sent.toSorted((a, b) => a.id.localeCompare(b.id))).toEqual(
      expected.toSorted((a, b) => a.id.localeCompare(b.id)),
    );
    world.time += 60_000;
    await world.deliverAll();
    await world.deliverAll();
    expect([...world.store.heads.values()].every(({ status }) => status === 'completed')).toBe(true);
  });

  it('that happens twice at once sends each message once, even if the next look comes out at the same time', async () => {
    place(retryingJob());
    await Promise.all([restart(), restart()]);
    expect(world.queues.sent).toHaveLength(1);
  });

  it('spares an attempt that began since', async () => {
    const job = place(heldJob({ processing_at: acceptedAt + 10 }));
    await reconcile({ everything: true, abandonedBefore: acceptedAt + 10 });
    expect(world.store.head(job.id)).toEqual(job);
  });

  it('however often it happens, does not put off a job that is scheduled for later', async () => {
    const startsAt = acceptedAt + 7_200_000;
    const job = place(
      acceptedJob({ status: 'scheduled', not_before: startsAt, due_at: startsAt, wait_until: startsAt + 3_600_000 }),
    );
    for (let count = 0; count < 10; count++) await restart();
    expect(world.store.head(job.id)).toEqual(job);
    expect(world.queues.sent).toEqual([]);
  });
});
