import { describe, expect, it } from 'vitest';
import { canBeStopped, expiryOf, isUndoing, limitOf } from '../../../shared/domain/job.ts';
import { acceptedAt, acceptedJob } from '../../support/job-builder.ts';

const intended_end = { status: 'failed', error: { code: 'timed_out', message: '' }, step: 'book' } as const;
const waitUntil = acceptedAt + 60_000;
const waiting = acceptedJob({ wait_until: waitUntil });

describe('the record of a job that has ended', () => {
  it('is deleted thirty days later, in whole seconds and never sooner', () => {
    expect(expiryOf(Date.UTC(2026, 0, 1, 12))).toBe(Date.UTC(2026, 0, 31, 12) / 1_000);
    expect(expiryOf(Date.UTC(2026, 0, 1, 12) + 1)).toBe(Date.UTC(2026, 0, 31, 12, 0, 1) / 1_000);
  });
});

describe('a job runs out of time', () => {
  it('at the end of its wait or at its deadline, whichever comes first', () => {
    expect(limitOf(waiting)).toBe(waitUntil);
    expect(limitOf({ ...waiting, deadline: waitUntil - 1 })).toBe(waitUntil - 1);
    expect(limitOf({ ...waiting, deadline: waitUntil + 1 })).toBe(waitUntil);
  });

  it('never, once it can only go forward or only back', () => {
    expect(limitOf({ ...waiting, committed_at: acceptedAt })).toBe(Number.POSITIVE_INFINITY);
    expect(limitOf({ ...waiting, intended_end })).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('a cancel or a limit', () => {
  it('may end a job until it is committed or takes back what it did', () => {
    expect(canBeStopped(waiting)).toBe(true);
    expect(canBeStopped({ ...waiting, committed_at: acceptedAt })).toBe(false);
    expect(canBeStopped({ ...waiting, intended_end })).toBe(false);
  });

  it('may end a batch that closes, which has nothing to take back', () => {
    const closing = { ...waiting, intended_end, batch: 'closing' } as const;
    expect([isUndoing(closing), canBeStopped(closing)]).toEqual([false, true]);
    expect([isUndoing(waiting), isUndoing({ ...waiting, intended_end })]).toEqual([false, true]);
  });
});
