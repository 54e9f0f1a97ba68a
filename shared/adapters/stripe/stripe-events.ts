import Stripe from 'stripe';
import * as z from 'zod';
import type { PaymentEvent } from '../../domain/payment-event.ts';

/** How old a signature may be, seconds: the SDK's own default (https://docs.stripe.com/webhooks#replay-attacks). */
const TOLERANCE_SECONDS = 300;

/**
 * Reads an event from the exact text of a webhook's body. Undefined unless it is signed with the endpoint's secret, at most five minutes before
 * `now` (milliseconds), and is an event. While a secret is being rolled Stripe signs with both, and one is enough.
 */
export function readPaymentEvent(
  text: string,
  signature: string | undefined,
  secret: string,
  now: number,
): PaymentEvent | undefined {
  try {
    const signed: unknown = Stripe.webhooks.constructEvent(
      text,
      signature ?? '',
      secret,
      TOLERANCE_SECONDS,
      undefined,
      now,
    );
    const { id, type, data } = SignedEvent.parse(signed);
    return { id, type, paymentId: paymentOf(data.object) };
  } catch {
    return undefined;
  }
}

function paymentOf({ object, id, payment_intent }: z.infer<typeof SignedEvent>['data']['object']): string | undefined {
  if (object === 'payment_intent') return id;
  return payment_intent ?? undefined;
}

const SignedEvent = z.object({
  id: z.string().min(1).max(255),
  type: z.string().min(1).max(255),
  data: z.object({
    object: z.object({
      object: z.string().catch(''),
      id: z.string().optional().catch(undefined),
      /** Of a charge, a refund or a dispute. */
      payment_intent: z.string().nullish().catch(undefined),
    }),
  }),
});
