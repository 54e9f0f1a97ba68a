import { beforeEach, describe, expect, it } from 'vitest';
import type { Job } from '../../../shared/domain/job.ts';
import { buryMessage } from '../../../shared/jobs/bury-message.ts';
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

describe('a dead letter', () => {
  it('of a job that still waits for it gives the job a new visit and a new message, and the job then runs', async () => {
    const job = place(acceptedJob());
    await buryMessage(messageFor(job), world);
    const after = world.store.head(job.id);
    expect(after).toMatchObject({ status: 'accepted', visit: 2, requeues: 1, due_at: acceptedAt + 60_000 });
    expect(world.queues.sent).toMatchObject([{ queue: job.queue, message: messageFor(after) }]);
    await world.deliverAll();
    expect(world.store.head(job.id).status).toBe('completed');
  });

  it('keeps the wait of a job that is to be tried later', async () => {
    const job = place(retryingJob());
    await buryMessage(messageFor(job), world);
    expect(world.queues.sent).toMatchObject([{ delaySeconds: 10 }]);
  });

  it('that comes twice requeues once', async () => {
    const job = place(acceptedJob());
    await Promise.all([1, 2, 3].map(() => buryMessage(messageFor(job), world)));
    expect(world.store.head(job.id)).toMatchObject({ visit: 2, requeues: 1 });
    expect(world.queues.sent).toHaveLength(1);
  });

  it.each([
    ['of an earlier visit', retryingJob(), 1],
    ['of a completed job', endedJob('completed'), 1],
    ['of a cancelled job', endedJob('cancelled'), 1],
    ['of an expired job', endedJob('expired'), 1],
    ['of a job that an attempt holds', heldJob(), 1],
  ])('%s changes nothing', async (_, job, visit) => {
    place(job);
    await buryMessage({ v: 1, id: job.id, visit }, world);
    expect(world.store.head(job.id)).toEqual(job);
    expect(world.queues.sent).toEqual([]);
  });

  it('of a job nobody knows is dropped', async () => {
    await buryMessage({ v: 1, id: newId(), visit: 1 }, world);
    expect(world.store.heads.size).toBe(0);
  });

  it('of a job whose worker died counts one failure and makes way for another attempt', async () => {
    const job = place(heldJob());
    world.time += 93_000;
    await buryMessage(messageFor(job), world);
    expect(world.store.head(job.id)).toMatchObject({ status: 'retrying', failures: 1, visit: 2 });
    expect(world.queues.sent).toHaveLength(1);
  });

  it('of a job that came back five times already fails it, with a reason, as a dead letter that can be found', async () => {
    const job = place(acceptedJob({ requeues: 5 }));
    await buryMessage(messageFor(job), world);
    const failed = { status: 'failed', dead: job.queue, error: { code: 'attempts_exhausted' } };
    expect(world.store.head(job.id)).toMatchObject(failed);
    expect(world.telemetry.counted('jobs_failed')).toBe(1);
  });

  it('of a narration that came back five times leaves the finished text', async () => {
    const job = place(writtenStory({ requeues: 5 }));
    await buryMessage(messageFor(job), world);
    expect(world.store.head(job.id)).toMatchObject({ status: 'completed', degraded: ['voice'], result: job.result });
  });

  it('never ends a job a second time that ended in that moment', async () => {
    const job = place(acceptedJob({ requeues: 5 }));
    const ended = endedJob('completed', { id: job.id, requeues: 5 });
    world.store.fault = (operation) => {
      if (operation === 'apply') world.store.place(ended);
    };
    await buryMessage(messageFor(job), world);
    expect(world.store.head(job.id)).toEqual(ended);
  });

  it('never fails a job that got a new visit in that moment', async () => {
    const job = place(acceptedJob({ requeues: 5 }));
    const retrying = retryingJob({ id: job.id, requeues: 5 });
    world.store.fault = (operation) => {
      if (operation === 'apply') world.store.place(retrying);
    };
    await buryMessage(messageFor(job), world);
    expect(world.store.head(job.id)).toEqual(retrying);
  });

  it('comes back when the record cannot be read', async () => {
    world.store.fault = () => {
      throw new Error('the table is out of reach');
    };
    await expect(buryMessage({ v: 1, id: newId(), visit: 1 }, world)).rejects.toThrow('out of reach');
  });
});
