import { describe, expect, it } from 'vitest';
import { type Change, type Comparison, type Guard, holds, trimmed } from '../../../shared/domain/change.ts';
import type { Job, JobEvent } from '../../../shared/domain/job.ts';
import { acceptedAt, acceptedJob, heldJob } from '../../support/job-builder.ts';

describe('a guard on a field', () => {
  const comparisons: readonly [Comparison, below: boolean, equal: boolean, above: boolean][] = [
    ['=', false, true, false],
    ['<', true, false, false],
    ['<=', true, true, false],
    ['>', false, false, true],
    ['>=', false, true, true],
  ];

  it.each(comparisons)('%s compares numbers by size', (is, ...expected) => {
    const actual = [2, 3, 4].map((attempt) => holdsFor({ attempt }, { field: 'attempt', is, value: 3 }));
    expect(actual).toEqual(expected);
  });

  it.each(comparisons)('%s compares texts by their order', (is, ...expected) => {
    const actual = ['book', 'narrate', 'write'].map((step) =>
      holdsFor({ step }, { field: 'step', is, value: 'narrate' }),
    );
    expect(actual).toEqual(expected);
  });

  it.each(comparisons)('%s never holds between a number and a text, nor for a field that is absent', (is) => {
    for (const digits of ['2', '3', '4']) {
      expect(holdsFor({ attempt: 3 }, { field: 'attempt', is, value: digits }), digits).toBe(false);
      expect(holdsFor({ step: digits }, { field: 'step', is, value: 3 }), digits).toBe(false);
    }
    expect(holdsFor({}, { field: 'deadline', is, value: 0 })).toBe(false);
    expect(holdsFor({}, { field: 'holder', is, value: '' })).toBe(false);
  });

  it('that names texts holds for each of them, and for no other value', () => {
    const guard: Guard = { field: 'batch', oneOf: ['waiting', 'closing'] };
    const phases = ['fanning_out', 'waiting', 'closing', undefined] as const;
    expect(phases.map((batch) => holdsFor(batch ? { batch } : {}, guard))).toEqual([false, true, true, false]);
  });
});

function holdsFor(fields: Partial<Job>, guard: Guard): boolean {
  return holds([guard], acceptedJob(fields));
}

describe('the list of events', () => {
  const event: JobEvent = { at: acceptedAt + 60, status: 'processing', progress: 60 };
  const change: Change = {
    transition: 'progress',
    id: 'a job',
    when: [{ present: 'lease_until' }],
    set: { progress: 60 },
    remove: [],
    add: {},
    event,
  };
  const withEvents = (count: number) =>
    heldJob({
      seq: 70,
      history: Array.from({ length: count }, (_, progress) => ({ at: acceptedAt, status: 'processing', progress })),
    });

  it('grows by one while it has fewer than fifty', () => {
    expect(trimmed(change, withEvents(49))).toBe(change);
  });

  it.each([50, 53])('of %i is written anew with the newest fifty, if nobody has added one meanwhile', (count) => {
    const job = withEvents(count);
    expect(trimmed(change, job)).toStrictEqual({
      ...change,
      when: [{ present: 'lease_until' }, { field: 'seq', is: '=', value: 70 }],
      set: { progress: 60, history: [...job.history.slice(-49), event] },
    });
  });

  it('stays as it is when a client sees nothing of the change', () => {
    const { event: _, ...unseen } = change;
    expect(trimmed(unseen, withEvents(50))).toBe(unseen);
  });
});
