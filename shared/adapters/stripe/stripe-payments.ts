import { randomUUID } from 'node:crypto';
import type Stripe from 'stripe';
import { currencyCodes } from '../../catalog/bookings.ts';
import type { Amount } from '../../catalog/schemas/booking.ts';
import type { NewPayment, Payment, PaymentProvider, Refund } from '../../domain/booking.ts';
import { PermanentError, TransientError } from '../../domain/errors.ts';
import { hasCode, isReplayedFailure, isUnexpectedState, stripeFailure } from './stripe-failure.ts';

/**
 * Payments as Stripe PaymentIntents with manual capture. One intent can be charged once, whatever is sent; what has happened to it is read by
 * its id, so nothing is ever searched for. https://docs.stripe.com/payments/place-a-hold-on-a-payment-method
 */
export class StripePayments implements PaymentProvider {
  readonly #client: () => Promise<Stripe>;

  constructor(client: () => Promise<Stripe>) {
    this.#client = client;
  }

  async open({ jobId, amount }: NewPayment, key: string): Promise<string> {
    const params = {
      amount: amount.value,
      currency: amount.currency.toLowerCase(),
      capture_method: 'manual',
      payment_method_types: ['card'],
      description: `Booking ${jobId}`,
      metadata: { job_id: jobId },
    } as const;
    try {
      return (await this.#change(key, (stripe, options) => stripe.paymentIntents.create(params, options))).id;
    } catch (error) {
      throw stripeFailure(error);
    }
  }

  /** The traveller is not there to be asked by the bank: a card that wants that is declined. */
  async authorize(paymentId: string, paymentMethod: string, key: string): Promise<void> {
    const params = { payment_method: paymentMethod, off_session: true, error_on_requires_action: true };
    try {
      const intent = await this.#change(key, (stripe, options) =>
        stripe.paymentIntents.confirm(paymentId, params, options),
      );
      if (statusOf(intent) !== 'held') throw new TransientError('payment_unavailable', notYet(intent));
    } catch (error) {
      await this.#resolveUnexpected(error, paymentId, ['held', 'captured']);
    }
  }

  async capture(paymentId: string, key: string): Promise<void> {
    try {
      await this.#change(key, (stripe, options) => stripe.paymentIntents.capture(paymentId, {}, options));
    } catch (error) {
      await this.#resolveUnexpected(error, paymentId, ['captured']);
    }
  }

  async cancel(paymentId: string, key: string): Promise<void> {
    try {
      await this.#change(key, (stripe, options) => stripe.paymentIntents.cancel(paymentId, {}, options));
    } catch (error) {
      await this.#resolveUnexpected(error, paymentId, ['cancelled']);
    }
  }

  async refund(paymentId: string, key: string): Promise<Refund> {
    try {
      const params = { payment_intent: paymentId };
      return refundOf(await this.#change(key, (stripe, options) => stripe.refunds.create(params, options)));
    } catch (error) {
      if (hasCode(error, 'charge_disputed')) return { status: 'disputed' };
      const known = hasCode(error, 'charge_already_refunded') ? await this.findRefund(paymentId) : undefined;
      if (known) return known;
      throw stripeFailure(error);
    }
  }

  async find(paymentId: string): Promise<Payment> {
    const intent = await this.#read((stripe) => stripe.paymentIntents.retrieve(paymentId));
    return {
      id: intent.id,
      jobId: intent.metadata.job_id,
      status: statusOf(intent),
      amount: amountOf(intent.amount, intent.currency),
    };
  }

  async findRefund(paymentId: string): Promise<Refund | undefined> {
    const { data } = await this.#read((stripe) => stripe.refunds.list({ payment_intent: paymentId, limit: 10 }));
    const found = data.find(({ status }) => status !== 'failed' && status !== 'canceled');
    return found && refundOf(found);
  }

  /**
   * Stripe answers a key for a day as it first did, its own 5xx included, so a replayed one says nothing about now. What is changed here can
   * happen to an intent once only, and another key is safe. https://docs.stripe.com/api/idempotent_requests
   */
  async #change<T>(key: string, call: (stripe: Stripe, options: { idempotencyKey: string }) => Promise<T>): Promise<T> {
    const stripe = await this.#client();
    try {
      return await call(stripe, { idempotencyKey: key });
    } catch (error) {
      if (!isReplayedFailure(error)) throw error;
      return call(stripe, { idempotencyKey: `${key}:${randomUUID()}` });
    }
  }

  async #read<T>(call: (stripe: Stripe) => Promise<T>): Promise<T> {
    const stripe = await this.#client();
    try {
      return await call(stripe);
    } catch (error) {
      throw stripeFailure(error);
    }
  }

  /** An intent that refuses because it has moved on may be where it was to go; one that the bank has let go of cannot be charged any more. */
  async #resolveUnexpected(error: unknown, paymentId: string, wanted: readonly Payment['status'][]): Promise<void> {
    if (!isUnexpectedState(error)) throw stripeFailure(error);
    const { status } = await this.find(paymentId);
    if (wanted.includes(status)) return;
    const message = `The payment is ${status}`;
    if (status === 'cancelled') throw new PermanentError('payment_expired', message);
    throw new TransientError('payment_unavailable', message);
  }
}

/** A status that this release does not know is one to wait for. */
function statusOf({ status }: Stripe.PaymentIntent): Payment['status'] {
  return statuses[status] ?? 'pending';
}

const statuses: Readonly<Record<string, Payment['status']>> = {
  requires_payment_method: 'open',
  requires_confirmation: 'open',
  requires_action: 'open',
  processing: 'pending',
  requires_capture: 'held',
  succeeded: 'captured',
  canceled: 'cancelled',
};

function notYet({ status }: Stripe.PaymentIntent): string {
  return `The payment is ${status} after it was confirmed`;
}

function refundOf({ id, status, amount, currency }: Stripe.Refund): Refund {
  return { id, status: status === 'succeeded' ? 'refunded' : 'pending', amount: amountOf(amount, currency) };
}

function amountOf(value: number, code: string): Amount {
  const currency = currencyCodes.find((known) => known === code.toUpperCase());
  if (currency === undefined) throw new PermanentError('payment_misconfigured', `The payment is in ${code}`);
  return { value, currency };
}
