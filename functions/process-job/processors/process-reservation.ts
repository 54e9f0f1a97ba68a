import * as z from 'zod';
import { type InputOf, jobTypes } from '../../../shared/catalog/job-types.ts';
import type { StoredReservation } from '../../../shared/catalog/schemas/booking.ts';
import type { NewReservation, Payment } from '../../../shared/domain/booking.ts';
import { PermanentError } from '../../../shared/domain/errors.ts';
import { instantOf } from '../../../shared/domain/zoned-time.ts';
import type { Effect, TakingBack } from '../../../shared/jobs/effect.ts';
import { undoingProcessorFor } from '../../../shared/jobs/processor.ts';
import type { ProcessorServices } from '../services.ts';
import { giveBackPayment } from './give-back-payment.ts';

type Services = Pick<ProcessorServices, 'payments' | 'partner' | 'now'>;
type Input = InputOf<'process_reservation'>;

/**
 * Reserves and pays: prepare the payment, hold the money, reserve, take the money. Taking it is the commit: before it everything is given back
 * if the booking does not come about, after it the booking is completed, whatever happens (docs/bookings.md).
 */
export function processReservation(services: Services) {
  return undoingProcessorFor(
    jobTypes.process_reservation,
    {
      book: async ({ jobId, input, once }) => {
        const { payment_id } = await once('prepare', preparing(jobId, input, services));
        await once('authorize', authorizing(payment_id, input, services));
        const reserved = await once('reserve', reserving(input, services));
        await once('capture', capturing(payment_id, services));
        return { result: bookingOf(input, reserved, payment_id) };
      },
    },
    async ({ takeBack }) => {
      await takeBack('reserve', takingReservationBack(services));
      // What became of a hold that nobody knows of does not matter: the payment itself is given up next.
      await takeBack('authorize', takingPaymentBack(services));
      // A payment that was opened and never heard of again has touched no card.
      await takeBack('prepare', takingPaymentBack(services));
    },
  );
}

const Paid = z.object({ payment_id: z.string() });
const Reserved = z.object({ reference: z.string(), confirmation_code: z.string() });

function preparing(jobId: string, input: Input, { payments, now }: Services): Effect<z.infer<typeof Paid>> {
  return {
    outcome: Paid,
    message: 'Preparing the payment',
    fraction: 0.1,
    takenBack: true,
    act: async (key) => {
      startOf(input, now());
      return { payment_id: await payments().open({ jobId, amount: input.amount }, key) };
    },
    onUnknown: { repeat: true },
  };
}

function authorizing(payment_id: string, input: Input, { payments }: Services): Effect<z.infer<typeof Paid>> {
  return {
    outcome: Paid,
    message: 'Asking the bank',
    fraction: 0.25,
    takenBack: true,
    act: async (key) => {
      await payments().authorize(payment_id, input.payment_method, key);
      return { payment_id };
    },
    onUnknown: { lookUp: () => paidIf(payment_id, ['held', 'captured'], payments()) },
  };
}

function reserving(input: Input, { partner, now }: Services): Effect<z.infer<typeof Reserved>> {
  return {
    outcome: Reserved,
    message: 'Asking the venue',
    fraction: 0.5,
    takenBack: true,
    act: async (key) => {
      const startsAt = startOf(input, now());
      const { reference, confirmationCode } = await partner().reserve(referenceOf(key), wished(input, startsAt));
      return { reference, confirmation_code: confirmationCode };
    },
    onUnknown: {
      lookUp: async (key) => {
        const found = await partner().find(referenceOf(key));
        return found && { reference: found.reference, confirmation_code: found.confirmationCode };
      },
    },
  };
}

function capturing(payment_id: string, { payments }: Services): Effect<z.infer<typeof Paid>> {
  return {
    outcome: Paid,
    message: 'Paying',
    fraction: 0.8,
    commits: true,
    act: async (key) => {
      await payments().capture(payment_id, key);
      return { payment_id };
    },
    onUnknown: { lookUp: () => paidIf(payment_id, ['captured'], payments()) },
  };
}

function takingReservationBack({ partner }: Services): TakingBack<z.infer<typeof Reserved>> {
  return {
    outcome: Reserved,
    // Not looked up: the partner also cancels a reference that it has yet to hear of.
    lookUp: async (key) => ({ reference: referenceOf(key), confirmation_code: '' }),
    act: ({ reference }) => partner().cancel(reference),
  };
}

function takingPaymentBack({ payments }: Services): TakingBack<z.infer<typeof Paid>> {
  return {
    outcome: Paid,
    lookUp: async () => undefined,
    act: async ({ payment_id }, key) => void (await giveBackPayment(payment_id, key, payments())),
  };
}

async function paidIf(
  payment_id: string,
  done: readonly Payment['status'][],
  payments: ReturnType<Services['payments']>,
): Promise<z.infer<typeof Paid> | undefined> {
  const { status } = await payments.find(payment_id);
  return done.includes(status) ? { payment_id } : undefined;
}

/** Our name for the reservation at the partner, from the key of the effect that makes it or takes it back. */
function referenceOf(key: string): string {
  return key.replace(/:undo$/, '').replaceAll(':', '.');
}

/** When the booking is for. Refuses one whose time has passed while the job waited. */
function startOf({ local_time, time_zone }: Input, now: number): number {
  const startsAt = instantOf(local_time, time_zone);
  if (startsAt !== undefined && startsAt > now) return startsAt;
  throw new PermanentError('booking_date_passed', 'The time of the booking has passed');
}

function wished({ venue_id, party_size, time_zone, traveller, special_requests }: Input, startsAt: number) {
  return {
    venueId: venue_id,
    partySize: party_size,
    startsAt,
    timeZone: time_zone,
    traveller,
    specialRequests: special_requests,
  } satisfies NewReservation;
}

function bookingOf(input: Input, reserved: z.infer<typeof Reserved>, payment_id: string): StoredReservation {
  const { venue_id, party_size, local_time, time_zone, amount } = input;
  const startsAt = instantOf(local_time, time_zone) ?? 0;
  return {
    confirmation_code: reserved.confirmation_code,
    reservation_reference: reserved.reference,
    venue_id,
    party_size,
    starts_at: new Date(startsAt).toISOString(),
    local_time,
    time_zone,
    payment_id,
    amount,
  };
}
