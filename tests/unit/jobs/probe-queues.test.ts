import { beforeEach, describe, expect, it } from 'vitest';
import { queueNames } from '../../../shared/catalog/queues.ts';
import { probeExpirySeconds, probeQueues } from '../../../shared/jobs/probe-queues.ts';
import { reconcileJobs } from '../../../shared/jobs/reconcile-jobs.ts';
import { JobWorld } from '../../support/job-world.ts';

let world: JobWorld;
beforeEach(() => {
  world = new JobWorld();
});

describe('a probe', () => {
  it('goes through every queue as a job does', async () => {
    await probeQueues(world);
    expect(world.queues.sent.map(({ queue }) => queue).toSorted()).toEqual(queueNames.toSorted());
    await world.deliverAll();
    expect(world.telemetry.counted('jobs_completed')).toBe(queueNames.length);
  });

  it('that nobody picks up is given up soon, so that a stuck queue does not fill with probes', async () => {
    await probeQueues(world);
    world.time += probeExpirySeconds * 1_000;
    await reconcileJobs({ everything: false, abandonedBefore: 0 }, world);
    expect(world.telemetry.counted('jobs_expired')).toBe(queueNames.length);
  });

  it('that cannot be recorded is an error of the run, and keeps no other queue from being probed', async () => {
    const { accept } = world.store;
    world.store.accept = (job, key) =>
      job.queue === 'booking' ? Promise.reject(new Error('the table is away')) : accept.call(world.store, job, key);
    await expect(probeQueues(world)).rejects.toThrow('1 queues could not be probed');
    expect(world.queues.sent).toHaveLength(queueNames.length - 1);
  });
});
