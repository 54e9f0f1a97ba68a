import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { ProviderStore } from '../../infra/local/providers/provider-store.ts';
import { signEvent } from '../../infra/local/providers/stripe/webhooks.ts';
import type { CallOptions, TestCloud } from './local-cloud.ts';

/** A wall-clock time far enough ahead, `YYYY-MM-DDThh:mm`. */
export function dinnerTime(daysAhead = 30): string {
  return `${new Date(Date.now() + daysAhead * 86_400_000).toISOString().slice(0, 10)}T19:30`;
}

/** The body of a booking that goes well. */
export function bookingRequest(change: object = {}) {
  return {
    venue_id: 'blue-swallow',
    party_size: 2,
    local_time: dinnerTime(),
    time_zone: 'America/Denver',
    amount: { value: 12_550, currency: 'USD' as const },
    payment_method: 'pm_card_visa',
    traveller: { name: 'Ada Example', email: 'ada@example.com' },
    ...change,
  };
}

export function withKey(key: string, owner = 'ada'): CallOptions {
  return { owner, headers: { 'idempotency-key': key } };
}

/** What the payment provider has been made to do for one job, or for all. */
export function moneyOf(cloud: TestCloud, jobId?: string) {
  const { payments } = cloud.providers;
  const charges = payments.charges().filter(({ payment_intent }) => {
    return jobId === undefined || payments.intent(payment_intent).metadata.job_id === jobId;
  });
  return {
    held: charges.filter(({ captured, refunded }) => !captured && !refunded).length,
    letGo: charges.filter(({ captured, refunded }) => !captured && refunded).length,
    taken: charges.filter(({ captured }) => captured).length,
    refunds: payments.refunds().filter(({ charge }) => charges.some(({ id }) => id === charge)).length,
  };
}

/** How each of the job's reservations stands at the partner, by its own books. */
export function reservationsOf({ dataFolder }: TestCloud, jobId: string): string[] {
  const database = new DatabaseSync(path.join(dataFolder, 'cloud.sqlite'));
  try {
    const reservations = new ProviderStore(database).all('partner_reservation', Reservation);
    return reservations.filter(({ reference }) => reference.startsWith(`${jobId}.`)).map(({ status }) => status);
  } finally {
    database.close();
  }
}

const Reservation = z.object({ reference: z.string(), status: z.enum(['confirmed', 'cancelled']) });

/** A request as the payment provider sends it: body and headers. */
export function signedEvent({ providers }: TestCloud, event: object, now = Date.now()) {
  const body = JSON.stringify(event);
  const signature = signEvent(body, providers.webhookSecret, now);
  return { body, headers: { 'content-type': 'application/json', 'stripe-signature': signature } };
}
