import { longestDelayOfSubmitSeconds } from '../catalog/schemas/submit.ts';
import { callbackObjection } from '../domain/callback-url.ts';
import type { SubmitOptions } from '../jobs/submit-job.ts';
import { ProblemError } from './problem.ts';

/** The submit options as the API names them. */
export interface SubmitFields {
  readonly priority?: number | undefined;
  readonly expires_in?: number | undefined;
  readonly delay?: number | undefined;
  readonly run_at?: string | undefined;
  readonly callback_url?: string | undefined;
}

/** The options of a job submitted at `now`. @throws ProblemError `invalid_request`, naming the field that is wrong. */
export function submitOptions(
  { priority, expires_in, delay, run_at, callback_url }: SubmitFields,
  now: number,
  callbackTestOrigins: readonly string[] | undefined,
): SubmitOptions {
  const objection = callback_url === undefined ? undefined : callbackObjection(callback_url, callbackTestOrigins);
  if (objection !== undefined) {
    const errors = [{ path: 'callback_url', message: objection }];
    throw new ProblemError('invalid_request', 'One field is wrong', { errors });
  }
  if (delay !== undefined && run_at !== undefined) {
    const errors = [{ path: 'run_at', message: 'cannot be given together with delay' }];
    throw new ProblemError('invalid_request', 'One field is wrong', { errors });
  }
  const notBefore = run_at !== undefined ? Date.parse(run_at) : delay && now + delay * 1_000;
  if (notBefore !== undefined && notBefore > now + longestDelayOfSubmitSeconds * 1_000) {
    const errors = [{ path: 'run_at', message: `must be within ${longestDelayOfSubmitSeconds / 86_400} days` }];
    throw new ProblemError('invalid_request', 'One field is wrong', { errors });
  }
  if (notBefore !== undefined && expires_in !== undefined && notBefore >= now + expires_in * 1_000) {
    const errors = [{ path: 'expires_in', message: 'must be longer than the wait before the job may start' }];
    throw new ProblemError('invalid_request', 'One field is wrong', { errors });
  }
  return {
    ...(priority !== undefined && { priority }),
    ...(expires_in !== undefined && { expiresIn: expires_in }),
    ...(notBefore !== undefined && { notBefore }),
    ...(callback_url !== undefined && { callbackUrl: callback_url }),
  };
}
