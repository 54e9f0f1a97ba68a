import type { ProviderAnswer } from '../provider-server.ts';

interface StripeErrorFields {
  readonly type: 'card_error' | 'invalid_request_error' | 'api_error' | 'idempotency_error';
  readonly code?: string;
  readonly decline_code?: string;
  readonly param?: string;
  readonly message: string;
}

/** A refusal in Stripe's form (https://docs.stripe.com/api/errors). */
export class StripeError extends Error {
  override readonly name = 'StripeError';
  readonly answer: ProviderAnswer;

  constructor(status: number, fields: StripeErrorFields, context: Readonly<Record<string, unknown>> = {}) {
    super(fields.message);
    this.answer = { status, body: { error: { ...fields, ...context } } };
  }
}

/** An object that is named but is not there: 404 in the path, 400 in a parameter. */
export function noSuch(what: string, id: string, param: string, status: 400 | 404): StripeError {
  return new StripeError(status, {
    type: 'invalid_request_error',
    code: 'resource_missing',
    param,
    message: `No such ${what}: '${id}'`,
  });
}
