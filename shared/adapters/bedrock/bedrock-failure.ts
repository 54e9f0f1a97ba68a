import { type JobError, PermanentError, ThrottledError, TransientError } from '../../domain/errors.ts';
import { describeAwsFailure } from '../aws-failure.ts';

/**
 * What an error of Converse means to a job. Decided by the exception's name; an unknown name by its status; no answer at all
 * (network, time-out, unreadable answer) is worth another try.
 * @see https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html errors
 */
export function bedrockFailure(error: unknown): JobError {
  const { name, isStated, status, retryAfterSeconds } = describeAwsFailure(error);
  const message = `Bedrock: ${name}`;
  const options = { cause: error };
  if (unavailable.has(name)) return new TransientError('model_unavailable', message, options);
  if (throttled.has(name) || status === 429) {
    return new ThrottledError(message, retryAfterSeconds === undefined ? options : { ...options, retryAfterSeconds });
  }
  if (misconfigured.has(name) || (isStated && status !== undefined && status >= 400 && status < 500)) {
    return new PermanentError('model_misconfigured', message, options);
  }
  return new TransientError('model_unavailable', message, options);
}

/** Some of these have a status in the 400s (408, 424, 429), so the name comes first. */
const unavailable: ReadonlySet<string> = new Set([
  'InternalServerException',
  'ModelErrorException',
  'ModelNotReadyException',
  'ModelStreamErrorException',
  'ModelTimeoutException',
  'ServiceUnavailableException',
]);

const throttled: ReadonlySet<string> = new Set([
  'ThrottlingException',
  'TooManyRequestsException',
  'ServiceQuotaExceededException',
]);

/** Ours to repair: the role, the model's id or region, the request. */
const misconfigured: ReadonlySet<string> = new Set([
  'AccessDeniedException',
  'ResourceNotFoundException',
  'UnrecognizedClientException',
  'ValidationException',
]);
