import { describe, expect, it } from 'vitest';
import { isComplete } from '../../shared/domain/batch.ts';
import { countChild } from '../../shared/domain/batch-transitions.ts';
import { type Change, type Guard, trimmed } from '../../shared/domain/change.ts';
import { historyLength, type Job } from '../../shared/domain/job.ts';
import { claim } from '../../shared/domain/transitions.ts';
import { acceptedAt, acceptedJob, heldJob, newId, retryingJob } from '../support/job-builder.ts';
import type { JobStoreFixture } from './job-store.ts';

/** How one change is refused or carried out. */
export function describeChanging(given: () => JobStoreFixture): void {
  describe('holds a change to its guards', () => {
    const subject = {
      attempt: 3,
      status: 'processing',
      lease_until: acceptedAt,
      queue: 'ai_generation',
      done_ok: new Set([0, 12]),
    } as const;
    const cases: readonly [string, Guard, boolean][] = [
      ['a field that is there', { present: 'lease_until' }, true],
      ['a field that is not there', { present: 'cancel_at' }, false],
      ['the absence of a field', { absent: 'cancel_at' }, true],
      ['the absence of a field that is there', { absent: 'lease_until' }, false],
      ['an equal number', { field: 'attempt', is: '=', value: 3 }, true],
      ['an unequal number', { field: 'attempt', is: '=', value: 4 }, false],
      ['an equal text', { field: 'queue', is: '=', value: 'ai_generation' }, true],
      ['an unequal text', { field: 'queue', is: '=', value: 'booking' }, false],
      ['a text that is compared with a number', { field: 'queue', is: '=', value: 3 }, false],
      ['a number below', { field: 'attempt', is: '<', value: 4 }, true],
      ['a number that is not below', { field: 'attempt', is: '<', value: 3 }, false],
      ['a number at most', { field: 'attempt', is: '<=', value: 3 }, true],
      ['a number that is not at most', { field: 'attempt', is: '<=', value: 2 }, false],
      ['a number above', { field: 'attempt', is: '>', value: 2 }, true],
      ['a number that is not above', { field: 'attempt', is: '>', value: 3 }, false],
      ['a number at least', { field: 'attempt', is: '>=', value: 3 }, true],
      ['a number that is not at least', { field: 'attempt', is: '>=', value: 4 }, false],
      ['an absent field below anything', { field: 'deadline', is: '<', value: 1e15 }, false],
      ['an absent field at least nothing', { field: 'deadline', is: '>=', value: 0 }, false],
      ['one of several texts', { field: 'status', oneOf: ['accepted', 'processing'] }, true],
      ['none of several texts', { field: 'status', oneOf: ['accepted', 'retrying'] }, false],
      ['an absent field among texts', { field: 'dead', oneOf: ['booking'] }, false],
      ['either of two, the second', { anyOf: [{ absent: 'attempt' }, { field: 'attempt', is: '>', value: 0 }] }, true],
      ['either of two, neither', { anyOf: [{ absent: 'attempt' }, { present: 'cancel_at' }] }, false],
      ['a set without the number', { field: 'done_ok', excludes: 1 }, true],
      ['a set with the number', { field: 'done_ok', excludes: 12 }, false],
      ['a set that is not there', { field: 'done_failed', excludes: 12 }, true],
    ];

    it.each(cases)('%s', async (_, guard, allowed) => {
      const job = await given().place(acceptedJob(subject));
      const outcome = await given().store.apply(aChange(job, { when: [guard], set: { progress: 7 } }));
      expect(outcome).toEqual({ applied: allowed, job: { ...job, progress: allowed ? 7 : 0 } });
      expect((await given().store.find(job.id, 'strong'))?.progress).toBe(allowed ? 7 : 0);
    });

    it('wants all of them, not one', async () => {
      const job = await given().place(acceptedJob());
      const when: Guard[] = [{ absent: 'lease_until' }, { field: 'visit', is: '=', value: 2 }];
      expect((await given().store.apply(aChange(job, { when, set: { progress: 1 } }))).applied).toBe(false);
    });

    it('creates nothing for an id that does not exist', async () => {
      const id = newId();
      const outcome = await given().store.apply(aChange(acceptedJob({ id }), { set: { progress: 1 } }));
      expect(outcome).toEqual({ applied: false, job: undefined });
      expect(await given().store.find(id, 'strong')).toBeUndefined();
    });

    it('lets one of twenty claims at once through', async () => {
      const job = await given().place(acceptedJob());
      const claims = Array.from({ length: 20 }, () =>
        given().store.apply(claim(job, acceptedAt, { until: acceptedAt + 90_000, holder: 'a' })),
      );
      const outcomes = await Promise.all(claims);
      expect(outcomes.filter(({ applied }) => applied)).toHaveLength(1);
      expect((await given().store.find(job.id, 'strong'))?.attempt).toBe(1);
    });
  });

  describe('carries a change out', () => {
    it('sets, removes and raises fields in one step, and leaves the rest', async () => {
      const job = await given().place(retryingJob());
      const set = {
        status: 'processing',
        lease_until: 5,
        result: { inline: { made: 1e300 } },
        degraded: ['voice'],
      } as const;
      const change = aChange(job, {
        set,
        remove: ['not_before', 'error', 'cancel_at'],
        add: { visit: 1, requeues: 2, failures: 0 },
      });
      const outcome = await given().store.apply(change);
      const { not_before: _, error: __, ...rest } = job;
      const after = { ...rest, ...set, visit: 3, requeues: 2 };
      expect(outcome).toEqual({ applied: true, job: after });
      expect(await given().store.find(job.id, 'strong')).toEqual(after);
    });

    it('puts a number into a set, which it makes if need be, once however often it is told', async () => {
      const job = await given().place(acceptedJob({ type: 'pregenerate_stories', total: 200, done_ok: new Set([7]) }));
      const include = { done_ok: 199, done_failed: 0 };
      for (let times = 0; times < 2; times++) await given().store.apply(aChange(job, { include }));
      const after = { ...job, done_ok: new Set([7, 199]), done_failed: new Set([0]) };
      expect(await given().store.find(job.id, 'strong')).toEqual(after);
    });

    it('counts every child when all of them end at the same moment', async () => {
      const job = await given().place(acceptedJob({ type: 'pregenerate_stories', total: 40 }));
      const counts = Array.from({ length: 80 }, (_, at) =>
        countChild(job.id, at % 40, at % 3 ? 'done_ok' : 'done_failed', 0),
      );
      const outcomes = await Promise.all(counts.map((change) => given().store.apply(change)));
      expect(outcomes.filter(({ applied }) => applied)).toHaveLength(40);
      const last = outcomes.flatMap(({ applied, job: seen }) => (applied && seen && isComplete(seen) ? [seen] : []));
      expect(last).toHaveLength(1);
    });

    it('appends the event and raises the number by which clients know it', async () => {
      const job = await given().place(acceptedJob());
      const event = { at: acceptedAt, status: 'processing', progress: 4, message: 'Looking around' } as const;
      const { job: after } = await given().store.apply(aChange(job, { event }));
      expect(after).toEqual({ ...job, seq: 2, history: [...job.history, event] });
    });

    it('leaves the event number alone when a client sees nothing', async () => {
      const job = await given().place(acceptedJob());
      const { job: after } = await given().store.apply(aChange(job, { add: { resends: 1 } }));
      expect(after).toEqual({ ...job, resends: 1 });
    });

    it('keeps fifty events, the last of which has the number of the job', async () => {
      const job = await given().place(fullHistory(75));
      const event = { at: acceptedAt, status: 'processing', message: 'the newest' } as const;
      const { job: after } = await given().store.apply(trimmed(aChange(job, { event }), job));
      expect(after?.seq).toBe(76);
      expect(after?.history).toHaveLength(historyLength);
      expect(after?.history.at(-1)).toEqual(event);
      expect(after?.history[0]?.message).toBe('event 27');
    });

    it('keeps what a job did outside as it was written', async () => {
      const job = await given().place(heldJob());
      const effects = {
        charge: { state: 'done', generation: 2, at: acceptedAt, outcome: '{"id":"ch_1"}', must_undo: true },
        reserve: { state: 'begun', generation: 1, at: acceptedAt, must_undo: true },
      } as const;
      const written = { effects, acted_at: acceptedAt, committed_at: acceptedAt };
      await given().store.apply(aChange(job, { set: written }));
      expect(await given().store.find(job.id, 'strong')).toMatchObject(written);
      const { job: after } = await given().store.apply(aChange(job, { remove: ['acted_at', 'committed_at'] }));
      expect([after?.effects, after?.acted_at, after?.committed_at]).toEqual([effects, undefined, undefined]);
    });

    it('trims no event away that was added since', async () => {
      const job = await given().place(fullHistory(75));
      const event = { at: acceptedAt, status: 'processing' } as const;
      await given().store.apply(aChange(job, { event }));
      expect((await given().store.apply(trimmed(aChange(job, { event }), job))).applied).toBe(false);
    });
  });
}

export function aChange({ id }: Pick<Job, 'id'>, parts: Partial<Omit<Change, 'id' | 'transition'>>): Change {
  return { transition: 'test', id, when: [], set: {}, remove: [], add: {}, ...parts };
}

/** A job whose history is full, its last event numbered `seq`. */
function fullHistory(seq: number): Job {
  const history = Array.from({ length: historyLength }, (_, index) => ({
    at: acceptedAt,
    status: 'processing' as const,
    message: `event ${seq - historyLength + 1 + index}`,
  }));
  return heldJob({ seq, history });
}
