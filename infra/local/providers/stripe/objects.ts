import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import type { ProviderStore } from '../provider-store.ts';
import { noSuch } from './stripe-error.ts';

/** The fields of Stripe's objects that its SDK's callers here read (https://docs.stripe.com/api/payment_intents/object). */
const Intent = z.object({
  id: z.string(),
  object: z.literal('payment_intent'),
  amount: z.int(),
  amount_received: z.int(),
  currency: z.string(),
  capture_method: z.literal('manual'),
  status: z.enum(['requires_payment_method', 'requires_capture', 'succeeded', 'canceled']),
  payment_method: z.string().nullable(),
  latest_charge: z.string().nullable(),
  last_payment_error: z.unknown(),
  description: z.string().nullable(),
  metadata: z.record(z.string(), z.string()),
  created: z.int(),
  livemode: z.literal(false),
});

/** `captured` is when money has moved; `refunded` also tells of a hold that was let go of. */
export const Charge = z.object({
  id: z.string(),
  object: z.literal('charge'),
  amount: z.int(),
  currency: z.string(),
  captured: z.boolean(),
  refunded: z.boolean(),
  disputed: z.boolean(),
  payment_intent: z.string(),
  created: z.int(),
});

const Refund = z.object({
  id: z.string(),
  object: z.literal('refund'),
  amount: z.int(),
  currency: z.string(),
  charge: z.string(),
  payment_intent: z.string(),
  status: z.enum(['succeeded', 'failed']),
  created: z.int(),
});

export type Intent = z.infer<typeof Intent>;
export type Charge = z.infer<typeof Charge>;
export type Refund = z.infer<typeof Refund>;

/** Stripe's objects, each kept as it is sent. */
export function stripeObjects(store: ProviderStore) {
  return {
    intent(id: string): Intent {
      const found = store.get('stripe_intent', id, Intent);
      if (!found) throw noSuch('payment_intent', id, 'intent', 404);
      return found;
    },
    charge: (id: string | null) => (id === null ? undefined : store.get('stripe_charge', id, Charge)),
    charges: () => store.all('stripe_charge', Charge),
    refundsOf: (intent: string) => store.all('stripe_refund', Refund).filter((one) => one.payment_intent === intent),
    refunds: () => store.all('stripe_refund', Refund),
    keep<T extends Intent | Charge | Refund>(object: T): T {
      store.put(kinds[object.object], object.id, object);
      return object;
    },
  };
}

export type StripeObjects = ReturnType<typeof stripeObjects>;

const kinds = { payment_intent: 'stripe_intent', charge: 'stripe_charge', refund: 'stripe_refund' } as const;

/** As random as Stripe's own, with its prefix. */
export function newId(prefix: 'pi' | 'ch' | 're' | 'evt' | 'req' | 'dp'): string {
  return `${prefix}_${randomBytes(12).toString('hex')}`;
}
