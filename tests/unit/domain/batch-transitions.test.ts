import { describe, expect, it } from 'vitest';
import * as batches from '../../../shared/domain/batch-transitions.ts';
import { free, held } from '../../../shared/domain/guards.ts';
import { acceptedAt, acceptedJob, endedJob, heldJob } from '../../support/job-builder.ts';
import { error, now, result } from './transition-table.ts';
import { writesOf } from './writes-of.ts';

const DAY_MILLISECONDS = 86_400_000;
const TEN_MINUTES_MILLISECONDS = 600_000;

const type = 'pregenerate_stories';
const seen = { updated_at: now, rv: 1 };
const planning = heldJob({ type });
const fanningOut = heldJob({ type, total: 5, batch: 'fanning_out' });
const waiting = acceptedJob({ type, status: 'processing', total: 5, batch: 'waiting', visit: 2, progress: 40 });
const closing = acceptedJob({ type, status: 'processing', total: 5, batch: 'closing', visit: 3 });

describe('a batch that plans its children', () => {
  it('keeps how many there are, the plan, and which have failed already', () => {
    const change = batches.planChildren(planning, now, { total: 5, failed: [1, 4], result });
    expect(writesOf(change)).toStrictEqual({
      transition: 'plan_children',
      id: planning.id,
      set: { ...seen, total: 5, batch: 'fanning_out', result, done_failed: new Set([1, 4]) },
      remove: [],
      add: {},
      event: { at: now, status: 'processing' },
    });
  });

  it('has no set of failed children when none has failed, because a table keeps no empty set', () => {
    const { set } = batches.planChildren(planning, now, { total: 5, failed: [], result });
    expect(set).toStrictEqual({ ...seen, total: 5, batch: 'fanning_out', result });
  });
});

describe('a batch whose children are all made', () => {
  it('waits up to three days on a visit of its own, held by nobody, and is looked after in ten minutes', () => {
    expect(writesOf(batches.awaitChildren(fanningOut, now))).toStrictEqual({
      transition: 'await_children',
      id: fanningOut.id,
      set: {
        ...seen,
        batch: 'waiting',
        failures: 0,
        resends: 0,
        wait_until: now + 3 * DAY_MILLISECONDS,
        due_at: now + TEN_MINUTES_MILLISECONDS,
      },
      remove: ['error', 'lease_until', 'message'],
      add: { visit: 1 },
      event: { at: now, status: 'processing' },
    });
  });

  it('is looked after at its deadline, if that comes sooner', () => {
    const deadline = now + 60_000;
    expect(batches.awaitChildren({ ...fanningOut, deadline }, now).set.due_at).toBe(deadline);
  });
});

describe('a child that has ended', () => {
  it('is counted in the one set of its end, and a client sees it in the counts alone', () => {
    expect(writesOf(batches.countChild('a batch', 3, 'done_cancelled', now))).toStrictEqual({
      transition: 'count_child',
      id: 'a batch',
      set: seen,
      remove: [],
      add: {},
      include: { done_cancelled: 3 },
    });
  });
});

describe('a batch whose children have all ended', () => {
  it('goes to its last step on a new visit, for which it may wait a day', () => {
    expect(writesOf(batches.join(waiting, now, { step: 'join', progress: 99 }))).toStrictEqual({
      transition: 'join',
      id: waiting.id,
      set: {
        ...seen,
        step: 'join',
        progress: 99,
        failures: 0,
        resends: 0,
        wait_until: now + DAY_MILLISECONDS,
        due_at: now + TEN_MINUTES_MILLISECONDS,
      },
      remove: ['batch', 'message'],
      add: { visit: 1 },
      event: { at: now, status: 'processing', step: 'join', progress: 99 },
    });
  });

  it('takes no progress back', () => {
    const { set, event } = batches.join(waiting, now, { step: 'join', progress: 10 });
    expect([set.progress, event?.progress]).toEqual([40, 40]);
  });
});

describe('a batch that will not be completed', () => {
  const end = { status: 'failed', error } as const;

  it('lets go of its attempt and its message, keeps how it will end, and is looked after in a minute', () => {
    expect(writesOf(batches.close(waiting, free, now, end))).toStrictEqual({
      transition: 'close',
      id: waiting.id,
      set: { ...seen, status: 'processing', batch: 'closing', intended_end: end, resends: 0, due_at: now + 60_000 },
      remove: ['lease_until', 'message', 'not_before'],
      add: { visit: 1 },
      event: { at: now, status: 'processing' },
    });
  });

  it('because its owner cancelled it keeps since when', () => {
    const cancelled = { status: 'cancelled', error } as const;
    expect(batches.close(waiting, free, now, cancelled).set.cancel_at).toBe(now);
    const askedBefore = { ...fanningOut, cancel_at: acceptedAt + 1 };
    expect(batches.close(askedBefore, held(askedBefore), now, cancelled).set.cancel_at).toBe(acceptedAt + 1);
  });

  it('takes on another end while it closes only if its owner cancels it', () => {
    const phasesFor = (status: 'failed' | 'expired' | 'cancelled') =>
      batches
        .close(waiting, free, now, { status, error })
        .when.filter((guard) => 'field' in guard && guard.field === 'batch');
    const open = [{ field: 'batch', oneOf: ['fanning_out', 'waiting'] }];
    expect([phasesFor('failed'), phasesFor('expired')]).toEqual([open, open]);
    expect(phasesFor('cancelled')).toEqual([{ field: 'batch', oneOf: ['fanning_out', 'waiting', 'closing'] }]);
  });
});

describe('a closing batch whose last child has ended', () => {
  const ended = { ...seen, error, ended_at: now, ttl: Date.UTC(2026, 0, 31, 12, 0, 30) / 1_000 };

  it('ends as a dead letter of its queue if it failed, and no child of it is open', () => {
    expect(writesOf(batches.endClosed(closing, now, { status: 'failed', error }))).toStrictEqual({
      transition: 'end_closed',
      id: closing.id,
      set: { ...ended, status: 'failed', dead: 'analytics' },
      remove: ['batch', 'due_at', 'lease_until', 'message', 'not_before'],
      add: {},
      event: { at: now, status: 'failed' },
    });
  });

  it.each(['cancelled', 'expired'] as const)('ends %s, which nobody redrives', (status) => {
    expect(batches.endClosed(closing, now, { status, error }).set).toStrictEqual({ ...ended, status });
  });
});

describe('a job for which everything that had to follow from its end is done', () => {
  it('is due no more, and a client sees nothing of it', () => {
    const job = endedJob('completed', { outbox: ['callback'], due_at: now });
    expect(writesOf(batches.clearOutbox(job))).toStrictEqual({
      transition: 'clear_outbox',
      id: job.id,
      set: { rv: 1 },
      remove: ['due_at', 'outbox'],
      add: {},
    });
  });
});
