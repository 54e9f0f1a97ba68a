import { AwaitingError, PermanentError, ThrottledError, TransientError } from '../../shared/domain/errors.ts';
import type { Job } from '../../shared/domain/job.ts';
import type { StepResult } from '../../shared/jobs/processor.ts';
import { fannedOut } from './batch-scene.ts';

/** How a run of a processor ends. */
export type Ending = 'success' | 'transient' | 'permanent' | 'throttled' | 'awaiting';

/** What a processor of the job does that ends so. */
export function end(ending: Ending, job: Job, result: unknown): StepResult<unknown> {
  switch (ending) {
    case 'success':
      return job.step === 'fan_out' ? fannedOut(job, result) : { result: { made: true } };
    case 'transient':
      throw new TransientError('model_unavailable', 'no answer');
    case 'permanent':
      throw new PermanentError('content_filtered', 'declined');
    case 'throttled':
      throw new ThrottledError('slow down');
    case 'awaiting':
      throw new AwaitingError('another job is at it');
  }
}
