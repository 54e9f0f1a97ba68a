import { longestRetrySeconds, stepOf } from '../catalog/job-types.ts';
import { childCounts } from '../domain/batch.ts';
import { type Change, holds, trimmed } from '../domain/change.ts';
import type { Outcome } from '../domain/decide.ts';
import { JobError, TransientError } from '../domain/errors.ts';
import { held } from '../domain/guards.ts';
import { isFinal, type Job } from '../domain/job.ts';
import { percentAt, plannedSteps } from '../domain/plan.ts';
import type { ApplyOutcome } from '../domain/ports.ts';
import { reportProgress } from '../domain/transitions.ts';
import { fanOut } from './fan-out.ts';
import type { JobPorts } from './ports.ts';
import type { Processor, StepContext } from './processor.ts';

/** How often a running attempt looks whether it was cancelled or taken over, milliseconds: a cancel is noticed within two seconds. */
const WATCH_MILLISECONDS = 1_500;

/** Progress is written at most this often, milliseconds. */
const PROGRESS_MILLISECONDS = 2_000;

/** How long a processor may take to heed the signal before the attempt is recorded without it, milliseconds. */
const GRACE_MILLISECONDS = 1_000;

/** A wait limit nearer than this may leave no time for another attempt: the longest wait before one, and a minute to start. */
const NEAR_LIMIT_MILLISECONDS = (longestRetrySeconds + 60) * 1_000;

type Stop = 'cancel' | 'deadline' | 'time_out' | 'taken_over';

/** Makes one attempt at the current step; `budgetMilliseconds` is the time it may take. Tells how it ended, `taken_over` if someone else has the job. */
export async function runStep(
  job: Job,
  processor: () => Promise<Processor>,
  budgetMilliseconds: number,
  ports: JobPorts,
): Promise<Outcome | 'taken_over'> {
  const control = new AbortController();
  const stop = (reason: Stop) => control.abort(reason);
  const timers = [
    setTimeout(stop, budgetMilliseconds, 'time_out'),
    ...(job.deadline === undefined ? [] : [setTimeout(stop, job.deadline - ports.now(), 'deadline')]),
  ];
  const grace = graceAfter(control.signal);
  const watch = watchJob(job, stop, control.signal, ports);
  try {
    return await Promise.race([attempt(job, processor, control.signal, stop, ports), grace.outcome]);
  } finally {
    for (const timer of timers) clearTimeout(timer);
    clearInterval(watch);
    grace.end();
  }
}

async function attempt(
  job: Job,
  processor: () => Promise<Processor>,
  signal: AbortSignal,
  stop: (reason: Stop) => void,
  ports: JobPorts,
): Promise<Outcome | 'taken_over'> {
  try {
    const input = await ports.store.read(job.id, job.input);
    const planned = plannedSteps(job.type, input);
    const context = await contextOf(job, input, planned, signal, stop, ports);
    const loaded = await processor();
    const { result, degraded = [], children } = await loaded.run(job.step, context);
    if (children) return await fanOut(job, result, children, signal, ports);
    const next = planned[planned.indexOf(job.step) + 1];
    return {
      kind: 'done',
      result: await ports.store.keep(job, 'result', result),
      degraded,
      ...(next !== undefined && { next: { step: next, progress: percentAt(planned, next, 0) } }),
    };
  } catch (error) {
    if (signal.aborted) return outcomeOf(signal);
    return { kind: 'failed', error: asJobError(error, job, ports) };
  }
}

async function contextOf(
  job: Job,
  input: unknown,
  planned: readonly string[],
  signal: AbortSignal,
  stop: (reason: Stop) => void,
  ports: JobPorts,
): Promise<StepContext<unknown, unknown>> {
  const allowed = stepOf(job.type, job.step)?.failuresAllowed ?? 1;
  return {
    jobId: job.id,
    owner: job.owner,
    acceptedAt: job.accepted_at,
    input,
    result: job.result && (await ports.store.read(job.id, job.result)),
    counts: childCounts(job),
    signal,
    progress: progressWriter(job, planned, stop, ports),
    lastChance: job.failures + 1 >= allowed || job.wait_until - ports.now() < NEAR_LIMIT_MILLISECONDS,
  };
}

