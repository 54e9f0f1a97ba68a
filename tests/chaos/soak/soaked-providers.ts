import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { systemClock } from '../../../infra/local/clock.ts';
import { OutgoingMessages } from '../../../infra/local/outgoing-messages.ts';
import { ProviderFaults } from '../../../infra/local/providers/provider-faults.ts';
import { ProviderStore } from '../../../infra/local/providers/provider-store.ts';
import { stripeObjects } from '../../../infra/local/providers/stripe/objects.ts';

/** What the payment provider and the reservation partner have been made to do for one booking, by their own books. */
export interface BookingEffects {
  /** Charges whose money was taken, and not given back. */
  taken: number;
  /** Charges whose money is still held. */
  held: number;
  /** Reservations that stand. */
  reserved: number;
}

const never = 1_000_000_000;

const operations = [
  'stripe.create',
  'stripe.confirm',
  'stripe.capture',
  'stripe.cancel',
  'partner.reserve',
  'partner.cancel',
];

/** One call in twenty, each way a fifth of them but for the time-out, which makes a worker wait. */
const misbehaviours = [
  { how: 'fail', moment: 'before', share: 0.015 },
  { how: 'fail', moment: 'after', share: 0.015 },
  { how: 'throttle', moment: 'before', share: 0.01 },
  { how: 'reset', moment: 'after', share: 0.008 },
  { how: 'hang', moment: 'after', share: 0.002 },
] as const;

/** Scripts the providers' failures before the first start; they hold over the restarts. */
export function upsetProviders(dataFolder: string): void {
  withDatabase(dataFolder, (database) => {
    const faults = new ProviderFaults(database);
    for (const operation of operations) {
      for (const misbehaviour of misbehaviours) faults.add({ operation, times: never, ...misbehaviour });
    }
  });
}

/** Reads the providers' books, by the job that booked, once the cloud is closed. `failures`: calls that met one. */
export function readProviders(dataFolder: string): { failures: number; bookings: ReadonlyMap<string, BookingEffects> } {
  return withDatabase(dataFolder, (database) => {
    const store = new ProviderStore(database);
    const payments = stripeObjects(store);
    const bookings = new Map<string, BookingEffects>();
    const of = (jobId: string) => {
      const effects = bookings.get(jobId) ?? { taken: 0, held: 0, reserved: 0 };
      bookings.set(jobId, effects);
      return effects;
    };
    for (const { payment_intent, captured, refunded } of payments.charges()) {
      const effects = of(payments.intent(payment_intent).metadata.job_id ?? '');
      if (!refunded) effects[captured ? 'taken' : 'held'] += 1;
    }
    for (const { reference, status } of store.all('partner_reservation', Reservation)) {
      if (status === 'confirmed') of(reference.slice(0, reference.indexOf('.'))).reserved += 1;
    }
    return { failures: new ProviderFaults(database).met(), bookings };
  });
}

/** Reads how often each device and mailbox was sent something, once the cloud is closed. */
export function readSent(dataFolder: string): ReadonlyMap<string, number> {
  const sent = new Map<string, number>();
  for (const { to } of new OutgoingMessages(dataFolder, systemClock).all()) sent.set(to, (sent.get(to) ?? 0) + 1);
  return sent;
}

const Reservation = z.object({ reference: z.string(), status: z.enum(['confirmed', 'cancelled']) });

function withDatabase<T>(dataFolder: string, use: (database: DatabaseSync) => T): T {
  const database = new DatabaseSync(path.join(dataFolder, 'cloud.sqlite'));
  try {
    return use(database);
  } finally {
    database.close();
  }
}
