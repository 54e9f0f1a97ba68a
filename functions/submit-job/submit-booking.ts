import { farthestBookingDays } from '../../shared/catalog/bookings.ts';
import { StoredReservation } from '../../shared/catalog/schemas/booking.ts';
import { instantOf } from '../../shared/domain/zoned-time.ts';
import type { HttpAnswer } from '../../shared/runtime/http-answer.ts';
import type { HttpRequest } from '../../shared/runtime/http-handler.ts';
import { ownJob } from '../../shared/runtime/own-job.ts';
import { ProblemError } from '../../shared/runtime/problem.ts';
import type { SubmitPorts } from '../../shared/runtime/submit-answer.ts';
import { acceptJob } from '../../shared/runtime/submit-route.ts';

/** Accepts a booking for a time that exists where the venue is, and is still to come. */
export async function submitReservation(
  request: HttpRequest<'process_reservation'>,
  ports: SubmitPorts,
): Promise<HttpAnswer> {
  const { body } = request;
  const message = whatIsWrongWith(instantOf(body.local_time, body.time_zone), ports.now());
  if (message !== undefined) throw wrongField('local_time', message);
  return acceptJob(request, { type: 'process_reservation', input: body, options: body }, ports);
}

/**
 * Accepts the cancellation of a completed booking of the caller's. What it gives back is read from the booking's record now: a completed one
 * never changes again.
 */
export async function submitCancellation(
  request: HttpRequest<'cancel_reservation'>,
  ports: SubmitPorts,
): Promise<HttpAnswer> {
  const { body, owner } = request;
  const booking = await ownJob(body.job_id, owner, ports.store);
  if (booking.type !== 'process_reservation') throw wrongField('job_id', 'is not a booking');
  if (booking.status !== 'completed' || !booking.result) {
    throw new ProblemError('booking_not_completed', `The booking is ${booking.status}`);
  }
  const { reservation_reference, payment_id } = StoredReservation.parse(
    await ports.store.read(booking.id, booking.result),
  );
  const input = { booking_id: booking.id, reservation_reference, payment_id };
  return acceptJob(request, { type: 'cancel_reservation', input, options: body }, ports);
}

function whatIsWrongWith(startsAt: number | undefined, now: number): string | undefined {
  if (startsAt === undefined) return 'does not exist in this time zone: the clocks are put forward then';
  if (startsAt <= now) return 'must be in the future';
  if (startsAt > now + farthestBookingDays * 86_400_000) return `must be within ${farthestBookingDays} days`;
  return undefined;
}

function wrongField(path: string, message: string): ProblemError {
  return new ProblemError('invalid_request', 'One field is wrong', { errors: [{ path, message }] });
}
