import type { Outcome } from '../domain/decide.ts';
import { JobError, TransientError } from '../domain/errors.ts';
import type { Job } from '../domain/job.ts';
import type { JobPorts } from './ports.ts';

/** How an attempt ended that was told to stop, by the reason of its signal. */
export function stoppedOutcome({ reason }: AbortSignal): Outcome | 'taken_over' {
  switch (reason) {
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

/** How an attempt ended that threw. An error that is not ours is an internal one, worth another attempt, whose cause only the log tells. */
export function failedOutcome(error: unknown, job: Job, { telemetry }: JobPorts): Outcome {
  const known =
    error instanceof JobError ? error : new TransientError('internal_error', 'Unforeseen error', { cause: error });
  const waits = known.retry === 'awaiting' || known.retry === 'postponed';
  telemetry[waits ? 'note' : 'warn'](
    waits ? 'attempt_waits' : 'attempt_failed',
    { job_id: job.id, type: job.type, step: job.step, attempt: job.attempt, code: known.code },
    error,
  );
  return { kind: 'failed', error: known };
}
