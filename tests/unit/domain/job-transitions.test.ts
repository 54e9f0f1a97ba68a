import { describe, expect, it } from 'vitest';
import * as batches from '../../../shared/domain/batch-transitions.ts';
import { free, held } from '../../../shared/domain/guards.ts';
import * as messages from '../../../shared/domain/message-transitions.ts';
import * as transitions from '../../../shared/domain/transitions.ts';
import { acceptedJob, endedJob, heldJob, retryingJob } from '../../support/job-builder.ts';
import { error, next, now, plan, result } from './transition-table.ts';
import { writesOf } from './writes-of.ts';

const HALF_AN_HOUR_MILLISECONDS = 1_800_000;
const HOUR_MILLISECONDS = 3_600_000;

const seen = { updated_at: now, rv: 1 };
const job = heldJob({ progress: 20 });
const waiting = retryingJob();

describe('the attempt that claims a job', () => {
  it('is named on the record with its lease, and whatever was said of the job before is gone', () => {
    const lease = { until: now + 90_000, holder: 'an invocation' };
    expect(writesOf(transitions.claim(waiting, now, lease))).toStrictEqual({
      transition: 'claim',
      id: waiting.id,
      set: {
        ...seen,
        status: 'processing',
        processing_at: now,
        lease_until: now + 90_000,
        holder: 'an invocation',
        due_at: now + 100_000,
        resends: 0,
      },
      remove: ['message', 'not_before'],
      add: { attempt: 1 },
      event: { at: now, status: 'processing' },
    });
  });

  it('tells a client how far it is, and nothing else', () => {
    expect(writesOf(transitions.reportProgress(job, now, 40, 'Writing'))).toStrictEqual({
      transition: 'progress',
      id: job.id,
      set: { ...seen, progress: 40, message: 'Writing' },
      remove: [],
      add: {},
      event: { at: now, status: 'processing', progress: 40, message: 'Writing' },
    });
  });
});

describe('a job whose step is done', () => {
  it('goes to the queue of the next step with what it has made, for as long as that queue lets it wait', () => {
    expect(writesOf(transitions.handOff(job, now, next))).toStrictEqual({
      transition: 'hand_off',
      id: job.id,
      set: {
        ...seen,
        step: 'narrate',
        queue: 'voice_synthesis',
        result,
        progress: 50,
        failures: 0,
        wait_until: now + HALF_AN_HOUR_MILLISECONDS,
        due_at: now + 60_000,
      },
      remove: ['error', 'lease_until', 'message'],
      add: { visit: 1 },
      event: { at: now, status: 'processing', step: 'narrate', progress: 50 },
    });
  });

  it('keeps what the step had to do without', () => {
    expect(transitions.handOff(job, now, { ...next, degraded: ['model'] }).set.degraded).toEqual(['model']);
  });

  it('takes no progress back', () => {
    const { set, event } = transitions.handOff(job, now, { ...next, progress: 10 });
    expect([set.progress, event?.progress]).toEqual([20, 20]);
  });
});

describe('a job whose attempt failed', () => {
  const written = { transition: 'retry', id: job.id, remove: ['lease_until', 'message'] };
  const notBefore = now + 7_000;

  it('waits for another, and is looked after a minute after that may begin', () => {
    expect(writesOf(transitions.retry(job, held(job), now, plan))).toStrictEqual({
      ...written,
      set: { ...seen, status: 'retrying', not_before: notBefore, due_at: notBefore + 60_000, resends: 0, error },
      add: { visit: 1, failures: 1 },
      event: { at: now, status: 'retrying' },
    });
  });

  it('may be given a new wait limit, and the failure need not count', () => {
    const waitUntil = now + HOUR_MILLISECONDS;
    expect(writesOf(transitions.retry(job, held(job), now, { ...plan, counted: false, waitUntil }))).toStrictEqual({
      ...written,
      set: {
        ...seen,
        status: 'retrying',
        not_before: notBefore,
        due_at: notBefore + 60_000,
        wait_until: waitUntil,
        resends: 0,
        error,
      },
      add: { visit: 1, failures: 0 },
      event: { at: now, status: 'retrying' },
    });
  });
});

describe('a job that ends', () => {
  const ended = { ...seen, ended_at: now, ttl: Date.UTC(2026, 0, 31, 12, 0, 30) / 1_000 };
  const remove = ['due_at', 'lease_until', 'message', 'not_before'];

  it('completed has its result and no error of an earlier attempt', () => {
    expect(writesOf(transitions.complete(job, held(job), now, { result, degraded: [] }))).toStrictEqual({
      transition: 'complete',
      id: job.id,
      set: { ...ended, status: 'completed', result, progress: 100 },
      remove: ['due_at', 'error', 'lease_until', 'message', 'not_before'],
      add: {},
      event: { at: now, status: 'completed', progress: 100 },
    });
  });

  it('completed without its last step says what it lacks, and keeps the result it has', () => {
    const { set } = transitions.complete(job, held(job), now, { result: undefined, degraded: ['voice'] });
    expect(set).toStrictEqual({ ...ended, status: 'completed', degraded: ['voice'], progress: 100 });
  });

  it('failed is a dead letter of its queue', () => {
    expect(writesOf(transitions.fail(job, held(job), now, error))).toStrictEqual({
      transition: 'fail',
      id: job.id,
      set: { ...ended, status: 'failed', error, dead: 'ai_generation' },
      remove,
      add: {},
      event: { at: now, status: 'failed' },
    });
  });

  it('cancelled is no dead letter', () => {
    expect(writesOf(transitions.cancel(waiting, free, now, error))).toStrictEqual({
      transition: 'cancel',
      id: waiting.id,
      set: { ...ended, status: 'cancelled', error },
      remove,
      add: {},
      event: { at: now, status: 'cancelled' },
    });
  });

  it('expired is no dead letter', () => {
    expect(writesOf(transitions.expire(waiting, free, now, error))).toStrictEqual({
      transition: 'expire',
      id: waiting.id,
      set: { ...ended, status: 'expired', error },
      remove,
      add: {},
      event: { at: now, status: 'expired' },
    });
  });
});

