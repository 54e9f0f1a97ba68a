import Stripe from 'stripe';
import type { FailureCode } from '../../catalog/failures.ts';
import { JobError, PermanentError, ThrottledError, TransientError } from '../../domain/errors.ts';

/**
 * What an error of Stripe means to a job. A refusal is permanent and has changed nothing. No answer, a 5xx and an answer that is none leave
 * open whether the thing was done. A key or a right that is wrong is ours to repair, and worth waiting for.
 * @see https://docs.stripe.com/error-handling
 * @see https://docs.stripe.com/error-low-level
 */
export function stripeFailure(error: unknown): JobError {
  if (error instanceof JobError) return error;
  if (!(error instanceof Stripe.errors.StripeError)) {
    return new TransientError('payment_unavailable', 'Stripe gave no answer that can be read', { cause: error });
  }
  const message = `Stripe: ${error.type} ${error.code ?? ''}`.trim();
  const options = { cause: asCause(error) };
  if (error instanceof Stripe.errors.StripeRateLimitError) return throttled(error, message);
  if (error instanceof Stripe.errors.StripeCardError) return new PermanentError(declined(error), message, options);
  if (isWrongPaymentMethod(error)) return new PermanentError('payment_method_invalid', message, options);
  if (
    error instanceof Stripe.errors.StripeAuthenticationError ||
    error instanceof Stripe.errors.StripePermissionError
  ) {
    return new TransientError('payment_misconfigured', message, options);
  }
  if (
    error instanceof Stripe.errors.StripeInvalidRequestError ||
    error instanceof Stripe.errors.StripeIdempotencyError
  ) {
    return new PermanentError('payment_misconfigured', message, options);
  }
  return new TransientError('payment_unavailable', message, options);
}

/** Whether Stripe says that the payment is in no state for this. */
export function isUnexpectedState(error: unknown): boolean {
  return hasCode(error, 'payment_intent_unexpected_state');
}

/** Whether Stripe answered with what it had answered to the same key before, and that was a failure of its own. */
export function isReplayedFailure(error: unknown): boolean {
  if (!(error instanceof Stripe.errors.StripeAPIError)) return false;
  return error.headers?.['idempotent-replayed'] === 'true';
}

/** Whether Stripe refused with that code: https://docs.stripe.com/error-codes. */
export function hasCode(error: unknown, code: string): boolean {
  return error instanceof Stripe.errors.StripeError && error.code === code;
}

function isWrongPaymentMethod(error: InstanceType<typeof Stripe.errors.StripeError>): boolean {
  return error instanceof Stripe.errors.StripeInvalidRequestError && error.param === 'payment_method';
}

/**
 * The bank's reason in words a traveller may read; why it distrusts a card is nobody's business but the bank's.
 * https://docs.stripe.com/declines/codes
 */
function declined({ code, decline_code }: InstanceType<typeof Stripe.errors.StripeCardError>): FailureCode {
  return reasons[decline_code ?? ''] ?? reasons[code ?? ''] ?? 'card_declined';
}

const reasons: Readonly<Record<string, FailureCode>> = {
  insufficient_funds: 'card_funds_missing',
  expired_card: 'card_expired',
  authentication_required: 'payment_confirmation_needed',
};

function throttled(error: InstanceType<typeof Stripe.errors.StripeError>, message: string): ThrottledError {
  const seconds = Number(error.headers?.['retry-after'] ?? Number.NaN);
  const cause = asCause(error);
  return new ThrottledError(message, { cause, ...(Number.isFinite(seconds) && { retryAfterSeconds: seconds }) });
}

/** What may be logged of the error: the raw one holds the payment, its method and the request. */
function asCause({ type, code, decline_code, statusCode, requestId }: InstanceType<typeof Stripe.errors.StripeError>) {
  return { type, code, decline_code, status: statusCode, request_id: requestId };
}
