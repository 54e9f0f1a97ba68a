import { beforeEach, describe, expect, it } from 'vitest';
import type { Job } from '../../../shared/domain/job.ts';
import { cancelJob } from '../../../shared/jobs/cancel-job.ts';
import { followerId } from '../../../shared/jobs/follower-id.ts';
import { eventsAfter } from '../../../shared/jobs/job-events.ts';
import { NotFollowedError, redriveJob } from '../../../shared/jobs/redrive-job.ts';
import { acceptedAt, acceptedJob, endedJob, heldJob, retryingJob, writtenStory } from '../../support/job-builder.ts';
import { JobWorld, messageFor } from '../../support/job-world.ts';

let world: JobWorld;
beforeEach(() => {
  world = new JobWorld();
});

const place = (job: Job) => world.store.place(job);

describe('a cancel', () => {
  it.each([
    ['waits', acceptedJob()],
    ['is scheduled', acceptedJob({ status: 'scheduled', not_before: acceptedAt + 60_000 })],
    ['waits for another attempt', retryingJob()],
    ['waits between two steps', writtenStory()],
  ])('of a job that %s ends it at once, and its message then runs nothing', async (_, job) => {
    place(job);
    expect((await cancelJob(job, world))?.kind).toBe('cancelled');
    await world.deliver(messageFor(job));
    expect(world.store.head(job.id)).toMatchObject({ status: 'cancelled', error: { code: 'cancelled' } });
    expect([world.runs, world.queues.sent]).toEqual([0, []]);
  });

  it('of a running job asks it to stop, once', async () => {
    const job = place(heldJob());
    expect((await cancelJob(job, world))?.kind).toBe('requested');
    const asked = world.store.head(job.id);
    world.time += 1_000;
    expect((await cancelJob(asked, world))?.kind).toBe('requested');
    expect(world.store.head(job.id)).toEqual(asked);
  });

  it.each(['completed', 'failed', 'expired'] as const)('of a %s job changes nothing and says so', async (status) => {
    const job = place(endedJob(status));
    expect(await cancelJob(job, world)).toEqual({ kind: 'ended', job });
    expect(world.store.head(job.id)).toEqual(job);
  });

  it('ten times at once is one cancel, and every answer is the same', async () => {
    const job = place(acceptedJob());
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => cancelJob(job, world)));
    expect(outcomes.map((outcome) => outcome?.kind)).toEqual(Array.from({ length: 10 }, () => 'cancelled'));
    expect(world.telemetry.counted('jobs_cancelled')).toBe(1);
  });

  it('that races with the end of the job says what the record says', async () => {
    const job = place(acceptedJob());
    await world.deliverTo(job);
    expect((await cancelJob(job, world))?.kind).toBe('ended');
    expect(world.store.head(job.id).status).toBe('completed');
  });

  it('that races with a claim asks the attempt to stop', async () => {
    const job = place(acceptedJob());
    place({ ...heldJob(), id: job.id });
    expect((await cancelJob(job, world))?.kind).toBe('requested');
  });

  it('of a job nobody knows creates nothing', async () => {
    expect(await cancelJob(acceptedJob(), world)).toBeUndefined();
    expect(world.store.heads.size).toBe(0);
  });
});

describe('a redrive', () => {
  const deadJob = (fields: Partial<Job> = {}) =>
    endedJob('failed', {
      dead: 'ai_generation',
      failures: 3,
      attempt: 4,
      error: { code: 'internal_error', message: '' },
      ...fields,
    });

  it('gives a failed job another life that ends like any other', async () => {
    const job = place(deadJob());
    world.time += 86_400_000;
    await redriveJob(job, world);
    const revived = world.store.head(job.id);
    expect(revived).toMatchObject({ status: 'accepted', visit: 2, failures: 0, wait_until: world.time + 3_600_000 });
    expect([revived.dead, revived.error, revived.ttl, revived.ended_at]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    await world.deliverAll();
    expect(world.store.head(job.id)).toMatchObject({ status: 'completed', attempt: 5 });
  });

  it('makes it a dead letter again when it fails again', async () => {
    const job = place(deadJob());
    await redriveJob(job, world);
    world.perform = () => Promise.reject(new Error('boom'));
    for (let hop = 0; hop < 10; hop++) {
      await world.deliverAll();
      world.time += 60_000;
    }
    expect(world.store.head(job.id)).toMatchObject({ status: 'failed', dead: 'ai_generation', attempt: 8 });
  });

  it('first sees to what had to follow from the failure, since the next end has follow-ups of its own', async () => {
    const job = place({ ...deadJob(), callback_url: 'https://example.com/hook', outbox: ['callback'] });
    await redriveJob(job, world);
    const told = world.store.head(followerId(job, 'callback'));
    expect(told).toMatchObject({ type: 'deliver_webhook', follows: job.id });
    expect(world.store.head(job.id)).toMatchObject({ status: 'accepted', visit: 2 });
    expect(world.store.head(job.id)).not.toHaveProperty('outbox');
  });

  it('waits until that can be done', async () => {
    const job = place({ ...deadJob(), callback_url: 'https://example.com/hook', outbox: ['callback'] });
    world.store.fault = (operation) => {
      if (operation === 'accept') throw new Error('throttled');
    };
    await expect(redriveJob(job, world)).rejects.toThrow(NotFollowedError);
    expect(world.store.head(job.id)).toEqual(job);
  });

  it('twice at once is one', async () => {
    const job = place(deadJob());
    await Promise.all([redriveJob(job, world), redriveJob(job, world)]);
    expect(world.store.head(job.id).visit).toBe(2);
    expect(world.queues.sent).toHaveLength(1);
  });

  it.each([endedJob('completed'), endedJob('cancelled'), endedJob('expired'), acceptedJob(), heldJob()])(
    'of a job that is $status changes nothing',
    async (job) => {
      place(job);
      expect(await redriveJob(job, world)).toBeUndefined();
      expect(world.store.head(job.id)).toEqual(job);
      expect(world.queues.sent).toEqual([]);
    },
  );
});

describe('the events of a job', () => {
  it('are numbered up to the job’s own number, and each tells its whole state', () => {
    const history = [
      { at: acceptedAt, status: 'accepted', step: 'write', progress: 0 },
      { at: acceptedAt, status: 'processing' },
      { at: acceptedAt, status: 'processing', progress: 30, message: 'Writing' },
      { at: acceptedAt, status: 'retrying' },
    ] as const;
    const events = eventsAfter(acceptedJob({ seq: 4, history }), 2);
    expect(events).toMatchObject([
      { seq: 3, status: 'processing', step: 'write', progress: 30, message: 'Writing' },
      { seq: 4, status: 'retrying', step: 'write', progress: 30 },
    ]);
  });

  it('keep their numbers after the oldest were dropped', () => {
    const history = Array.from({ length: 50 }, () => ({ at: acceptedAt, status: 'processing' as const }));
    const events = eventsAfter(acceptedJob({ seq: 80, history }), 0);
    expect([events[0]?.seq, events.at(-1)?.seq]).toEqual([31, 80]);
    expect(eventsAfter(acceptedJob({ seq: 80, history }), 80)).toEqual([]);
  });
});
