import { describe, expect, it } from 'vitest';
import * as acts from '../../../shared/domain/effect-transitions.ts';
import type { Effects } from '../../../shared/domain/effects.ts';
import { free, held } from '../../../shared/domain/guards.ts';
import { acceptedAt, acceptedJob, heldJob } from '../../support/job-builder.ts';
import { error, now } from './transition-table.ts';
import { writesOf } from './writes-of.ts';

const type = 'process_reservation';
const seen = { updated_at: now, rv: 1 };
const booking = heldJob({ type, progress: 20 });
const since = acceptedAt + 1;

const charge = (state: 'begun' | 'done' | 'refused' | 'taken_back'): Effects => ({
  charge: { state, generation: 1, at: now, must_undo: true },
});
const receipt: Effects = { receipt: { state: 'begun', generation: 1, at: now, must_undo: false } };

describe('an act that is about to be done', () => {
  it('is written down, with since when there is something to take back and what the traveller reads meanwhile', () => {
    const begun = { effects: charge('begun'), commits: false, message: 'Charging', progress: 30 };
    expect(writesOf(acts.beginEffect(booking, now, begun))).toStrictEqual({
      transition: 'begin_effect',
      id: booking.id,
      set: { ...seen, effects: charge('begun'), acted_at: now, message: 'Charging', progress: 30 },
      remove: [],
      add: {},
      event: { at: now, status: 'processing', message: 'Charging', progress: 30 },
    });
  });

  it('is nothing a client sees when it has no message', () => {
    const begun = { effects: receipt, commits: false, progress: 30 };
    expect(writesOf(acts.beginEffect(booking, now, begun))).toStrictEqual({
      transition: 'begin_effect',
      id: booking.id,
      set: { ...seen, effects: receipt },
      remove: [],
      add: {},
    });
  });

  it('takes no progress back', () => {
    const begun = { effects: receipt, commits: false, message: 'Charging', progress: 10 };
    const { set, event } = acts.beginEffect(booking, now, begun);
    expect([set.progress, event?.progress]).toEqual([20, 20]);
  });

  it('that commits the job writes down since when there is no way back', () => {
    const begun = { effects: charge('begun'), commits: true, progress: 0 };
    const { set } = acts.beginEffect(booking, now, begun);
    expect(set).toStrictEqual({ ...seen, effects: charge('begun'), acted_at: now, committed_at: now });
  });

  it('leaves it at the first act since when the job has acted and is committed', () => {
    const job = { ...booking, acted_at: since, committed_at: since };
    const begun = { effects: charge('begun'), commits: true, progress: 0 };
    expect(acts.beginEffect(job, now, begun).set).toMatchObject({ acted_at: since, committed_at: since });
  });
});

describe('what became of an act', () => {
  const after = (effects: Effects, isCommitted: boolean) =>
    writesOf(acts.recordEffects(booking, now, effects, isCommitted));
  const recorded = { transition: 'record_effects', id: booking.id, add: {} };

  it('that was refused takes the commitment back, and nothing is to be undone', () => {
    const effects = charge('refused');
    const remove = ['acted_at', 'committed_at'];
    expect(after(effects, false)).toStrictEqual({ ...recorded, set: { ...seen, effects }, remove });
  });

  it('that was taken back leaves a commitment that another act made', () => {
    const effects = charge('taken_back');
    expect(after(effects, true)).toStrictEqual({ ...recorded, set: { ...seen, effects }, remove: ['acted_at'] });
  });

  it('that was done leaves the job with something to take back', () => {
    const effects = charge('done');
    expect(after(effects, true)).toStrictEqual({ ...recorded, set: { ...seen, effects }, remove: [] });
    expect(after(effects, false).remove).toEqual(['committed_at']);
  });
});

describe('a job that is given up after it has acted', () => {
  it.each(['failed', 'cancelled', 'expired'] as const)(
    'and is to end %s takes back what it did in a step of its own',
    (status) => {
      const job = { ...booking, acted_at: since };
      expect(writesOf(acts.undo(job, held(job), now, { status, error }))).toStrictEqual({
        transition: 'undo',
        id: job.id,
        set: {
          ...seen,
          status: 'processing',
          step: 'undo',
          intended_end: { status, error, step: 'book' },
          failures: 0,
          resends: 0,
          due_at: now + 60_000,
        },
        remove: ['error', 'lease_until', 'message', 'not_before'],
        add: { visit: 1 },
        event: { at: now, status: 'processing', step: 'undo' },
      });
    },
  );

  it('on the patient queue is looked after in ten minutes', () => {
    const job = acceptedJob({ type, queue: 'analytics', acted_at: since });
    expect(acts.undo(job, free, now, { status: 'cancelled', error }).set.due_at).toBe(now + 600_000);
  });
});

describe('a job that has taken everything back', () => {
  const undoing = heldJob({ type, step: 'undo' });
  const ended = { ...seen, error, ended_at: now, ttl: Date.UTC(2026, 0, 31, 12, 0, 30) / 1_000 };

  it('ends as a dead letter at the step that was given up, if it failed', () => {
    const end = { status: 'failed', error, step: 'book' } as const;
    expect(writesOf(acts.endUndone(undoing, now, end))).toStrictEqual({
      transition: 'end_undone',
      id: undoing.id,
      set: { ...ended, status: 'failed', step: 'book', dead: 'booking' },
      remove: ['due_at', 'intended_end', 'lease_until', 'message', 'not_before'],
      add: {},
      event: { at: now, status: 'failed' },
    });
  });

  it.each(['cancelled', 'expired'] as const)('ends %s, which nobody redrives', (status) => {
    const { set } = acts.endUndone(undoing, now, { status, error, step: 'book' });
    expect(set).toStrictEqual({ ...ended, status, step: 'book' });
  });
});
