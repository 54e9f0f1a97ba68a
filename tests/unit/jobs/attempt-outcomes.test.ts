import { beforeEach, describe, expect, it } from 'vitest';
import { PermanentError, ThrottledError, TransientError } from '../../../shared/domain/errors.ts';
import type { Job } from '../../../shared/domain/job.ts';
import { processMessage } from '../../../shared/jobs/process-message.ts';
import { acceptedAt, acceptedJob, voicedStory, writtenStory } from '../../support/job-builder.ts';
import { JobWorld, messageFor } from '../../support/job-world.ts';

let world: JobWorld;
beforeEach(() => {
  world = new JobWorld();
});

const place = (job: Job) => world.store.place(job);
const fails = (error: Error) => {
  world.perform = () => Promise.reject(error);
};

describe('a processor', () => {
  it('that fails in a way that may pass makes the job retry with a new visit and a delayed message', async () => {
    const job = place(acceptedJob());
    fails(new TransientError('model_unavailable', 'no answer'));
    await world.deliverTo(job);
    const after = world.store.head(job.id);
    expect(after).toMatchObject({ status: 'retrying', visit: 2, failures: 1, error: { code: 'model_unavailable' } });
    expect(world.queues.sent).toMatchObject([{ message: messageFor(after), delaySeconds: 1 }]);
  });

  it('that fails for good ends the job as a dead letter, without another attempt', async () => {
    const job = place(acceptedJob());
    fails(new PermanentError('content_filtered', 'declined'));
    await world.deliverTo(job);
    const failed = { status: 'failed', dead: 'ai_generation', error: { code: 'content_filtered' } };
    expect(world.store.head(job.id)).toMatchObject(failed);
    expect(world.queues.sent).toEqual([]);
  });

  it('that fails for what was asked is no defect of the service, and is counted so', async () => {
    for (const error of [
      new PermanentError('content_filtered', 'declined'),
      new PermanentError('model_misconfigured', 'no access'),
    ]) {
      const job = place(acceptedJob());
      fails(error);
      await world.deliverTo(job);
    }
    expect(world.telemetry.counted('jobs_failed')).toBe(2);
    expect(world.telemetry.counted('jobs_rejected')).toBe(1);
  });

  it('that a service we depend on keeps waiting or does not answer is counted as trouble of that service', async () => {
    for (const error of [
      new ThrottledError('too many'),
      new TransientError('model_unavailable', 'no answer'),
      new TransientError('internal_error', 'our own'),
    ]) {
      const job = place(acceptedJob());
      fails(error);
      await world.deliverTo(job);
    }
    expect(world.telemetry.counted('upstream_throttled')).toBe(1);
    expect(world.telemetry.counted('upstream_unavailable')).toBe(1);
  });

  it('that fails every time ends the job after the attempts its step allows, and never more', async () => {
    const job = place(acceptedJob());
    fails(new TransientError('model_unavailable', 'no answer'));
    await world.deliverTo(job);
    for (let hop = 0; hop < 20; hop++) {
      world.time += 300_000;
      await world.deliverAll();
    }
    expect(world.store.head(job.id)).toMatchObject({
      status: 'failed',
      attempt: 4,
      error: { code: 'model_unavailable' },
    });
    expect(world.runs).toBe(4);
  });

  it('that is throttled for ten minutes keeps the job retrying, costs few calls, and then succeeds', async () => {
    const job = place(acceptedJob());
    const until = acceptedAt + 600_000;
    world.perform = async () => {
      if (world.time < until) throw new ThrottledError('slow down');
      return { result: { made: true } };
    };
    await world.deliverTo(job);
    for (; world.time < until; world.time += 1_000) {
      expect(world.store.head(job.id)).toMatchObject({ status: 'retrying', failures: 0, error: { code: 'throttled' } });
      await world.deliverAll();
    }
    world.time += 60_000;
    await world.deliverAll();
    expect(world.store.head(job.id).status).toBe('completed');
    expect(world.runs).toBeLessThan(25);
  });

  it('that is throttled for ever ends the job as expired at its wait limit', async () => {
    const job = place(acceptedJob());
    fails(new ThrottledError('slow down'));
    await world.deliverTo(job);
    for (let minutes = 0; minutes <= 61; minutes++) {
      world.time += 60_000;
      await world.deliverAll();
    }
    expect(world.store.head(job.id)).toMatchObject({ status: 'expired', error: { code: 'waited_too_long' } });
  });

  it.each([new Error('boom'), 'a text', undefined, null])(
    'that throws %s is tried again, and the traveller reads none of it',
    async (thrown) => {
      const job = place(acceptedJob());
      world.perform = () => Promise.reject(thrown);
      await world.deliverTo(job);
      const { status, error } = world.store.head(job.id);
      expect([status, error?.code]).toEqual(['retrying', 'internal_error']);
      expect(error?.message).not.toContain('boom');
    },
  );

  it('that cannot be loaded is tried again', async () => {
    const job = place(acceptedJob());
    const consumer = { ...world.consumer(), processorOf: () => Promise.reject(new Error('missing module')) };
    await processMessage(messageFor(job), { holder: 'a' }, consumer);
    expect(world.store.head(job.id)).toMatchObject({ status: 'retrying', error: { code: 'internal_error' } });
  });

  it('knows when its failure would be the last', async () => {
    const chances: boolean[] = [];
    world.perform = async ({ lastChance }) => {
      chances.push(lastChance);
      return { result: {} };
    };
    await world.deliverTo(place(acceptedJob({ failures: 2 })));
    await world.deliverTo(place(acceptedJob({ failures: 3 })));
    await world.deliverTo(place(acceptedJob({ wait_until: acceptedAt + 359_999 })));
    expect(chances).toEqual([false, true, true]);
  });

  it('is the last one while the longest wait before another would end past the wait limit', async () => {
    const waits = Array.from({ length: 60 }, (_, minutes) => acceptedAt + minutes * 60_000);
    for (const wait_until of waits.slice(1)) {
      let knew = false;
      world.perform = async ({ lastChance }) => {
        knew = lastChance;
        throw new ThrottledError('slow down', { retryAfterSeconds: 300 });
      };
      const job = place(acceptedJob({ wait_until }));
      await world.deliverTo(job);
      const { not_before = 0 } = world.store.head(job.id);
      expect(knew || not_before < wait_until - 59_000).toBe(true);
    }
  });
});

