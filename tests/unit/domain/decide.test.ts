import { describe, expect, it } from 'vitest';
import { undoStep } from '../../../shared/catalog/job-types.ts';
import { queues } from '../../../shared/catalog/queues.ts';
import { decide, failure, type Outcome } from '../../../shared/domain/decide.ts';
import {
  AwaitingError,
  PermanentError,
  PostponedError,
  ThrottledError,
  TransientError,
} from '../../../shared/domain/errors.ts';
import type { Job } from '../../../shared/domain/job.ts';
import { acceptedAt, heldJob, writtenStory } from '../../support/job-builder.ts';

const now = acceptedAt + 30_000;
const result = { inline: { title: 'Tucumcari' } };
const decided = (job: Job, outcome: Outcome, random = () => 0.999_999) => decide(job, outcome, now, random);
const failed = (error: AwaitingError | PermanentError | PostponedError | ThrottledError | TransientError): Outcome => ({
  kind: 'failed',
  error,
});
const transient = failed(new TransientError('model_unavailable', 'no answer'));
/** A job whose step is tried for the so manyth time. */
function triedJob(tries: number): Job {
  const job = heldJob({ attempt: tries });
  const again = (['retrying', 'processing'] as const).map((status) => ({ at: now, status }));
  return { ...job, history: [...job.history, ...Array.from({ length: tries - 1 }, () => again).flat()] };
}

const narrating = (fields: Partial<Job> = {}) => writtenStory({ lease_until: now + 60_000, attempt: 2, ...fields });

describe('a finished step', () => {
  it('completes the job when no step follows', () => {
    expect(decided(heldJob(), { kind: 'done', result, degraded: [] })).toEqual({
      do: 'complete',
      result,
      degraded: [],
    });
  });

  it('hands the job to the step that follows', () => {
    const next = { step: 'narrate', progress: 50 };
    const outcome: Outcome = { kind: 'done', result, next, degraded: ['model'] };
    expect(decided(heldJob(), outcome)).toEqual({ do: 'hand_off', next, result, degraded: ['model'] });
  });

  it('does not forget what an earlier step lacked', () => {
    const decision = decided(narrating({ degraded: ['model'] }), { kind: 'done', result, degraded: [] });
    expect(decision).toMatchObject({ do: 'complete', degraded: ['model'] });
  });
});

describe('a failed attempt', () => {
  it('is repeated after a wait that grows with the failures and is never longer than its bound', () => {
    const waits = [0, 1, 2].map((failures) => decided(heldJob({ failures }), transient));
    expect(waits).toMatchObject([2, 4, 8].map((delaySeconds) => ({ do: 'retry', delaySeconds, counted: true })));
  });

  it('fails the job when it was the last one allowed', () => {
    expect(decided(heldJob({ failures: 3 }), transient)).toEqual({
      do: 'end',
      end: { status: 'failed', error: failure('model_unavailable') },
    });
  });

  it('fails the job at once when trying again cannot help', () => {
    const outcome = failed(new PermanentError('content_filtered', 'declined'));
    expect(decided(heldJob(), outcome)).toEqual({
      do: 'end',
      end: { status: 'failed', error: failure('content_filtered') },
    });
  });

  it('tells the traveller the words of the catalog, never those of the error', () => {
    const decision = decided(heldJob({ failures: 3 }), failed(new TransientError('internal_error', 'arn:aws:secret')));
    expect(JSON.stringify(decision)).not.toContain('arn:aws');
  });
});

