import { type JobError, PermanentError, ThrottledError, TransientError } from '../../domain/errors.ts';
import { describeAwsFailure } from '../aws-failure.ts';

/**
 * What an error of SynthesizeSpeech means to a job. Decided by the exception's name; an unknown name by its status; no answer
 * at all (network, time-out) is worth another try.
 * @see https://docs.aws.amazon.com/polly/latest/dg/API_SynthesizeSpeech.html errors
 */
export function pollyFailure(error: unknown): JobError {
  const { name, isStated, status, retryAfterSeconds } = describeAwsFailure(error);
  const message = `Polly: ${name}`;
  const options = { cause: error };
  if (throttled.has(name) || status === 429) {
    return new ThrottledError(message, retryAfterSeconds === undefined ? options : { ...options, retryAfterSeconds });
  }
  if (refused.has(name)) return new PermanentError('voice_text_refused', message, options);
  if (misconfigured.has(name)) return new PermanentError('voice_misconfigured', message, options);
  if (isStated && status !== undefined && status >= 400 && status < 500 && status !== REQUEST_TIMEOUT) {
    return new PermanentError('voice_misconfigured', message, options);
  }
  return new TransientError('voice_unavailable', message, options);
}

const REQUEST_TIMEOUT = 408;

const throttled: ReadonlySet<string> = new Set([
  'ThrottlingException',
  'Throttling',
  'TooManyRequestsException',
  'TooManyRequests',
  'ServiceQuotaExceededException',
]);

const refused: ReadonlySet<string> = new Set(['TextLengthExceededException', 'InvalidSsmlException']);

/** Ours to repair: the voice, its engine or language in this region, the request, the role. An unknown voice is a Validation. */
const misconfigured: ReadonlySet<string> = new Set([
  'AccessDeniedException',
  'EngineNotSupportedException',
  'InvalidSampleRateException',
  'LanguageNotSupportedException',
  'LexiconNotFoundException',
  'MarksNotSupportedForFormatException',
  'SsmlMarksNotSupportedForTextTypeException',
  'UnrecognizedClientException',
  'ValidationException',
]);
