import { HttpReservationPartner } from '../adapters/partner/http-partner.ts';
import { stripeClients } from '../adapters/stripe/stripe-client.ts';
import { StripePayments } from '../adapters/stripe/stripe-payments.ts';
import type { PaymentProvider, ReservationPartner } from '../domain/booking.ts';
import type { Secrets } from '../domain/ports.ts';

/** Throws in a function that has no access to the payment provider. */
export function paymentProvider(
  { STRIPE_URL }: { readonly STRIPE_URL?: string | undefined },
  secrets: Secrets,
): PaymentProvider {
  if (STRIPE_URL === undefined) throw new Error('This function has no access to the payment provider');
  return new StripePayments(stripeClients(STRIPE_URL, () => secrets.read('stripe_key')));
}

/** Throws in a function that has no access to the reservation partner. */
export function reservationPartner(
  { PARTNER_URL }: { readonly PARTNER_URL?: string | undefined },
  secrets: Secrets,
): ReservationPartner {
  if (PARTNER_URL === undefined) throw new Error('This function has no access to the reservation partner');
  return new HttpReservationPartner(PARTNER_URL, () => secrets.read('partner_token'));
}
