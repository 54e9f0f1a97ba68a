import { longestDelayOfSubmitSeconds } from '../catalog/schemas/submit.ts';
import { callbackObjection } from '../domain/callback-url.ts';
import type { SubmitOptions } from '../jobs/submit-job.ts';
import type { FieldError } from './problem.ts';

/** The submit options as the API names them. */
export interface SubmitFields {
  readonly priority?: number | undefined;
  readonly expires_in?: number | undefined;
  readonly delay?: number | undefined;
  readonly run_at?: string | undefined;
  readonly callback_url?: string | undefined;
}

/** The options of a job submitted at `now`, milliseconds since the epoch. What is wrong with them is `wrongOptions`. */
export function submitOptions(fields: SubmitFields, now: number): SubmitOptions {
  const { priority, expires_in, callback_url } = fields;
  const notBefore = startOf(fields, now);
  return {
    ...(priority !== undefined && { priority }),
    ...(expires_in !== undefined && { expiresIn: expires_in }),
    ...(notBefore !== undefined && { notBefore }),
    ...(callback_url !== undefined && { callbackUrl: callback_url }),
  };
}

/** Everything that is wrong with the options and that no field tells by itself. */
export function wrongOptions(
  fields: SubmitFields,
  now: number,
  callbackTestOrigins: readonly string[] | undefined,
): readonly FieldError[] {
  const { expires_in, delay, run_at, callback_url } = fields;
  const objection = callback_url === undefined ? undefined : callbackObjection(callback_url, callbackTestOrigins);
  const notBefore = startOf(fields, now) ?? now;
  const isNeverStarted = expires_in !== undefined && notBefore >= now + expires_in * 1_000;
  return [
    ...(objection === undefined ? [] : [{ path: 'callback_url', message: objection }]),
    ...(delay !== undefined && run_at !== undefined
      ? [{ path: 'run_at', message: 'cannot be given together with delay' }]
      : []),
    ...(notBefore > now + longestDelayOfSubmitSeconds * 1_000
      ? [{ path: 'run_at', message: `must be within ${longestDelayOfSubmitSeconds / 86_400} days` }]
      : []),
    ...(isNeverStarted
      ? [{ path: 'expires_in', message: 'must be longer than the wait before the job may start' }]
      : []),
  ];
}

function startOf({ delay, run_at }: SubmitFields, now: number): number | undefined {
  return run_at !== undefined ? Date.parse(run_at) : delay && now + delay * 1_000;
}
