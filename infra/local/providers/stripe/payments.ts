import * as z from 'zod';
import { declineOf, isDisputed, isKnownCard } from './cards.ts';
import { type Charge, type Intent, newId, type Refund, type StripeObjects } from './objects.ts';
import { noSuch, StripeError } from './stripe-error.ts';

export interface PaymentsContext {
  readonly objects: StripeObjects;
  /** Seconds since the epoch. */
  readonly now: number;
  /** Tells the webhook endpoint. */
  readonly emit: (type: string, object: object) => void;
}

type Form = Readonly<Record<string, unknown>>;

const NewIntent = z.strictObject({
  amount: z.coerce.number().int().min(1).max(99_999_999),
  currency: z.string().regex(/^[a-z]{3}$/),
  capture_method: z.literal('manual'),
  payment_method_types: z.record(z.string(), z.literal('card')),
  description: z.string().optional(),
  metadata: z.record(z.string(), z.string()).default({}),
});

const Confirmation = z.strictObject({
  payment_method: z.string(),
  off_session: z.literal('true'),
  error_on_requires_action: z.literal('true'),
});

/** Opens a payment that touches no card yet. Throws StripeError for a form that does not fit. */
export function createIntent(form: Form, { objects, now }: PaymentsContext): Intent {
  const { amount, currency, description = null, metadata } = read(NewIntent, form);
  return objects.keep({
    id: newId('pi'),
    object: 'payment_intent',
    amount,
    amount_received: 0,
    currency,
    capture_method: 'manual',
    status: 'requires_payment_method',
    payment_method: null,
    latest_charge: null,
    last_payment_error: null,
    description,
    metadata,
    created: now,
    livemode: false,
  });
}

/** Holds the money, or declines the card. */
export function confirmIntent(id: string, form: Form, { objects, now, emit }: PaymentsContext): Intent {
  const { payment_method } = read(Confirmation, form);
  const intent = inState(objects.intent(id), 'requires_payment_method', 'confirm');
  if (!isKnownCard(payment_method)) throw noSuch('PaymentMethod', payment_method, 'payment_method', 400);
  const decline = declineOf(payment_method);
  if (decline) {
    const error = { type: 'card_error', ...decline, message: 'Your card was declined.' } as const;
    const failed = objects.keep({ ...intent, last_payment_error: error });
    emit('payment_intent.payment_failed', failed);
    throw new StripeError(402, error, { payment_intent: failed });
  }
  const { amount, currency } = intent;
  const disputed = isDisputed(payment_method);
  const charge = objects.keep<Charge>({
    ...{ id: newId('ch'), object: 'charge', amount, currency, payment_intent: id, created: now },
    ...{ captured: false, refunded: false, disputed },
  });
  const held = objects.keep<Intent>({
    ...intent,
    status: 'requires_capture',
    payment_method,
    latest_charge: charge.id,
  });
  emit('payment_intent.amount_capturable_updated', held);
  return held;
}

/** Takes the money. */
export function captureIntent(id: string, { objects, now, emit }: PaymentsContext): Intent {
  const intent = inState(objects.intent(id), 'requires_capture', 'capture');
  const charge = objects.charge(intent.latest_charge);
  if (charge) objects.keep({ ...charge, captured: true });
  const paid = objects.keep<Intent>({ ...intent, status: 'succeeded', amount_received: intent.amount });
  emit('payment_intent.succeeded', paid);
  if (charge?.disputed) {
    emit('charge.dispute.created', { id: newId('dp'), object: 'dispute', payment_intent: id, created: now });
  }
  return paid;
}

/** Gives the payment up; what is held is let go of. */
export function cancelIntent(id: string, { objects, emit }: PaymentsContext): Intent {
  const intent = objects.intent(id);
  if (intent.status === 'canceled' || intent.status === 'succeeded') throw unexpectedState(intent, 'cancel');
  const charge = objects.charge(intent.latest_charge);
  if (charge) objects.keep({ ...charge, refunded: true });
  const cancelled = objects.keep<Intent>({ ...intent, status: 'canceled' });
  emit('payment_intent.canceled', cancelled);
  return cancelled;
}

/** Gives back the whole charge, once. */
export function createRefund(form: Form, { objects, now, emit }: PaymentsContext): Refund {
  const { payment_intent } = read(z.strictObject({ payment_intent: z.string() }), form);
  const { latest_charge } = objects.intent(payment_intent);
  const charge = objects.charge(latest_charge);
  if (!charge?.captured) throw unrefundable('charge_not_captured', 'This charge has not been captured.');
  if (charge.disputed) throw unrefundable('charge_disputed', 'This charge has been charged back.');
  if (charge.refunded) throw unrefundable('charge_already_refunded', `Charge ${charge.id} has already been refunded.`);
  const { amount, currency } = charge;
  const refund = objects.keep<Refund>({
    ...{ id: newId('re'), object: 'refund', amount, currency, charge: charge.id, payment_intent },
    ...{ status: 'succeeded', created: now },
  });
  emit('charge.refunded', objects.keep<Charge>({ ...charge, refunded: true }));
  return refund;
}

function unrefundable(code: string, message: string): StripeError {
  return new StripeError(400, { type: 'invalid_request_error', code, message });
}

function inState(intent: Intent, status: Intent['status'], action: string): Intent {
  if (intent.status !== status) throw unexpectedState(intent, action);
  return intent;
}

function unexpectedState(intent: Intent, action: string): StripeError {
  const message = `You cannot ${action} this PaymentIntent because it has a status of ${intent.status}.`;
  const code = 'payment_intent_unexpected_state';
  return new StripeError(400, { type: 'invalid_request_error', code, message }, { payment_intent: intent });
}

/** A parameter that this stand-in does not know is refused, as Stripe refuses one that it does not. */
function read<T extends z.ZodType>(schema: T, form: Form): z.infer<T> {
  const parsed = schema.safeParse({ ...form });
  if (parsed.success) return parsed.data;
  const param = String(parsed.error.issues[0]?.path[0] ?? '');
  throw new StripeError(400, { type: 'invalid_request_error', param, message: z.prettifyError(parsed.error) });
}
