import { beforeEach, describe, expect, it } from 'vitest';
import { plannedSteps } from '../../../shared/domain/plan.ts';
import { type Submit, type SubmitOutcome, submitJob } from '../../../shared/jobs/submit-job.ts';
import { acceptedAt, newId } from '../../support/job-builder.ts';
import { JobWorld } from '../../support/job-world.ts';

let world: JobWorld;
beforeEach(() => {
  world = new JobWorld();
});

const input = { location: { latitude: 35.17, longitude: -103.72 }, include_voice: true };

function aSubmit(fields: Partial<Submit> = {}): Submit {
  return { id: newId(), type: 'generate_story', owner: 'traveller', input, options: {}, ...fields };
}

const answerOf = (outcome: SubmitOutcome) => ('answer' in outcome ? outcome.answer : undefined);

const idempotency = { route: '/jobs/story/generate', key: 'k', fingerprint: 'body' };

describe('a submit', () => {
  it('writes the record first, then sends one message that carries its first visit', async () => {
    const order: string[] = [];
    world.store.observe = () => void order.push('record');
    world.queues.fault = () => void order.push('message');
    const submit = aSubmit();
    expect(await submitJob(submit, world)).toMatchObject({
      kind: 'accepted',
      answer: { job_id: submit.id, status: 'accepted', status_url: `/api/v1/jobs/status/${submit.id}` },
    });
    expect(order).toEqual(['record', 'message']);
    expect(world.queues.sent).toMatchObject([
      { queue: 'ai_generation', message: { v: 1, id: submit.id, visit: 1 }, owner: 'traveller', delaySeconds: 0 },
    ]);
  });

  it('is accepted although SQS is out of reach, and the job is due', async () => {
    world.queues.refuse();
    const submit = aSubmit();
    expect((await submitJob(submit, world)).kind).toBe('accepted');
    expect(world.store.head(submit.id).due_at).toBe(acceptedAt + 60_000);
    expect(world.telemetry.counted('sends_failed')).toBe(1);
  });

  it('is not accepted, and sends nothing, when the record cannot be written', async () => {
    world.store.fault = () => {
      throw new Error('the table is out of reach');
    };
    await expect(submitJob(aSubmit(), world)).rejects.toThrow('out of reach');
    expect(world.queues.sent).toEqual([]);
  });

  it('keeps an input that is too large for the head beside it, and the plan can still read it', async () => {
    const long = aSubmit({ input: { ...input, context: { notes: 'x'.repeat(20_000) } } });
    await submitJob(long, world);
    const job = world.store.head(long.id);
    expect(job.input).toHaveProperty('part');
    expect(plannedSteps(job.type, await world.store.read(job.id, job.input))).toEqual(['write', 'narrate']);
  });

  it('stores the input with its defaults and without the submit options', async () => {
    const submit = aSubmit({ input: { ...input, priority: 9, expires_in: 60 } });
    await submitJob(submit, world);
    const stored = { ...input, interests: [], context: {}, preferences: {} };
    expect(world.store.head(submit.id).input).toEqual({ inline: stored });
  });

  it('estimates the voice only when it was asked for', async () => {
    const estimate = async (include_voice: boolean) => {
      const outcome = await submitJob(aSubmit({ input: { ...input, include_voice } }), world);
      return 'answer' in outcome ? outcome.answer.estimated_completion_time : 0;
    };
    expect(await estimate(true)).toBeGreaterThan(await estimate(false));
  });
});

describe('a submit for later', () => {
  it('sends a message that SQS keeps back, when SQS can', async () => {
    await submitJob(aSubmit({ options: { notBefore: acceptedAt + 900_000 } }), world);
    expect(world.queues.sent).toMatchObject([{ delaySeconds: 900 }]);
  });

  it('sends nothing yet when the wait is longer than SQS can keep a message back', async () => {
    const submit = aSubmit({ options: { notBefore: acceptedAt + 901_000 } });
    const outcome = await submitJob(submit, world);
    expect(outcome).toMatchObject({ kind: 'accepted', answer: { status: 'scheduled' } });
    expect(world.queues.sent).toEqual([]);
    expect(world.store.head(submit.id).due_at).toBe(acceptedAt + 901_000);
  });

  it('counts the wait into its estimate', async () => {
    const outcome = await submitJob(aSubmit({ options: { notBefore: acceptedAt + 60_500 } }), world);
    expect('answer' in outcome && outcome.answer.estimated_completion_time).toBeGreaterThan(60);
  });
});

describe('a submit with low priority', () => {
  it.each([
    [1, 'analytics'],
    [3, 'analytics'],
    [4, 'ai_generation'],
    [10, 'ai_generation'],
  ])('%i runs on %s', async (priority, queue) => {
    const submit = aSubmit({ options: { priority } });
    await submitJob(submit, world);
    expect(world.queues.sent).toMatchObject([{ queue }]);
    expect(world.store.head(submit.id)).toMatchObject({ queue, priority });
  });

  it('stays on the patient queue when it is handed to its narration', async () => {
    const submit = aSubmit({ options: { priority: 2 } });
    await submitJob(submit, world);
    await world.deliverAll();
    expect(world.queues.sent.map(({ queue }) => queue)).toEqual(['analytics', 'analytics']);
  });
});

describe('a submit with an idempotency key', () => {
  it('is answered the same again, and makes no second job and no second message', async () => {
    const first = await submitJob(aSubmit({ idempotency }), world);
    const again = await submitJob(aSubmit({ idempotency }), world);
    expect(again).toEqual({ kind: 'replayed', answer: answerOf(first) });
    expect([world.store.heads.size, world.queues.sent.length]).toEqual([1, 1]);
  });

  it('is answered the same even after the job has ended', async () => {
    const first = await submitJob(aSubmit({ idempotency }), world);
    await world.deliverAll();
    const again = await submitJob(aSubmit({ idempotency }), world);
    expect(again).toEqual({ kind: 'replayed', answer: answerOf(first) });
  });

  it('is refused for another body, and makes nothing', async () => {
    await submitJob(aSubmit({ idempotency }), world);
    const other = aSubmit({ idempotency: { ...idempotency, fingerprint: 'other' } });
    expect(await submitJob(other, world)).toEqual({ kind: 'key_reused' });
    expect([world.store.heads.size, world.queues.sent.length]).toEqual([1, 1]);
  });

  it('of another owner is another request', async () => {
    await submitJob(aSubmit({ idempotency }), world);
    expect((await submitJob(aSubmit({ idempotency, owner: 'someone else' }), world)).kind).toBe('accepted');
    expect(world.store.heads.size).toBe(2);
  });

  it('is a new request a day later', async () => {
    await submitJob(aSubmit({ idempotency }), world);
    world.time += 86_400_000;
    expect((await submitJob(aSubmit({ idempotency }), world)).kind).toBe('accepted');
  });

  it('makes one job of ten submits at once', async () => {
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => submitJob(aSubmit({ idempotency }), world)));
    expect(outcomes.filter(({ kind }) => kind === 'accepted')).toHaveLength(1);
    expect(new Set(outcomes.map((outcome) => 'answer' in outcome && outcome.answer.job_id)).size).toBe(1);
    expect([world.store.heads.size, world.queues.sent.length]).toEqual([1, 1]);
  });
});
