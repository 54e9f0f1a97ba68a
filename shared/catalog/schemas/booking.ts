import * as z from 'zod';
import {
  currencies,
  currencyCodes,
  farthestBookingDays,
  largestCharge,
  largestParty,
  longestSpecialRequests,
} from '../bookings.ts';
import { isTimeZone } from '../cron.ts';
import { JobId, submitOptions } from './submit.ts';
import { line, paragraphs } from './text.ts';

const Amount = z
  .strictObject({
    value: z
      .int()
      .positive()
      .max(largestCharge)
      .meta({ description: 'In minor units: 12550 is 125.50 USD, and 12550 JPY.' }),
    currency: z.enum(currencyCodes).meta({ description: 'ISO 4217.' }),
  })
  .refine(({ value, currency }) => value >= currencies[currency].smallestCharge, {
    path: ['value'],
    message: 'is less than the smallest charge in this currency',
  })
  .meta({ id: 'Amount', examples: [{ value: 12_550, currency: 'USD' }] });

export type Amount = z.infer<typeof Amount>;

const LocalTime = z.iso
  .datetime({ local: true, precision: -1 })
  .refine((text) => !text.endsWith('Z'), 'must be the local time of the venue, without Z')
  .meta({
    description: `By the clock of the venue, \`YYYY-MM-DDThh:mm\`: a time that exists there, in the future, at most ${farthestBookingDays} days ahead. One that comes twice, when clocks go back, is the first of the two.`,
    examples: ['2027-07-04T19:30'],
  });

export const TimeZone = z
  .string()
  .regex(/^[A-Z][A-Za-z0-9_+-]*(?:\/[A-Za-z0-9_+-]+){0,2}$/, 'must be an IANA time zone')
  .max(40)
  .refine(isTimeZone, 'is not a known IANA time zone')
  .meta({ description: 'IANA time zone of the venue.', examples: ['America/Denver'] });

const Traveller = z.strictObject({
  name: line(100),
  email: z.email().max(254).meta({ description: 'Where the venue can reach the traveller.' }),
  phone: z
    .string()
    .regex(/^\+[1-9]\d{6,14}$/, 'must be a phone number as +15055550123 (E.164)')
    .optional(),
});

const PaymentMethodId = z
  .string()
  .regex(/^pm_\w{1,96}$/, 'must be the id of a Stripe PaymentMethod')
  .meta({ description: 'A PaymentMethod that the app has made with Stripe; card numbers never come here.' });

const VenueId = z
  .string()
  .regex(/^[A-Za-z0-9][\w.-]{0,63}$/, 'must be a venue id of the reservation partner')
  .meta({ examples: ['blue-swallow'] });

const reservationFields = {
  venue_id: VenueId,
  party_size: z.int().min(1).max(largestParty),
  local_time: LocalTime,
  time_zone: TimeZone,
  amount: Amount,
  payment_method: PaymentMethodId,
  traveller: Traveller,
  special_requests: paragraphs(longestSpecialRequests).optional(),
};

export const ProcessReservationRequest = z.strictObject({ ...reservationFields, ...submitOptions }).meta({
  id: 'ProcessReservationRequest',
  examples: [
    {
      venue_id: 'blue-swallow',
      party_size: 2,
      local_time: '2027-07-04T19:30',
      time_zone: 'America/Denver',
      amount: { value: 12_550, currency: 'USD' },
      payment_method: 'pm_card_visa',
      traveller: { name: 'Ada Example', email: 'ada@example.com' },
      special_requests: 'A table outside, please.',
    },
  ],
});

/** The job's input: the request without its submit options. */
export const ProcessReservationInput = z.object(reservationFields);

/** What process_reservation makes: a paid reservation. */
export const StoredReservation = z
  .object({
    confirmation_code: z.string().meta({ description: 'What the traveller shows at the venue.' }),
    reservation_reference: z.string().meta({ description: 'Our name for the reservation at the partner.' }),
    venue_id: VenueId,
    party_size: z.int(),
    starts_at: z.iso.datetime(),
    local_time: z.string(),
    time_zone: z.string(),
    payment_id: z.string().meta({ description: 'Stripe PaymentIntent; charged once.' }),
    amount: Amount,
  })
  .meta({
    examples: [
      {
        confirmation_code: 'BS-7Q2M',
        reservation_reference: '01JDHV7Q5W6T1PQ8Z3N4K5M6R7.reserve.1',
        venue_id: 'blue-swallow',
        party_size: 2,
        starts_at: '2027-07-05T01:30:00.000Z',
        local_time: '2027-07-04T19:30',
        time_zone: 'America/Denver',
        payment_id: 'pi_3PqXample',
        amount: { value: 12_550, currency: 'USD' },
      },
    ],
  });

export type StoredReservation = z.infer<typeof StoredReservation>;

export const CancelReservationRequest = z
  .strictObject({
    job_id: JobId.meta({ description: 'Of the booking: a completed process_reservation job of the caller’s.' }),
    ...submitOptions,
  })
  .meta({ id: 'CancelReservationRequest', examples: [{ job_id: '01JDHV7Q5W6T1PQ8Z3N4K5M6R7' }] });

/** The job's input: the booking, as its record told when the cancellation was submitted. */
export const CancelReservationInput = z.object({
  booking_id: JobId,
  reservation_reference: z.string(),
  payment_id: z.string(),
});

/** What cancel_reservation makes: the reservation is given back, and so is the money. */
export const StoredCancellation = z
  .object({
    booking_id: JobId,
    refund: z.enum(['refunded', 'pending', 'released', 'disputed']).meta({
      description:
        '`pending`: the bank has yet to settle it. `released`: nothing had been taken. `disputed`: the bank is already taking the money back.',
    }),
    refund_id: z.string().optional().meta({ description: 'Stripe Refund.' }),
    refunded: Amount.optional(),
  })
  .meta({
    examples: [
      {
        booking_id: '01JDHV7Q5W6T1PQ8Z3N4K5M6R7',
        refund: 'refunded',
        refund_id: 're_3PqXample',
        refunded: { value: 12_550, currency: 'USD' },
      },
    ],
  });
