import { describe, expect, it } from 'vitest';
import {
  brokenAtRest,
  brokenByActs,
  brokenByCount,
  brokenBySight,
  type DoneOutside,
  type ModelJob,
  newJob,
  newModel,
  revived,
  type SeenJob,
} from '../../support/any-order/job-model.ts';

const running: SeenJob = { id: 'J1', status: 'processing', attempt: 1, progress: 40, seq: 3, ends: 0 };
const completed: SeenJob = { ...running, status: 'completed', progress: 100, seq: 4, ends: 1 };
const cancelled: SeenJob = { ...running, status: 'cancelled', seq: 4, ends: 1 };
const nothing: DoneOutside = { asked: 0, acts: {}, allOrNothing: false };

function job(change: Partial<ModelJob> = {}): ModelJob {
  return { ...newJob('J1'), ...change };
}

describe('the model of a job', () => {
  it('finds nothing wrong with a job that goes on and ends, nor with one that is cancelled, or lives again', () => {
    expect(brokenBySight(job(), running)).toEqual([]);
    expect(brokenBySight(job({ last: running }), completed)).toEqual([]);
    expect(brokenBySight(job({ last: running, cancelAsked: true, cancelSaid: 'requested' }), cancelled)).toEqual([]);
    const failed: SeenJob = { ...completed, status: 'failed' };
    const waiting: SeenJob = { ...failed, status: 'accepted', seq: 5 };
    expect(brokenBySight(revived(job({ last: failed })), waiting)).toEqual([]);
  });

  it.each([
    ['progress that falls', job({ last: running }), { ...running, progress: 30 }],
    ['an attempt that was never made', job({ last: running }), { ...running, attempt: 0 }],
    ['events that are gone', job({ last: running }), { ...running, seq: 2 }],
    ['a second end', job({ last: completed }), { ...completed, ends: 2, seq: 5 }],
    ['a run after the end', job({ last: completed }), { ...completed, attempt: 2 }],
    ['a life that nobody gave', job({ last: completed }), { ...completed, status: 'accepted', seq: 5 }],
    ['a job that waits anew', job({ last: running }), { ...running, status: 'accepted' }],
    ['a cancel that nobody asked for', job({ last: running }), cancelled],
    ['a job said to be cancelled that runs', job({ cancelAsked: true, cancelSaid: 'cancelled' }), running],
    ['a job asked to stop that completes', job({ cancelAsked: true, cancelSaid: 'requested' }), completed],
    ['a job said to be beyond a cancel', job({ cancelAsked: true, cancelSaid: 'too_late' }), cancelled],
    [
      'counts that do not add up',
      job(),
      { ...running, counts: { total: 3, completed: 1, failed: 0, cancelled: 0, pending: 1 } },
    ],
    [
      'a batch that ends before its last child',
      job(),
      { ...completed, counts: { total: 3, completed: 2, failed: 0, cancelled: 0, pending: 1 } },
    ],
  ] as const)('finds %s', (_, before, now) => {
    expect(brokenBySight(before, now)).not.toEqual([]);
  });

  it.each([
    ['an act that is done twice', completed, { ...nothing, acts: { capture: 2 } }, false],
    [
      'a completed booking that is not paid',
      completed,
      { ...nothing, acts: { capture: 0 }, allOrNothing: true },
      false,
    ],
    ['money left with a cancelled one', cancelled, { ...nothing, acts: { money: 1 }, allOrNothing: true }, false],
    ['more calls than attempts', running, { ...nothing, asked: 2 }, false],
    ['a booking under way', running, { asked: 1, acts: { money: 1, capture: 0 }, allOrNothing: true }, true],
    ['a completed one', completed, { asked: 1, acts: { money: 1, capture: 1 }, allOrNothing: true }, true],
  ] as const)('judges %s by what was done', (_, now, done, isRight) => {
    expect(brokenByActs(job({ cancelAsked: true }), now, done).length === 0).toBe(isRight);
  });

  it('finds a call for a job that was said to be cancelled', () => {
    const stopped = job({ cancelAsked: true, cancelSaid: 'cancelled', doneAtCancel: nothing });
    expect(brokenByActs(stopped, cancelled, nothing)).toEqual([]);
    expect(brokenByActs(stopped, cancelled, { ...nothing, asked: 1 })).toHaveLength(1);
  });

  it('finds at the end what never ended, and what failed though nothing was done to it', () => {
    expect(brokenAtRest(newModel(), job(), completed)).toEqual([]);
    expect(brokenAtRest(newModel(), job(), running)).not.toEqual([]);
    expect(brokenAtRest(newModel(), job(), { ...completed, status: 'failed' })).toHaveLength(1);
    expect(brokenAtRest({ ...newModel(), disturbed: true }, job(), { ...completed, status: 'failed' })).toEqual([]);
  });

  it('finds a batch that counts otherwise than its children ended', () => {
    const counts = { total: 2, completed: 1, failed: 1, cancelled: 0, pending: 0 };
    expect(brokenByCount({ ...completed, counts }, ['completed', 'failed'])).toEqual([]);
    expect(brokenByCount({ ...completed, counts }, ['completed', 'completed'])).toHaveLength(1);
    expect(brokenByCount({ ...completed, counts }, ['completed', 'processing'])).toHaveLength(1);
  });
});
