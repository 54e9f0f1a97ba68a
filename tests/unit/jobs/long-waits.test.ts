import { beforeEach, describe, expect, it } from 'vitest';
import { jobTypeNames, jobTypes } from '../../../shared/catalog/job-types.ts';
import { longestDelaySeconds } from '../../../shared/catalog/queues.ts';
import { ThrottledError, TransientError } from '../../../shared/domain/errors.ts';
import { reconcileJobs } from '../../../shared/jobs/reconcile-jobs.ts';
import { submitJob } from '../../../shared/jobs/submit-job.ts';
import { acceptedAt, acceptedJob, newId } from '../../support/job-builder.ts';
import { JobWorld } from '../../support/job-world.ts';

let world: JobWorld;
beforeEach(() => {
  world = new JobWorld();
});

/** A minute of the service: the reconciler runs, then consumers take what they see. */
async function minute(): Promise<void> {
  world.time += 60_000;
  await reconcileJobs({ everything: false, abandonedBefore: 0 }, world);
  await world.deliverAll();
}

describe('F15: a job for later', () => {
  it.each([
    ['20 minutes', 1_200],
    ['13 hours', 46_800],
    ['30 days', 2_592_000],
  ])('in %s starts once, within a minute of its time, by delays that SQS accepts', async (_, seconds) => {
    const id = newId();
    const notBefore = acceptedAt + seconds * 1_000;
    await submitJob({ id, type: 'probe', owner: 'ada', input: {}, options: { notBefore } }, world);
    while (world.store.head(id).status !== 'completed' && world.time < notBefore + 3_600_000) await minute();
    const { processing_at = 0, attempt, status } = world.store.head(id);
    expect({ status, attempt }).toEqual({ status: 'completed', attempt: 1 });
    expect(processing_at).toBeGreaterThanOrEqual(notBefore);
    expect(processing_at - notBefore).toBeLessThanOrEqual(60_000);
  });
});

describe('F15: a retry after more than SQS can keep back', () => {
  it('starts within a minute of the time that the owner is told', async () => {
    const fields = { step: 'deliver', queue: 'notifications', failures: 2 } as const;
    const far = acceptedAt + 432_000_000;
    const job = world.store.place(acceptedJob({ type: 'deliver_webhook', ...fields, wait_until: far }));
    world.perform = async () => {
      if (world.runs === 1) throw new TransientError('webhook_refused', '503');
      return { result: { made: true } };
    };
    await world.deliverTo(job);
    const { not_before = 0 } = world.store.head(job.id);
    expect(not_before - world.time).toBeGreaterThan(longestDelaySeconds * 1_000);
    world.time += 7_000;
    while (world.store.head(job.id).status !== 'completed' && world.time < not_before + 3_600_000) await minute();
    expect((world.store.head(job.id).processing_at ?? 0) - not_before).toBeLessThanOrEqual(60_000);
  });
});

describe('F15: the last retry', () => {
  it.each(jobTypeNames)('of %s at each of its steps waits a time that SQS accepts', async (type) => {
    for (const [step, { failuresAllowed }] of Object.entries(jobTypes[type].steps)) {
      if (failuresAllowed < 2) continue;
      const job = acceptedJob({ type, step, failures: failuresAllowed - 2 });
      for (const error of [new TransientError('timed_out', 'late'), throttledFor(7_200), throttledFor(0.5)]) {
        world.perform = async () => {
          throw error;
        };
        world.store.place({ ...job, id: newId() });
        const placed = [...world.store.heads.keys()].at(-1) ?? '';
        await world.deliverTo({ id: placed });
        expect(world.store.head(placed).status).toBe('retrying');
      }
    }
    // RecordedQueues rejects whatever SQS would; the least it waits is a second.
    for (const { delaySeconds } of world.queues.sent) {
      expect(delaySeconds).toBeGreaterThanOrEqual(1);
      expect(delaySeconds).toBeLessThanOrEqual(longestDelaySeconds);
    }
  });
});

function throttledFor(retryAfterSeconds: number): ThrottledError {
  return new ThrottledError('slow down', { retryAfterSeconds });
}