describe('a throttled attempt', () => {
  it('does not count, however often it happens', () => {
    const decision = decided(heldJob({ failures: 3, attempt: 40 }), failed(new ThrottledError('slow down')));
    expect(decision).toMatchObject({ do: 'retry', counted: false, error: { code: 'throttled' } });
  });

  it('waits as long as the upstream asked', () => {
    const outcome = failed(new ThrottledError('slow down', { retryAfterSeconds: 42 }));
    expect(decided(heldJob(), outcome)).toMatchObject({ delaySeconds: 42 });
  });

  it('waits longer and longer without a wish, up to a minute', () => {
    const waits = [1, 2, 3, 4, 5, 50].map((tries) => decided(triedJob(tries), failed(new ThrottledError('slow'))));
    expect(waits).toMatchObject([5, 10, 20, 40, 60, 60].map((delaySeconds) => ({ delaySeconds })));
  });

  it.each([
    ['of the steps before', { status: 'processing', step: 'narrate' }],
    ['of an earlier life', { status: 'accepted' }],
  ] as const)('does not wait longer for the attempts %s', (_, event) => {
    const tried = triedJob(12);
    const claimed = { at: now, status: 'processing' } as const;
    const job = { ...tried, history: [...tried.history, { at: now, ...event }, claimed] };
    expect(decided(job, failed(new ThrottledError('slow')))).toMatchObject({ delaySeconds: 5 });
  });
});

describe('a job that awaits what another one is making', () => {
  it('looks again soon, then less often, however often it has failed, and no look is a failure', () => {
    const looks = [1, 2, 3, 4, 5, 50].map((tries) =>
      decided({ ...triedJob(tries), failures: 3 }, failed(new AwaitingError('at it'))),
    );
    expect(looks).toMatchObject(
      [1, 2, 4, 8, 8, 8].map((delaySeconds) => ({ do: 'retry', counted: false, delaySeconds })),
    );
  });

  it('looks for the stories of a journey less often still: some may be for tomorrow', () => {
    const awaiting = failed(new AwaitingError('at it', 'awaiting_journey'));
    const looks = [1, 4, 7, 8, 50].map((tries) => decided(triedJob(tries), awaiting));
    expect(looks).toMatchObject([1, 8, 64, 120, 120].map((delaySeconds) => ({ delaySeconds })));
  });
});

describe('a wait', () => {
  it.each([
    ['the wait limit', { wait_until: now + 1_500 }],
    ['the deadline', { deadline: now + 1_500 }],
  ])('never reaches past %s', (_, limit) => {
    const outcome = failed(new ThrottledError('slow down', { retryAfterSeconds: 200 }));
    expect(decided(heldJob(limit), outcome)).toMatchObject({ do: 'retry', delaySeconds: 2 });
  });

  it('is nothing once a limit has passed: whoever finds the job then lets it expire', () => {
    expect(decided(heldJob({ wait_until: now - 5_000 }), transient)).toMatchObject({ do: 'retry', delaySeconds: 0 });
  });
});

describe('an attempt whose worker died', () => {
  it('counts as one failure', () => {
    const decision = decided(heldJob(), { kind: 'lost' });
    expect(decision).toMatchObject({ do: 'retry', counted: true, error: { code: 'lease_lost' } });
  });

  it('fails the job when it was the last one allowed', () => {
    expect(decided(heldJob({ failures: 3 }), { kind: 'lost' })).toEqual({
      do: 'end',
      end: { status: 'failed', error: failure('lease_lost') },
    });
  });
});

describe('a step that the job can do without', () => {
  it.each<[string, Outcome]>([
    ['fails for good', failed(new PermanentError('voice_text_refused', 'refused'))],
    ['fails once too often', transient],
    ['dies once too often', { kind: 'lost' }],
  ])('leaves the finished part and says what is missing when it %s', (_, outcome) => {
    const job = narrating({ failures: 4, degraded: ['model'] });
    expect(decided(job, outcome)).toEqual({ do: 'complete', result: undefined, degraded: ['model', 'voice'] });
  });

  it('takes the job down when there is no finished part', () => {
    const { result: _, ...job } = narrating();
    expect(decided(job, failed(new PermanentError('voice_text_refused', 'refused')))).toMatchObject({
      do: 'end',
      end: { status: 'failed' },
    });
  });
});