function progressWriter(
  started: Job,
  planned: readonly string[],
  stop: (reason: Stop) => void,
  ports: JobPorts,
): StepContext<unknown, unknown>['progress'] {
  let job = started;
  let lastWrite = Number.NEGATIVE_INFINITY;
  return async (fraction, message) => {
    const now = ports.now();
    if (now - lastWrite < PROGRESS_MILLISECONDS) return;
    lastWrite = now;
    const percent = Math.max(job.progress, percentAt(planned, job.step, fraction));
    const outcome = await written(trimmed(reportProgress(job, now, percent, message), job), ports);
    if (!outcome) return;
    if (!outcome.job || !holds(held(job), outcome.job)) return stop('taken_over');
    if (outcome.job.cancel_at !== undefined) return stop('cancel');
    job = outcome.job;
  };
}

/** Progress is a courtesy: that it could not be written is no reason to do the work again. */
async function written(change: Change, { store, telemetry }: JobPorts): Promise<ApplyOutcome | undefined> {
  try {
    return await store.apply(change);
  } catch (error) {
    telemetry.warn('progress_not_written', { job_id: change.id }, error);
    return undefined;
  }
}

function watchJob(
  job: Job,
  stop: (reason: Stop) => void,
  signal: AbortSignal,
  { store, telemetry }: JobPorts,
): NodeJS.Timeout {
  const look = async () => {
    try {
      const now = await store.find(job.id, 'eventual');
      if (!now || signal.aborted) return;
      if (now.cancel_at !== undefined) stop('cancel');
      else if (isFinal(now.status) || now.visit > job.visit || now.attempt > job.attempt) stop('taken_over');
    } catch (error) {
      telemetry.warn('watch_failed', { job_id: job.id }, error);
    }
  };
  return setInterval(() => void look(), WATCH_MILLISECONDS);
}

/** Tells how the attempt ended a while after the signal, for a processor that does not heed it. */
function graceAfter(signal: AbortSignal): { readonly outcome: Promise<Outcome | 'taken_over'>; end(): void } {
  const { promise, resolve } = Promise.withResolvers<Outcome | 'taken_over'>();
  let timer: NodeJS.Timeout | undefined;
  const begin = () => {
    timer = setTimeout(() => resolve(outcomeOf(signal)), GRACE_MILLISECONDS);
  };
  signal.addEventListener('abort', begin, { once: true });
  return {
    outcome: promise,
    end() {
      signal.removeEventListener('abort', begin);
      clearTimeout(timer);
    },
  };
}

function outcomeOf(signal: AbortSignal): Outcome | 'taken_over' {
  switch (signal.reason) {
    case 'cancel':
      return { kind: 'aborted', by: 'cancel' };
    case 'deadline':
      return { kind: 'aborted', by: 'deadline' };
    case 'taken_over':
      return 'taken_over';
    default:
      return { kind: 'failed', error: new TransientError('timed_out', 'The attempt used up its time') };
  }
}

/** An error of ours as it is; anything else is an internal error, worth another attempt, whose cause only the log tells. */
function asJobError(error: unknown, job: Job, { telemetry }: JobPorts): JobError {
  const known =
    error instanceof JobError ? error : new TransientError('internal_error', 'Unforeseen error', { cause: error });
  const waits = known.retry === 'awaiting';
  telemetry[waits ? 'note' : 'warn'](
    waits ? 'attempt_waits' : 'attempt_failed',
    { job_id: job.id, type: job.type, step: job.step, attempt: job.attempt, code: known.code },
    error,
  );
  return known;
}
