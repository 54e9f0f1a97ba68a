import { beforeEach, describe, expect, it } from 'vitest';
import { queueNames } from '../../../shared/catalog/queues.ts';
import { type Job, newestReadableVersion } from '../../../shared/domain/job.ts';
import { UnreadableRecordError } from '../../../shared/domain/unreadable-record.ts';
import { processMessage } from '../../../shared/jobs/process-message.ts';
import {
  acceptedAt,
  acceptedJob,
  endedJob,
  heldJob,
  newId,
  retryingJob,
  writtenStory,
} from '../../support/job-builder.ts';
import { JobWorld, messageFor } from '../../support/job-world.ts';

let world: JobWorld;
beforeEach(() => {
  world = new JobWorld();
});

const place = (job: Job) => world.store.place(job);

describe('a message', () => {
  it('runs its job once and ends it', async () => {
    const job = place(acceptedJob());
    await world.deliver(messageFor(job), acceptedAt - 250);
    expect(world.store.head(job.id)).toMatchObject({ status: 'completed', attempt: 1, progress: 100 });
    expect(world.store.head(job.id).result).toEqual({ inline: { made: true } });
    expect(world.telemetry.counted('pick_up_latency')).toBe(250);
  });

  it('delivered ten times at once, and again afterwards, runs once', async () => {
    const job = place(acceptedJob());
    await Promise.all(Array.from({ length: 10 }, () => world.deliver(messageFor(job))));
    await world.deliver(messageFor(job));
    expect(world.runs).toBe(1);
    expect(world.store.written.filter((transition) => transition === 'complete')).toHaveLength(1);
    expect(world.telemetry.dropped).toHaveLength(10);
  });

  it('whose claim was written but not answered runs all the same', async () => {
    const job = place(acceptedJob());
    const { store } = world;
    const apply = store.apply.bind(store);
    store.apply = async (change) => {
      const outcome = await apply(change);
      return change.transition === 'claim' ? apply(change) : outcome; // what the client's own repeat is told
    };
    await world.deliver(messageFor(job));
    expect(world.store.head(job.id)).toMatchObject({ status: 'completed', attempt: 1 });
    expect(world.runs).toBe(1);
  });

  it('of a narration that waited too long leaves the story, and says what it lacks', async () => {
    const job = place(writtenStory({ wait_until: acceptedAt }));
    await world.deliver(messageFor(job));
    expect(world.runs).toBe(0);
    expect(world.store.head(job.id)).toMatchObject({ status: 'completed', degraded: ['voice'], result: job.result });
  });

  it('that was kept back does not count as picked up late', async () => {
    const history = [{ at: acceptedAt - 9_000, status: 'retrying' as const }];
    const job = place(retryingJob({ not_before: acceptedAt, history }));
    await world.deliver(messageFor(job), acceptedAt - 9_000);
    expect(world.telemetry.counted('pick_up_latency')).toBe(0);
  });

  it.each(queueNames)(
    'of a job type that the consumer of %s does not know stays on its queue and runs nothing',
    async (queue) => {
      const job = place(Object.assign(acceptedJob(), { type: 'hologram' }));
      const delivered = processMessage(messageFor(job), { holder: 'a' }, { ...world.consumer(), queue });
      await expect(delivered).rejects.toThrow(UnreadableRecordError);
      expect(world.runs).toBe(0);
    },
  );

  it('of an earlier visit runs nothing', async () => {
    const job = place(retryingJob({ not_before: acceptedAt }));
    await world.deliver(messageFor({ ...job, visit: 1 }));
    expect([world.runs, world.telemetry.dropped]).toEqual([0, ['stale_visit']]);
  });

  it('of a job nobody knows is dropped and creates nothing', async () => {
    await world.deliver({ v: 1, id: newId(), visit: 1 });
    expect([world.store.heads.size, world.telemetry.dropped]).toEqual([0, ['no_such_job']]);
  });

  it.each(['completed', 'failed', 'cancelled', 'expired'] as const)('of a %s job changes nothing', async (status) => {
    const job = place(endedJob(status));
    await world.deliver(messageFor(job));
    expect(world.store.head(job.id)).toEqual(job);
    expect([world.runs, world.telemetry.dropped]).toEqual([0, ['already_ended']]);
  });

  it('that comes too early is sent again for the rest of the wait, with the same visit', async () => {
    const job = place(retryingJob({ not_before: acceptedAt + 9_001 }));
    await world.deliver(messageFor(job));
    expect(world.runs).toBe(0);
    expect(world.queues.sent).toMatchObject([{ delaySeconds: 10, message: messageFor(job) }]);
    expect(world.store.head(job.id)).toEqual(job);
  });

  it('that comes a moment too early is not lost when the moment passes while it is refused', async () => {
    const job = place(retryingJob({ not_before: acceptedAt + 5 }));
    world.store.fault = () => {
      world.time += 10;
    };
    await world.deliver(messageFor(job));
    await world.deliverAll();
    expect(world.store.head(job.id).status).toBe('completed');
  });

  it('of a job that has waited too long ends it as expired', async () => {
    const job = place(acceptedJob({ wait_until: acceptedAt }));
    await world.deliver(messageFor(job));
    expect(world.store.head(job.id)).toMatchObject({ status: 'expired', error: { code: 'waited_too_long' } });
    expect([world.runs, world.telemetry.counted('jobs_expired')]).toEqual([0, 1]);
  });

  it('of a job past its deadline ends it as expired, and says so', async () => {
    const job = place(retryingJob({ deadline: acceptedAt }));
    await world.deliver(messageFor(job));
    expect(world.store.head(job.id)).toMatchObject({ status: 'expired', error: { code: 'deadline_passed' } });
  });

  it('of a job that another attempt holds leaves that attempt alone', async () => {
    const job = place(heldJob());
    await world.deliver(messageFor(job));
    expect(world.store.head(job.id)).toEqual(job);
    expect(world.telemetry.dropped).toEqual(['already_running']);
  });

  it('of a job whose worker died counts one failure and makes way for another attempt', async () => {
    const job = place(heldJob());
    world.time += 93_000;
    await world.deliver(messageFor(job));
    expect(world.store.head(job.id)).toMatchObject({ status: 'retrying', failures: 1, visit: 2 });
    world.time += 10_000;
    await world.deliverAll();
    expect(world.store.head(job.id)).toMatchObject({ status: 'completed', attempt: 2 });
  });

  it('of a record that a later release wrote comes back, for a release that can read it', async () => {
    const job = place(acceptedJob({ rv: newestReadableVersion + 1 }));
    await expect(world.deliver(messageFor(job))).rejects.toThrow(UnreadableRecordError);
    expect(world.store.head(job.id)).toEqual(job);
  });

  it('comes back when the claim cannot be written', async () => {
    const job = place(acceptedJob());
    world.store.fault = () => {
      throw new Error('the table is out of reach');
    };
    await expect(world.deliver(messageFor(job))).rejects.toThrow('out of reach');
    expect(world.runs).toBe(0);
  });
});
