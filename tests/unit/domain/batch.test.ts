import { describe, expect, it } from 'vitest';
import {
  childCounts,
  endSetOf,
  isComplete,
  progressOf,
  stopsChildren,
  uncounted,
} from '../../../shared/domain/batch.ts';
import type { Job } from '../../../shared/domain/job.ts';
import { acceptedJob, endedJob } from '../../support/job-builder.ts';

const type = 'pregenerate_stories';
const openBatch = (fields: Partial<Job> = {}) =>
  acceptedJob({ type, status: 'processing', batch: 'waiting', total: 5, ...fields });
const threeEnded = { done_ok: new Set([0]), done_failed: new Set([2]), done_cancelled: new Set([3]) };

describe('the end of a child', () => {
  it.each([
    ['completed', 'done_ok'],
    ['failed', 'done_failed'],
    ['expired', 'done_failed'],
    ['cancelled', 'done_cancelled'],
  ] as const)('%s is counted in %s', (status, set) => {
    expect(endSetOf(status)).toBe(set);
  });

  it.each(['scheduled', 'accepted', 'processing', 'retrying'] as const)('is not counted while it is %s', (status) => {
    expect(endSetOf(status)).toBeUndefined();
  });
});

describe('the children of a batch', () => {
  it('are counted by how they ended, and those that have not are pending', () => {
    const counts = childCounts(openBatch({ done_ok: new Set([0, 1]), done_failed: new Set([2]) }));
    expect(counts).toEqual({ total: 5, completed: 2, failed: 1, cancelled: 0, pending: 2 });
    expect(childCounts(openBatch({ done_cancelled: new Set([4]) }))).toMatchObject({ cancelled: 1, pending: 4 });
  });

  it('are not counted before they are planned, nor in a job that has none', () => {
    expect(childCounts(acceptedJob({ type }))).toBeUndefined();
  });

  it('are unaccounted for by number until they are in one of the three sets', () => {
    expect(uncounted(openBatch(threeEnded))).toEqual([1, 4]);
    expect(uncounted(openBatch())).toEqual([0, 1, 2, 3, 4]);
    expect(uncounted(acceptedJob())).toEqual([]);
  });

  it('have all ended once none is pending, and never in a job that has none', () => {
    expect(isComplete(openBatch(threeEnded))).toBe(false);
    expect(isComplete(openBatch({ ...threeEnded, done_ok: new Set([0, 1, 4]) }))).toBe(true);
    expect(isComplete(acceptedJob())).toBe(false);
  });
});

describe('a child may run', () => {
  it.each([
    ['is making its children', openBatch({ batch: 'fanning_out' })],
    ['waits for them', openBatch()],
    ['is not one with open children any more', acceptedJob({ type, status: 'processing', total: 5 })],
  ])('while its batch %s', (_, batch) => {
    expect(stopsChildren(batch)).toBe(false);
  });

  it.each([
    ['is gone', undefined],
    ['was asked to stop', openBatch({ cancel_at: 1 })],
    ['is closing', openBatch({ batch: 'closing' })],
    ['is completed', endedJob('completed', { type })],
    ['has failed', endedJob('failed', { type })],
    ['is cancelled', endedJob('cancelled', { type })],
    ['has expired', endedJob('expired', { type })],
  ])('no more once its batch %s', (_, batch) => {
    expect(stopsChildren(batch)).toBe(true);
  });
});

describe('the progress of a batch', () => {
  it('is the share of its children that have ended, of the 99 percent before its last step, rounded down', () => {
    expect(progressOf(openBatch(threeEnded))).toBe(59);
    expect(progressOf(openBatch())).toBe(0);
  });

  it('never falls below what its attempt has said', () => {
    expect(progressOf(openBatch({ ...threeEnded, progress: 70 }))).toBe(70);
  });

  it.each(['cancelled', 'failed', 'expired'] as const)('does not fall when it is %s', (status) => {
    expect(progressOf(endedJob(status, { type, total: 5, ...threeEnded, progress: 10 }))).toBe(59);
  });

  it('is its own once it is completed, as is that of a job without children', () => {
    expect(progressOf(endedJob('completed', { type, total: 5, ...threeEnded, progress: 100 }))).toBe(100);
    expect(progressOf(acceptedJob({ progress: 30 }))).toBe(30);
  });
});