describe('a job whose owner asked it to stop', () => {
  it.each<[string, Outcome]>([
    ['finished', { kind: 'done', result, degraded: [] }],
    ['failed', transient],
    ['was throttled', failed(new ThrottledError('slow down'))],
    ['died', { kind: 'lost' }],
    ['ran into its deadline', { kind: 'aborted', by: 'deadline' }],
    ['stopped', { kind: 'aborted', by: 'cancel' }],
  ])('is cancelled even if the attempt %s', (_, outcome) => {
    expect(decided(heldJob({ cancel_at: now }), outcome)).toEqual({
      do: 'end',
      end: { status: 'cancelled', error: failure('cancelled') },
    });
  });
});

describe('an attempt that was stopped', () => {
  it('by a cancel that the record does not show yet ends the job as cancelled', () => {
    expect(decided(heldJob(), { kind: 'aborted', by: 'cancel' })).toEqual({
      do: 'end',
      end: { status: 'cancelled', error: failure('cancelled') },
    });
  });

  it('by the deadline ends the job as expired', () => {
    const decision = decided(heldJob({ deadline: now }), { kind: 'aborted', by: 'deadline' });
    expect(decision).toEqual({ do: 'end', end: { status: 'expired', error: failure('deadline_passed') } });
  });
});

describe('a step that this release does not know', () => {
  it('fails the job instead of going round for ever', () => {
    expect(decided(heldJob({ step: 'no such step' }), transient)).toEqual({
      do: 'end',
      end: { status: 'failed', error: failure('type_unknown') },
    });
  });
});

describe('a job that can only go forward', () => {
  const committed = (fields: Partial<Job> = {}) => heldJob({ acted_at: now, committed_at: now, ...fields });

  it('completes although its owner asked it, too late, to stop', () => {
    const decision = decided(committed({ cancel_at: now }), { kind: 'done', result, degraded: [] });
    expect(decision).toEqual({ do: 'complete', result, degraded: [] });
  });

  it('tries again after more failures than are allowed, and its limits cut no wait short', () => {
    const decision = decided(committed({ failures: 4, deadline: now, wait_until: now }), transient);
    const error = failure('model_unavailable');
    expect(decision).toEqual({ do: 'retry', delaySeconds: 32, counted: true, error });
  });
});

describe('a job that takes back what it did', () => {
  const intendedEnd = { status: 'cancelled', error: failure('cancelled'), step: 'write' } as const;
  const undoing = (failures: number) => heldJob({ step: 'undo', intended_end: intendedEnd, acted_at: now, failures });

  it('ends as intended once everything is taken back', () => {
    expect(decided(undoing(0), { kind: 'undone' })).toEqual({ do: 'end_undone', end: intendedEnd });
  });

  it('tries again until it succeeds, each time after a longer wait', () => {
    const attempts = [0, 1, 2].map((failures) => decided(undoing(failures), transient));
    expect(attempts).toEqual(
      [1, 2, 4].map((times) => ({
        do: 'retry',
        counted: true,
        delaySeconds: undoStep.firstRetrySeconds * times,
        error: failure('model_unavailable'),
      })),
    );
  });

  it('says that the attempt was lost when its worker died', () => {
    expect(decided(undoing(0), { kind: 'lost' })).toMatchObject({ do: 'retry', error: failure('lease_lost') });
  });
});

describe('an attempt that took something back although nothing was to be', () => {
  it('is a failure that counts', () => {
    const decision = decided(heldJob(), { kind: 'undone' });
    expect(decision).toMatchObject({ do: 'retry', counted: true, error: failure('internal_error') });
  });
});

describe('work that is put off to a known time', () => {
  it('waits until then without a failure, and may wait as long as its queue allows from then on', () => {
    const until = now + 7_200_000;
    expect(decided(heldJob(), failed(new PostponedError(until)))).toEqual({
      do: 'retry',
      delaySeconds: 7_200,
      counted: false,
      error: failure('quiet_hours'),
      waitUntil: until + queues.ai_generation.waitLimitSeconds * 1_000,
    });
  });
});
