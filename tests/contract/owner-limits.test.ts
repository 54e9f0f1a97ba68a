import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DynamoDbOwnerLimits } from '../../shared/adapters/dynamodb/dynamodb-owner-limits.ts';
import type { LimitAsk, OwnerLimits } from '../../shared/domain/owner-limits.ts';
import { acceptedAt } from '../support/job-builder.ts';
import { startJobTable } from '../support/job-table.ts';
import { MemoryOwnerLimits } from '../support/memory-owner-limits.ts';

const now = acceptedAt;
/** A token comes back every two seconds. */
const bucket = { size: 5, fullAfterSeconds: 10 };

/** What everything that keeps owners' limits promises (shared/domain/owner-limits.ts), whatever it is made of. */
function describeOwnerLimits(
  name: string,
  start: () => Promise<{ limits: OwnerLimits; close(): Promise<void> }>,
): void {
  describe(name, () => {
    let limits: OwnerLimits;
    let close: () => Promise<void>;
    let owner: string;
    beforeAll(async () => {
      ({ limits, close } = await start());
    }, 60_000);
    afterAll(() => close());
    beforeEach(() => {
      owner = randomUUID();
    });

    const take = (at: number, more: Partial<LimitAsk> = {}) =>
      limits.take({ owner, limitClass: 'submit', bucket, now: at, ...more });
    const job = (id: string, most = 2) => ({ job: { queue: 'ai_generation', id, most } }) as const;
    const holdAt = (at: number) => limits.hold(owner, { most: 2, now: at, until: at + 1_000 });

    it('gives a full bucket’s tokens at once, says what is left, and then refuses', async () => {
      const levels = [];
      for (let count = 0; count < 5; count++) levels.push(await take(now));
      expect(levels.map((outcome) => outcome.level.left)).toEqual([4, 3, 2, 1, 0]);
      expect(levels.map(({ kind }) => kind)).toEqual(Array.from({ length: 5 }, () => 'taken'));
      expect(await take(now)).toEqual({ kind: 'rate_limited', level: { left: 0, milliseconds: 2_000 } });
    });

    it('gives the next token when its time has come, and not a millisecond before', async () => {
      for (let count = 0; count < 5; count++) await take(now);
      expect((await take(now + 1_999)).kind).toBe('rate_limited');
      expect(await take(now + 2_000)).toEqual({ kind: 'taken', level: { left: 0, milliseconds: 2_000 } });
      expect((await take(now + 2_001)).kind).toBe('rate_limited');
    });

    it('never holds more than its size, however long nobody comes', async () => {
      await take(now);
      const outcomes = [];
      for (let count = 0; count < 6; count++) outcomes.push(await take(now + 3_600_000));
      expect(outcomes.map(({ kind }) => kind)).toEqual([...Array.from({ length: 5 }, () => 'taken'), 'rate_limited']);
    });

    it('gives as many tokens as there are to twenty that come at the same time', async () => {
      const outcomes = await Promise.all(Array.from({ length: 20 }, () => take(now)));
      expect(outcomes.filter(({ kind }) => kind === 'taken')).toHaveLength(5);
      expect(outcomes.filter(({ kind }) => kind === 'rate_limited')).toHaveLength(15);
    });

    it('keeps the buckets of two classes and of two owners apart', async () => {
      for (let count = 0; count < 5; count++) await take(now);
      expect((await take(now, { limitClass: 'batch' })).kind).toBe('taken');
      expect((await take(now, { owner: randomUUID() })).kind).toBe('taken');
    });

    it('names the unfinished jobs when there are too many, and takes no token for a job that it refuses', async () => {
      await take(now, job('a'));
      await take(now, job('b'));
      const refused = await take(now, job('c'));
      expect(refused).toMatchObject({ kind: 'too_many_unfinished', level: { left: 3 } });
      expect(refused.kind === 'too_many_unfinished' && [...refused.ids].sort()).toEqual(['a', 'b']);
      expect(await take(now)).toMatchObject({ kind: 'taken', level: { left: 2 } });
    });

    it('notes no job of a request that it refuses', async () => {
      for (let count = 0; count < 5; count++) await take(now);
      expect((await take(now, job('a'))).kind).toBe('rate_limited');
      const later = now + 60_000;
      expect([await take(later, job('b')), await take(later, job('c'))].map(({ kind }) => kind)).toEqual([
        'taken',
        'taken',
      ]);
    });

    it('counts a job once that comes twice, and those of each queue apart', async () => {
      await take(now, job('a'));
      await take(now, job('b'));
      expect((await take(now, job('b'))).kind).toBe('taken');
      expect((await take(now, { job: { queue: 'booking', id: 'c', most: 2 } })).kind).toBe('taken');
    });

    it('has room again for as many jobs as were forgotten', async () => {
      await take(now, job('a'));
      await take(now, job('b'));
      await limits.forget(owner, 'ai_generation', ['a', 'never there']);
      await limits.forget(owner, 'ai_generation', []);
      expect((await take(now, job('c'))).kind).toBe('taken');
      expect((await take(now, job('d'))).kind).toBe('too_many_unfinished');
    });

    it('has nothing to forget of an owner it does not know', async () => {
      await limits.forget(owner, 'ai_generation', ['a']);
      expect(await take(now, job('a'))).toMatchObject({ kind: 'taken', level: { left: 4 } });
    });

    const budget = (dailyMicroUsd: number, expectedMicroUsd = 0) => ({ budget: { dailyMicroUsd, expectedMicroUsd } });

    it('takes until the day’s budget is spent, and again on the next day (UTC)', async () => {
      await limits.spend(owner, { microUsd: 600, now });
      expect((await take(now, budget(1_000))).kind).toBe('taken');
      await limits.spend(owner, { microUsd: 400, now: now + 1_000 });
      expect(await take(now, budget(1_000))).toMatchObject({ kind: 'budget_spent', spentMicroUsd: 1_000 });
      expect((await take(now)).kind, 'a request that costs nothing').toBe('taken');
      const midnight = Date.parse('2026-01-02T00:00:00Z');
      expect((await take(midnight - 1, budget(1_000))).kind).toBe('budget_spent');
      expect((await take(midnight, budget(1_000))).kind).toBe('taken');
    });

    it('takes only what the budget has room for', async () => {
      await limits.spend(owner, { microUsd: 600, now });
      expect((await take(now, budget(1_000, 401))).kind).toBe('budget_spent');
      expect((await take(now, budget(1_000, 400))).kind).toBe('taken');
    });

    it('adds up what is spent at the same time, and begins anew each day', async () => {
      await Promise.all(Array.from({ length: 10 }, () => limits.spend(owner, { microUsd: 7, now })));
      expect(await take(now, budget(70))).toMatchObject({ kind: 'budget_spent', spentMicroUsd: 70 });
      const tomorrow = now + 86_400_000;
      await limits.spend(owner, { microUsd: 5, now: tomorrow });
      await limits.spend(owner, { microUsd: 1, now }); // by a clock that is behind
      expect(await take(tomorrow, budget(6))).toMatchObject({ kind: 'budget_spent', spentMicroUsd: 6 });
    });

    it('forgets a job that ends with its spending', async () => {
      await take(now, job('a'));
      await take(now, job('b'));
      await limits.spend(owner, { microUsd: 5, now, ended: { id: 'a', queues: ['voice_synthesis', 'ai_generation'] } });
      expect((await take(now, job('c'))).kind).toBe('taken');
    });

    it('holds as many requests as it may, until one is released or its time is over', async () => {
      const first = await holdAt(now);
      expect(await holdAt(now)).toBeDefined();
      expect(await holdAt(now + 999)).toBeUndefined();
      if (first) await limits.release(owner, first);
      expect(await holdAt(now + 500)).toMatchObject({ place: first?.place });
      expect(await holdAt(now + 999)).toBeUndefined();
      expect(await holdAt(now + 1_000)).toBeDefined();
    });

    it('releases no place that somebody else has taken meanwhile', async () => {
      const late = await holdAt(now);
      await holdAt(now + 1_000);
      await holdAt(now + 1_000);
      if (late) await limits.release(owner, late);
      expect(await holdAt(now + 1_500)).toBeUndefined();
    });
  });
}

