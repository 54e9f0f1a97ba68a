import type { FailureCode } from '../catalog/failures.ts';

/** Whether trying again can help: never, later with the same right, later without counting as a failure, or at a time that is known. */
export type RetryAdvice = 'never' | 'later' | 'throttled' | 'awaiting' | 'postponed';

/** Every error this service throws on purpose. Code branches on `code`; the message is for people. */
export abstract class JobError extends Error {
  abstract readonly code: FailureCode;
  abstract readonly retry: RetryAdvice;
}

/** Trying again cannot help: the input or the answer is wrong for good. */
export class PermanentError extends JobError {
  override readonly name = 'PermanentError';
  readonly retry = 'never';
  readonly code: FailureCode;
  constructor(code: FailureCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/**
 * An upstream asks for fewer calls, or is not called for now. Not counted as a failure; `retryAfterSeconds` is its own wish, if it gave one.
 * `isOutage`: it does not answer, and somebody waits, so whoever has a replacement should use it.
 */
export class ThrottledError extends JobError {
  override readonly name = 'ThrottledError';
  readonly retry = 'throttled';
  readonly code = 'throttled';
  readonly retryAfterSeconds: number | undefined;
  readonly isOutage: boolean;
  constructor(message: string, options?: ErrorOptions & { retryAfterSeconds?: number; isOutage?: boolean }) {
    super(message, options);
    this.retryAfterSeconds = options?.retryAfterSeconds;
    this.isOutage = options?.isOutage ?? false;
  }
}

/** Another job is making what is needed: look again in a moment. No failure, and not counted. */
export class AwaitingError extends JobError {
  override readonly name = 'AwaitingError';
  readonly retry = 'awaiting';
  readonly code: 'awaiting_story' | 'awaiting_journey';
  constructor(message: string, code: AwaitingError['code'] = 'awaiting_story') {
    super(message);
    this.code = code;
  }
}

/** The rest of the work is to be done at a known time. No failure, and the wait does not count against the wait limit. */
export class PostponedError extends JobError {
  override readonly name = 'PostponedError';
  readonly retry = 'postponed';
  readonly code = 'quiet_hours';
  /** Milliseconds since the epoch. */
  readonly until: number;
  constructor(until: number) {
    super(`Postponed until ${new Date(until).toISOString()}`);
    this.until = until;
  }
}

/** An upstream failed, hung or answered nonsense; another attempt may succeed, not before `retryAfterSeconds` if it said so. */
export class TransientError extends JobError {
  override readonly name = 'TransientError';
  readonly retry = 'later';
  readonly code: FailureCode;
  readonly retryAfterSeconds: number | undefined;
  constructor(code: FailureCode, message: string, options?: ErrorOptions & { retryAfterSeconds?: number | undefined }) {
    super(message, options);
    this.code = code;
    this.retryAfterSeconds = options?.retryAfterSeconds;
  }
}
