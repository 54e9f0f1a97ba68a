import { ValidationException } from '@aws-sdk/client-geo-routes';
import { type JobError, PermanentError, ThrottledError, TransientError } from '../../domain/errors.ts';
import { describeAwsFailure } from '../aws-failure.ts';

/**
 * What an error of CalculateRoutes means to a job. Decided by the exception's name; an unknown name by its status; no answer at all
 * (network, time-out, unreadable answer) is worth another try.
 * @see https://docs.aws.amazon.com/location/latest/APIReference/API_CalculateRoutes.html errors
 */
export function locationFailure(error: unknown): JobError {
  const { name, isStated, status, retryAfterSeconds } = describeAwsFailure(error);
  const message = `Amazon Location: ${name}`;
  const options = { cause: error };
  if (throttled.has(name) || status === 429) {
    return new ThrottledError(message, retryAfterSeconds === undefined ? options : { ...options, retryAfterSeconds });
  }
  if (isStated && status !== undefined && status >= 400 && status < 500 && status !== REQUEST_TIMEOUT) {
    return new PermanentError('routes_misconfigured', message, options);
  }
  return new TransientError('routes_unavailable', message, options);
}

/**
 * Whether the service took the request but has no way between its ends. A request of ours is always well formed, so what is invalid for no named
 * reason is the pair of places. Not verified on AWS: the documentation does not say how a pair without a road is answered.
 */
export function isWithoutRoad(error: unknown): boolean {
  return error instanceof ValidationException && error.Reason === 'Other';
}

const REQUEST_TIMEOUT = 408;

const throttled: ReadonlySet<string> = new Set([
  'ThrottlingException',
  'TooManyRequestsException',
  'ServiceQuotaExceededException',
]);
