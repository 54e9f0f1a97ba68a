import { describe, expect, it } from 'vitest';
import { judge, type LimitAsk, levelOf, type OwnerUse } from '../../../shared/domain/owner-limits.ts';

const now = Date.UTC(2026, 10, 25, 8);
/** A token comes back every six seconds. */
const bucket = { size: 10, fullAfterSeconds: 60 };
const ask: LimitAsk = { owner: 'one', limitClass: 'submit', bucket, now };
const unused: OwnerUse = { full: {}, unfinished: {}, spentMicroUsd: 0 };

describe('the level of an owner’s bucket', () => {
  it.each([
    ['full', 0, 10, 0],
    ['full again in a moment', 1, 9, 1],
    ['one token short', 6_000, 9, 6_000],
    ['between two tokens', 20_000, 6, 2_000],
    ['empty', 60_000, 0, 6_000],
    ['more than empty', 63_000, 0, 9_000],
  ])('when it is %s', (_, untilFull, left, milliseconds) => {
    expect(levelOf(now + untilFull, bucket, now)).toEqual({ left, milliseconds });
  });

  it('is full long after it was full again', () => {
    expect(levelOf(now - 1_000_000, bucket, now)).toEqual({ left: 10, milliseconds: 0 });
  });
});

describe('an owner’s request', () => {
  it('is taken while a token is there, and not a moment before', () => {
    const fullIn = (milliseconds: number) => ({ ...unused, full: { submit: now + milliseconds } });
    expect(judge(fullIn(54_000), ask)).toBe('may_take');
    expect(judge(fullIn(54_001), ask)).toMatchObject({ kind: 'rate_limited', level: { left: 0, milliseconds: 1 } });
  });

  it('is refused when what it is expected to cost no longer fits the budget of the day', () => {
    const budget = { dailyMicroUsd: 1_000, expectedMicroUsd: 100 };
    const spent = (spentMicroUsd: number, spentDay = '2026-11-25') => ({ ...unused, spentDay, spentMicroUsd });
    expect(judge(spent(900), { ...ask, budget })).toBe('may_take');
    expect(judge(spent(901), { ...ask, budget })).toMatchObject({ kind: 'budget_spent', spentMicroUsd: 901 });
    expect(judge(spent(5_000, '2026-11-24'), { ...ask, budget }), 'a new day').toBe('may_take');
    expect(judge({ ...unused, spentMicroUsd: 5_000 }, { ...ask, budget }), 'of no day').toBe('may_take');
  });

  it('is refused when as many jobs are unfinished as may be, unless it is one of them', () => {
    const use = { ...unused, unfinished: { analytics: ['a', 'b'] } };
    const job = (id: string, most: number) => ({ ...ask, job: { queue: 'analytics', id, most } as const });
    expect(judge(use, job('c', 3))).toBe('may_take');
    expect(judge(use, job('c', 2))).toMatchObject({ kind: 'too_many_unfinished', ids: ['a', 'b'] });
    expect(judge(use, job('b', 2))).toBe('may_take');
    expect(judge(unused, job('c', 1)), 'the first of all').toBe('may_take');
  });
});