describeOwnerLimits('owners’ limits in memory', async () => ({
  limits: new MemoryOwnerLimits(),
  close: async () => {},
}));

describeOwnerLimits('owners’ limits on DynamoDB', async () => {
  const { client, tableName, close } = await startJobTable();
  return { limits: new DynamoDbOwnerLimits(client, tableName), close };
});

describe('what limits cost', () => {
  it('is one call for a take, also of a bucket in use, and one more for a sandbox that guesses wrong', async () => {
    const { client, tableName, close } = await startJobTable();
    let calls = 0;
    client.middlewareStack.add(
      (next) => (input) => {
        calls++;
        return next(input);
      },
      { step: 'initialize' },
    );
    const sandboxes = [new DynamoDbOwnerLimits(client, tableName), new DynamoDbOwnerLimits(client, tableName)] as const;
    const callsOf = async (sandbox: OwnerLimits, at: number) => {
      const before = calls;
      await sandbox.take({ owner: 'ada', limitClass: 'submit', bucket, now: at });
      return calls - before;
    };
    expect(await callsOf(sandboxes[0], now)).toBe(1);
    expect(await callsOf(sandboxes[0], now + 1)).toBe(1);
    expect(await callsOf(sandboxes[1], now + 2)).toBe(2);
    expect(await callsOf(sandboxes[1], now + 3)).toBe(1);
    expect(await callsOf(sandboxes[1], now + 60_000)).toBe(1);
    await close();
  });
});