describe('what must follow from the end of a job', () => {
  const parent = { id: 'a batch', index: 1 };
  const callback_url = 'https://example.com/told';
  const completed = (fields: Parameters<typeof heldJob>[0]) => {
    const ending = heldJob(fields);
    return transitions.complete(ending, held(ending), now, { result, degraded: [] });
  };

  it('is on the record in the order in which it is done, and keeps the job due for a minute', () => {
    const { set, remove } = completed({ type: 'process_reservation', parent, callback_url });
    expect([set.outbox, set.due_at]).toEqual([['count_at_parent', 'callback', 'notify'], now + 60_000]);
    expect(remove.toSorted()).toEqual(['error', 'lease_until', 'message', 'not_before']);
  });

  it('is only what the job asks for', () => {
    expect(completed({ parent }).set.outbox).toEqual(['count_at_parent']);
    expect(completed({ callback_url }).set.outbox).toEqual(['callback']);
    expect(completed({ type: 'process_reservation' }).set.outbox).toEqual(['notify']);
  });

  it('tells the traveller of no reservation that failed', () => {
    const reservation = heldJob({ type: 'process_reservation' });
    const { set, remove } = transitions.fail(reservation, held(reservation), now, error);
    expect(set).not.toHaveProperty('outbox');
    expect(remove).toContain('due_at');
  });
});

describe('an owner who asks a running job to stop', () => {
  it('reads that it is being cancelled, and the attempt reads since when', () => {
    expect(writesOf(transitions.requestCancel(job, now))).toStrictEqual({
      transition: 'request_cancel',
      id: job.id,
      set: { ...seen, cancel_at: now },
      remove: [],
      add: {},
      event: { at: now, status: 'processing', message: 'Cancelling' },
    });
  });
});

describe('a failed job that an operator redrives', () => {
  const failed = endedJob('failed', { dead: 'ai_generation' });

  it('lives again on the step where it died, without its limits, its cancel and everything its end wrote', () => {
    expect(writesOf(transitions.redrive(failed, now))).toStrictEqual({
      transition: 'redrive',
      id: failed.id,
      set: {
        ...seen,
        status: 'accepted',
        failures: 0,
        requeues: 0,
        resends: 0,
        wait_until: now + HOUR_MILLISECONDS,
        due_at: now + 60_000,
      },
      remove: ['cancel_at', 'dead', 'deadline', 'ended_at', 'error', 'message', 'ttl'],
      add: { visit: 1 },
      event: { at: now, status: 'accepted' },
    });
  });

  it('remembers how much of its cost was counted when it failed', () => {
    expect(transitions.redrive({ ...failed, cost: { micro_usd: 1_250 } }, now).set.cost_counted).toBe(1_250);
  });
});

describe('a message that seems lost', () => {
  it('is sent again at a later time, which a client does not see', () => {
    expect(writesOf(messages.pushDue(waiting, now + 120_000))).toStrictEqual({
      transition: 'push_due',
      id: waiting.id,
      set: { due_at: now + 120_000, rv: 1 },
      remove: [],
      add: { resends: 1 },
    });
  });

  it('and came back as a dead letter is replaced by one with a new visit, which a client does not see', () => {
    const patient = acceptedJob({ queue: 'analytics' });
    expect(writesOf(messages.requeue(patient, now))).toStrictEqual({
      transition: 'requeue',
      id: patient.id,
      set: { due_at: now + 600_000, resends: 0, rv: 1 },
      remove: [],
      add: { visit: 1, requeues: 1 },
    });
  });
});

describe('a job that must have ended soon', () => {
  const deadline = now + 20_000;
  const soon = heldJob({ deadline });
  const batch = heldJob({ ...soon, type: 'pregenerate_stories', batch: 'waiting' });
  const fence = held(soon);

  it.each([
    ['goes to its next step', transitions.handOff(soon, now, next)],
    ['is to be tried again', transitions.retry(soon, fence, now, { ...plan, delaySeconds: 5 })],
    ['gets a new message', messages.requeue(acceptedJob({ deadline }), now)],
    ['waits for its children', batches.awaitChildren(batch, now)],
    ['goes on when they have ended', batches.join(batch, now, { step: 'join', progress: 90 })],
  ])('and %s is looked after at that time, not a minute later', (_, { set }) => {
    expect(set.due_at).toBe(deadline);
  });

  it('and can only go forward is looked after as any other', () => {
    const committed = heldJob({ deadline: now - 1, acted_at: now - 2, committed_at: now - 2 });
    const { set } = transitions.retry(committed, held(committed), now, { ...plan, delaySeconds: 5 });
    expect(set.due_at).toBe(now + 65_000);
  });
});