describe('a story', () => {
  it('with a voice is handed to the narration, keeps its text readable, and then completes', async () => {
    const job = place(voicedStory());
    const steps: string[] = [];
    world.perform = async (_, step) => {
      steps.push(step);
      return { result: { step } };
    };
    await world.deliverTo(job);
    const between = world.store.head(job.id);
    expect(between).toMatchObject({ status: 'processing', step: 'narrate', queue: 'voice_synthesis', visit: 2 });
    expect(between).toMatchObject({ progress: 50, result: { inline: { step: 'write' } } });
    expect(between.lease_until).toBeUndefined();
    expect(world.queues.sent).toMatchObject([{ queue: 'voice_synthesis', message: messageFor(between) }]);
    await world.deliverAll();
    expect(world.store.head(job.id)).toMatchObject({ status: 'completed', result: { inline: { step: 'narrate' } } });
    expect(steps).toEqual(['write', 'narrate']);
  });

  it('is not written again for its voice: what the narration adds stands beside the text', async () => {
    const job = place(voicedStory());
    const told = { content: 'x'.repeat(5_000) };
    world.perform = async (_, step) => ({ result: step === 'write' ? told : { ...told, audio_key: 'speech/1.mp3' } });
    await world.deliverTo(job);
    const between = world.store.head(job.id);
    await world.deliverAll();
    const { result = { inline: undefined } } = world.store.head(job.id);
    expect(result).toEqual({ ...between.result, more: { audio_key: 'speech/1.mp3' } });
    expect(await world.store.read(job.id, result)).toEqual({ ...told, audio_key: 'speech/1.mp3' });
  });

  it('without a voice completes after its text', async () => {
    const job = place(acceptedJob());
    await world.deliverTo(job);
    expect(world.store.head(job.id)).toMatchObject({ status: 'completed', step: 'write' });
    expect(world.queues.sent).toEqual([]);
  });

  it('handed on while SQS is out of reach is due, not lost', async () => {
    const job = place(voicedStory());
    world.queues.refuse();
    await world.deliverTo(job);
    expect(world.store.head(job.id)).toMatchObject({ step: 'narrate', visit: 2, due_at: acceptedAt + 60_000 });
  });

  it('whose narration fails for good completes with its text and says what it lacks', async () => {
    const job = place(writtenStory());
    fails(new PermanentError('voice_text_refused', 'refused'));
    await world.deliverTo(job);
    const after = world.store.head(job.id);
    expect(after).toMatchObject({
      status: 'completed',
      degraded: ['voice'],
      result: { inline: { title: 'Tucumcari' } },
    });
    expect(after.error).toBeUndefined();
    expect(world.telemetry.counted('jobs_degraded')).toBe(1);
  });
});
