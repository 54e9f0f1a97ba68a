import { describe, expect, it } from 'vitest';
import type { IdempotencyKey } from '../../shared/domain/ports.ts';
import { claim } from '../../shared/domain/transitions.ts';
import { acceptedAt, acceptedJob, newId } from '../support/job-builder.ts';
import type { JobStoreFixture } from './job-store.ts';

/** How jobs and idempotency keys come in. */
export function describeAccepting(given: () => JobStoreFixture): void {
  describe('accepts jobs', () => {
    it('gives back a head exactly as it was accepted', async () => {
      const job = acceptedJob({ priority: 3, deadline: acceptedAt + 60_000 });
      expect(await given().store.accept(job)).toEqual({ kind: 'accepted' });
      expect(await given().store.find(job.id, 'strong')).toEqual(job);
    });

    it('gives back a batch and its child exactly as they were written', async () => {
      const error = { code: 'cancelled', message: 'The traveller cancelled the work.' } as const;
      const batch = acceptedJob({
        type: 'pregenerate_stories',
        total: 9,
        batch: 'closing',
        done_cancelled: new Set([0, 8]),
        intended_end: { status: 'cancelled', error },
      });
      const child = acceptedJob({ parent: { id: batch.id, index: 8 }, outbox: ['count_at_parent'] });
      for (const job of [batch, child]) {
        await given().store.accept(job);
        expect(await given().store.find(job.id, 'strong')).toEqual(job);
      }
    });

    it('knows nothing of an id it was never given', async () => {
      expect(await given().store.find(newId(), 'strong')).toBeUndefined();
      expect(await given().store.find(newId(), 'eventual')).toBeUndefined();
    });

    it('takes the same head twice as one, and never resets a job that went on meanwhile', async () => {
      const job = acceptedJob();
      await given().store.accept(job);
      await given().store.apply(claim(job, acceptedAt, { until: acceptedAt + 90_000, holder: 'a' }));
      expect(await given().store.accept(job)).toEqual({ kind: 'accepted' });
      expect((await given().store.find(job.id, 'strong'))?.attempt).toBe(1);
    });

    it.each([
      ['numbers no attribute can hold', { big: 1e300, small: 1e-300, exact: 9_007_199_254_740_991 }],
      ['nesting as deep as a body may have', nested(30)],
      ['empty names, empty texts and null', { '': '', none: null, list: [] }],
      ['text of every script', { text: '\u0000 ﷺ 日本 🚗 é' }],
    ])('keeps an input with %s', async (_, context) => {
      const job = acceptedJob({ input: { inline: { context } } });
      await given().store.accept(job);
      expect((await given().store.find(job.id, 'strong'))?.input).toEqual(job.input);
    });
  });

  describe('remembers idempotency keys', () => {
    it('answers the same key again with what it was answered first, and writes no second job', async () => {
      const [first, second] = [acceptedJob(), acceptedJob()];
      const key = aKey({ answer: { job_id: first.id } });
      expect(await given().store.accept(first, key)).toEqual({ kind: 'accepted' });
      expect(
        await given().store.accept(second, { ...key, fingerprint: 'other', answer: { job_id: second.id } }),
      ).toEqual({
        kind: 'known',
        fingerprint: key.fingerprint,
        answer: { job_id: first.id },
      });
      expect(await given().store.find(second.id, 'strong')).toBeUndefined();
    });

    it('takes the repeat of one write as that write', async () => {
      const job = acceptedJob();
      const key = aKey();
      await given().store.accept(job, key);
      expect(await given().store.accept(job, key)).toEqual({ kind: 'accepted' });
    });

    it('tells what a key was answered without writing anything, until its hour', async () => {
      const key = aKey();
      expect(await given().store.findAnswer(key, key.now)).toBeUndefined();
      await given().store.accept(acceptedJob(), key);
      const { fingerprint, answer } = key;
      expect(await given().store.findAnswer(key, key.expiresAt - 1)).toMatchObject({ fingerprint, answer });
      expect(await given().store.findAnswer(key, key.expiresAt)).toBeUndefined();
    });

    it('forgets a key at its hour, not when the row happens to be deleted', async () => {
      const [first, second] = [acceptedJob(), acceptedJob()];
      const key = aKey();
      await given().store.accept(first, key);
      expect((await given().store.accept(second, { ...key, now: key.expiresAt - 1 })).kind).toBe('known');
      expect((await given().store.accept(second, { ...key, now: key.expiresAt })).kind).toBe('accepted');
      expect(await given().store.find(second.id, 'strong')).toEqual(second);
    });

    it('keeps the keys of two owners and of two routes apart', async () => {
      const key = aKey();
      const others = [key, { ...key, owner: 'someone else' }, { ...key, route: '/another' }];
      for (const other of others) expect((await given().store.accept(acceptedJob(), other)).kind).toBe('accepted');
    });

    it('makes one job of twenty submits with one key at once', async () => {
      const key = aKey();
      const jobs = Array.from({ length: 20 }, () => acceptedJob());
      const outcomes = await Promise.all(
        jobs.map((job) => given().store.accept(job, { ...key, answer: { job_id: job.id } })),
      );
      const heads = await Promise.all(jobs.map(({ id }) => given().store.find(id, 'strong')));
      const made = heads.flatMap((head) => (head ? [head.id] : []));
      expect(made).toHaveLength(1);
      expect(outcomes.filter(({ kind }) => kind === 'accepted')).toHaveLength(1);
      const answers = outcomes.flatMap((outcome) => (outcome.kind === 'known' ? [outcome.answer] : []));
      expect(answers.every((answer) => JSON.stringify(answer) === JSON.stringify({ job_id: made[0] }))).toBe(true);
    });
  });
}

function aKey(fields: Partial<IdempotencyKey> = {}): IdempotencyKey {
  const times = { now: acceptedAt, expiresAt: acceptedAt + 86_400_000 };
  return {
    owner: 'traveller',
    route: '/jobs',
    key: newId(),
    fingerprint: 'body',
    answer: { ok: true },
    ...times,
    ...fields,
  };
}

function nested(levels: number): unknown {
  return levels === 0 ? 'core' : { inner: nested(levels - 1) };
}
