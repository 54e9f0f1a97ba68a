import { failures } from '../catalog/failures.ts';
import { longestJourneyLookSeconds } from '../catalog/highlights.ts';
import { type Degradation, type StepDefinition, stepOf, undoStep, waitLimitSeconds } from '../catalog/job-types.ts';
import { storyCache } from '../catalog/story-cache.ts';
import { type JobError, PostponedError, ThrottledError, TransientError } from './errors.ts';
import { type IntendedEnd, isUndoing, type Job, type JobFailure, limitOf, type StoredValue } from './job.ts';
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
  /** It could not start in time. */
  | { readonly kind: 'too_late'; readonly error: JobFailure }
  /** Everything the job did is taken back. */
  | { readonly kind: 'undone' }
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
  | {
      readonly do: 'retry';
      readonly delaySeconds: number;
      readonly counted: boolean;
      readonly error: JobFailure;
      /** A new wait limit. */
      readonly waitUntil?: number;
    }
  /** Otherwise than completed; a job with open children, or with acts to be taken back, sees to them first. */
  | { readonly do: 'end'; readonly end: IntendedEnd }
  | { readonly do: 'end_undone'; readonly end: IntendedEnd };

/** Turns the outcome of one attempt into one transition. Pure: time and chance come in. */
export function decide(job: Job, outcome: Outcome, now: number, random: () => number): Decision {
  if (isUndoing(job)) return duringUndo(job, outcome, now, random);
  const decision = decideFreely(job, outcome, now, random);
  if (decision.do !== 'end' || job.committed_at === undefined) return decision;
  return goOn(job, decision.end.error, now, random);
}

function decideFreely(job: Job, outcome: Outcome, now: number, random: () => number): Decision {
  if (job.cancel_at !== undefined && job.committed_at === undefined) return ends('cancelled', failure('cancelled'));
  switch (outcome.kind) {
    case 'done':
      return afterStep(outcome, [...(job.degraded ?? []), ...outcome.degraded]);
    case 'fanned_out':
      return { do: 'await_children' };
    case 'aborted':
      return outcome.by === 'cancel'
        ? ends('cancelled', failure('cancelled'))
        : ends('expired', failure('deadline_passed'));
    case 'too_late':
      return ends('expired', outcome.error);
    case 'lost':
      return afterFailure(job, failure('lease_lost'), now, random);
    case 'failed':
      return afterError(job, outcome.error, now, random);
    case 'undone':
      return afterFailure(job, failure('internal_error'), now, random); // nothing was to be undone
  }
}

function ends(status: IntendedEnd['status'], error: JobFailure): Decision {
  return { do: 'end', end: { status, error } };
}

/** Undoing is tried until it succeeds. */
function duringUndo(job: Job, outcome: Outcome, now: number, random: () => number): Decision {
  if (outcome.kind === 'undone' && job.intended_end) return { do: 'end_undone', end: job.intended_end };
  const code = outcome.kind === 'failed' ? outcome.error.code : 'lease_lost';
  return goOn(job, failure(code), now, random);
}

/** Another attempt, however often it has failed, because the job cannot end so: it is half done. */
function goOn(job: Job, error: JobFailure, now: number, random: () => number): Decision {
  const step: Pick<StepDefinition, 'firstRetrySeconds'> = stepOf(job.type, job.step) ?? undoStep;
  const delaySeconds = retryDelaySeconds(step, job.failures + 1, random);
  return { do: 'retry', delaySeconds: beforeLimits(job, now, delaySeconds), counted: true, error };
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
      const delaySeconds = beforeLimits(job, now, throttleDelaySeconds(wish, triesOf(job), random));
      return { do: 'retry', delaySeconds, counted: false, error: failure('throttled') };
    }
    case 'awaiting': {
      const longest = error.code === 'awaiting_journey' ? longestJourneyLookSeconds : storyCache.longestLookSeconds;
      const delaySeconds = beforeLimits(job, now, awaitDelaySeconds(triesOf(job), longest));
      return { do: 'retry', delaySeconds, counted: false, error: failure(error.code) };
    }
    case 'postponed':
      return postponed(job, error, now);
    case 'later':
      return afterFailure(job, failure(error.code), now, random, wishOf(error));
  }
}

/** How often this step was tried in this life of the job, as far as the events that are kept tell. */
function triesOf({ history }: Job): number {
  const since = history.findLastIndex(({ step, status }) => step !== undefined || status === 'accepted');
  return 1 + history.slice(since + 1).filter(({ status }) => status === 'retrying').length;
}

/** The wait was asked for, so the time in which the job must start begins after it. */
function postponed(job: Job, error: JobError, now: number): Decision {
  const until = error instanceof PostponedError ? error.until : now;
  return {
    do: 'retry',
    delaySeconds: Math.max(1, Math.ceil((until - now) / 1_000)),
    counted: false,
    error: failure(error.code),
    waitUntil: until + waitLimitSeconds(job.type, job.step, job.queue) * 1_000,
  };
}

/** Seconds for which an upstream asked. */
function wishOf(error: JobError): number {
  return error instanceof TransientError ? (error.retryAfterSeconds ?? 0) : 0;
}

function afterFailure(job: Job, error: JobFailure, now: number, random: () => number, wishSeconds = 0): Decision {
  const step = stepOf(job.type, job.step);
  if (!step) return giveUp(job, failure('type_unknown'));
  const count = job.failures + 1;
  if (count >= step.failuresAllowed) return giveUp(job, error);
  return {
    do: 'retry',
    delaySeconds: beforeLimits(job, now, Math.max(wishSeconds, retryDelaySeconds(step, count, random))),
    counted: true,
    error,
  };
}

/** A step that the job can do without does not take the finished part down with it. */
function giveUp(job: Job, error: JobFailure): Decision {
  const lacks = stepOf(job.type, job.step)?.degrades;
  if (!lacks || !job.result) return ends('failed', error);
  return { do: 'complete', result: undefined, degraded: [...(job.degraded ?? []), lacks] };
}

/** A wait never reaches past a limit: whoever finds the job then lets it expire. */
function beforeLimits(job: Job, now: number, delaySeconds: number): number {
  return Math.max(0, Math.min(delaySeconds, Math.ceil((limitOf(job) - now) / 1_000)));
}
