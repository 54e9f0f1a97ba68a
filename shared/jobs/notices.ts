import type * as z from 'zod';
import { currencies } from '../catalog/bookings.ts';
import { type InputOf, jobTypes, type NotifyingType, type ResultOf } from '../catalog/job-types.ts';

/** What a notification is asked to be. */
type Notice = z.input<(typeof jobTypes)['send_notification']['input']>;

/** What the completion of a job says, from its input and result as they are in the record. */
export function noticeOf(type: NotifyingType, input: unknown, result: unknown): Notice {
  const row = jobTypes[type];
  return notices[type](row.input.parse(input), row.result.parse(result));
}

/** One a type that `notifies`: the compiler asks for it. */
const notices: { readonly [T in NotifyingType]: (input: InputOf<T>, result: ResultOf<T>) => Notice } = {
  process_reservation: bookingConfirmed,
};

/** The code is the partner's, and may hold what no mail may. */
function bookingConfirmed(
  { traveller }: InputOf<'process_reservation'>,
  { venue_id, local_time, time_zone, party_size, confirmation_code, amount }: ResultOf<'process_reservation'>,
): Notice {
  const { digits } = currencies[amount.currency];
  const lines = [
    `Venue: ${venue_id}`,
    `When: ${local_time.replace('T', ' ')} (${time_zone})`,
    `Guests: ${party_size}`,
    `Confirmation code: ${confirmation_code.replaceAll(/\p{C}/gu, '')}`,
    `Paid: ${(amount.value / 10 ** digits).toFixed(digits)} ${amount.currency}`,
  ];
  return {
    recipients: [{ channel: 'email', address: traveller.email }],
    title: 'Your booking is confirmed',
    body: `Hello ${traveller.name},\n\nyour booking is confirmed and paid.\n\n${lines.join('\n')}`,
    urgent: true,
  };
}
