import { describe, expect, it } from 'vitest';
import { jobTypeNames, stepNames, stepOf } from '../../../shared/catalog/job-types.ts';
import { queues } from '../../../shared/catalog/queues.ts';
import { type Acceptance, accept, queueOf } from '../../../shared/domain/accept.ts';
import { dueShards } from '../../../shared/domain/job.ts';
import { acceptedAt, newId } from '../../support/job-builder.ts';

const now = acceptedAt;
const accepted = (fields: Partial<Acceptance> = {}) =>
  accept({ id: newId(), type: 'generate_story', owner: 'traveller', input: { inline: {} }, ...fields }, now);

describe('a new job', () => {
  it('waits for its first step, is due, and may wait as long as its queue allows', () => {
    expect(accepted()).toMatchObject({
      status: 'accepted',
      step: 'write',
      queue: 'ai_generation',
      visit: 1,
      attempt: 0,
      due_at: now + 60_000,
      wait_until: now + queues.ai_generation.waitLimitSeconds * 1_000,
      seq: 1,
      history: [{ at: now, status: 'accepted', step: 'write', progress: 0 }],
    });
  });

  it('on the patient queue is first looked after ten minutes later', () => {
    expect(accepted({ priority: 1 }).due_at).toBe(now + 600_000);
  });

  it('for later waits from its time on, not from now', () => {
    const notBefore = now + 7_200_000;
    const job = accepted({ notBefore });
    expect(job).toMatchObject({ status: 'scheduled', not_before: notBefore, due_at: notBefore });
    expect(job.wait_until).toBe(notBefore + queues.ai_generation.waitLimitSeconds * 1_000);
  });

  it('for a moment that SQS can wait for is due a while after that moment', () => {
    expect(accepted({ notBefore: now + 900_000 }).due_at).toBe(now + 960_000);
  });

  it('for a moment that has passed starts now', () => {
    expect(accepted({ notBefore: now - 1 })).toMatchObject({ status: 'accepted', due_at: now + 60_000 });
  });

  it('is due at its deadline at the latest, so that it is told expired in time', () => {
    expect(accepted({ deadline: now + 5_000 }).due_at).toBe(now + 5_000);
    expect(accepted({ deadline: now + 5_000, notBefore: now + 7_200_000 }).due_at).toBe(now + 5_000);
  });

  it('always falls into the same one of the shards, and all shards are used', () => {
    const id = newId();
    expect(accepted({ id }).due_shard).toBe(accepted({ id }).due_shard);
    const shards = new Set(Array.from({ length: 500 }, () => accepted().due_shard));
    expect([...shards].toSorted((a, b) => a - b)).toEqual(Array.from({ length: dueShards }, (_, shard) => shard));
  });
});

describe('the priority of a submit', () => {
  const steps = jobTypeNames.flatMap((type) => stepNames(type).map((step) => [type, step] as const));
  const priorities = [undefined, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

  it.each(steps)('of %s.%s demotes at 3 or less if the step is demotable, and never lifts', (type, step) => {
    const own = stepOf(type, step);
    for (const priority of priorities) {
      const demoted = own?.demotable && priority !== undefined && priority <= 3;
      expect(queueOf(type, step, priority)).toBe(demoted ? 'analytics' : own?.queue);
    }
  });

  it('moves a story and its narration, and leaves a probe on the queue it looks at', () => {
    const moved = [queueOf('generate_story', 'write', 3), queueOf('generate_story', 'narrate', 3)];
    expect(moved).toEqual(['analytics', 'analytics']);
    expect(accepted({ type: 'probe', priority: 1, queue: 'booking' }).queue).toBe('booking');
  });
});
