import { failures } from '../catalog/failures.ts';
import { type Degradation, stepOf } from '../catalog/job-types.ts';
import { type JobError, ThrottledError } from './errors.ts';
import type { Job, JobFailure, StoredValue } from './job.ts';
import { awaitDelaySeconds, retryDelaySeconds, throttleDelaySeconds } from './retry-policy.ts';

/** How an attempt ended. */
export type Outcome =
  | {
      readonly kind: 'done';
      readonly result: StoredValue;
      readonly next?: NextStep;
      readonly degraded: readonly Degradation[];
    }
  /** Every child of the batch is made. */
  | { readonly kind: 'fanned_out' }
  | { readonly kind: 'failed'; readonly error: JobError }
  | { readonly kind: 'aborted'; readonly by: 'cancel' | 'deadline' }
  | { readonly kind: 'lost' };

/** The step that follows, and the percent of the whole job at which it starts. */
export interface NextStep {
  readonly step: string;
  readonly progress: number;
}

/** What becomes of the job. The caller performs it; nothing else decides. */
export type Decision =
  | { readonly do: 'complete'; readonly result: StoredValue | undefined; readonly degraded: readonly Degradation[] }
  | {
      readonly do: 'hand_off';
      readonly next: NextStep;
      readonly result: StoredValue;
      readonly degraded: readonly Degradation[];
    }
  | { readonly do: 'await_children' }
  | { readonly do: 'retry'; readonly delaySeconds: number; readonly counted: boolean; readonly error: JobFailure }
  | { readonly do: 'fail'; readonly error: JobFailure }
  | { readonly do: 'cancel'; readonly error: JobFailure }
  | { readonly do: 'expire'; readonly error: JobFailure };

/** Turns the outcome of one attempt into one transition. Pure: time and chance come in. */
export function decide(job: Job, outcome: Outcome, now: number, random: () => number): Decision {
  if (job.cancel_at !== undefined) return { do: 'cancel', error: failure('cancelled') };
  switch (outcome.kind) {
    case 'done':
      return afterStep(outcome, [...(job.degraded ?? []), ...outcome.degraded]);
    case 'fanned_out':
      return { do: 'await_children' };
    case 'aborted':
      return outcome.by === 'cancel'
        ? { do: 'cancel', error: failure('cancelled') }
        : { do: 'expire', error: failure('deadline_passed') };
    case 'lost':
      return afterFailure(job, failure('lease_lost'), now, random);
    case 'failed':
      return afterError(job, outcome.error, now, random);
  }
}

/** The failure of the given code in the words of the catalog. */
export function failure(code: JobFailure['code']): JobFailure {
  return { code, message: failures[code] };
}

function afterStep({ result, next }: Extract<Outcome, { kind: 'done' }>, degraded: readonly Degradation[]): Decision {
  return next === undefined ? { do: 'complete', result, degraded } : { do: 'hand_off', next, result, degraded };
}

function afterError(job: Job, error: JobError, now: number, random: () => number): Decision {
  switch (error.retry) {
    case 'never':
      return giveUp(job, failure(error.code));
    case 'throttled': {
      const wish = error instanceof ThrottledError ? error.retryAfterSeconds : undefined;
      const delaySeconds = beforeLimits(job, now, throttleDelaySeconds(wish, job.attempt, random));
      return { do: 'retry', delaySeconds, counted: false, error: failure('throttled') };
    }
    case 'awaiting': {
      const delaySeconds = beforeLimits(job, now, awaitDelaySeconds(job.attempt));
      return { do: 'retry', delaySeconds, counted: false, error: failure(error.code) };
    }
    case 'later':
      return afterFailure(job, failure(error.code), now, random);
  }
}

function afterFailure(job: Job, error: JobFailure, now: number, random: () => number): Decision {
  const step = stepOf(job.type, job.step);
  if (!step) return giveUp(job, failure('type_unknown'));
  const count = job.failures + 1;
  if (count >= step.failuresAllowed) return giveUp(job, error);
  return {
    do: 'retry',
    delaySeconds: beforeLimits(job, now, retryDelaySeconds(step, count, random)),
    counted: true,
    error,
  };
}

/** A step that the job can do without does not take the finished part down with it. */
function giveUp(job: Job, error: JobFailure): Decision {
  const lacks = stepOf(job.type, job.step)?.degrades;
  if (!lacks || !job.result) return { do: 'fail', error };
  return { do: 'complete', result: undefined, degraded: [...(job.degraded ?? []), lacks] };
}

/** A wait never reaches past a limit: whoever finds the job then lets it expire. */
function beforeLimits(job: Job, now: number, delaySeconds: number): number {
  const limit = Math.min(job.wait_until, job.deadline ?? Number.POSITIVE_INFINITY);
  return Math.max(0, Math.min(delaySeconds, Math.ceil((limit - now) / 1_000)));
}
