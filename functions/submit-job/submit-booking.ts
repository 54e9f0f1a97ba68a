import { farthestBookingDays } from '../../shared/catalog/bookings.ts';
import { StoredReservation } from '../../shared/catalog/schemas/booking.ts';
import { instantOf } from '../../shared/domain/zoned-time.ts';
import type { HttpAnswer } from '../../shared/runtime/http-answer.ts';
import type { HttpRequest } from '../../shared/runtime/http-handler.ts';
import { ownJob } from '../../shared/runtime/own-job.ts';
import { ProblemError, wrongFields } from '../../shared/runtime/problem.ts';
import type { SubmitPorts } from '../../shared/runtime/submit-answer.ts';
import { acceptJob } from '../../shared/runtime/submit-route.ts';

/** Accepts a booking for a time that exists where the venue is, and is still to come. */
export async function submitReservation(
  request: HttpRequest<'process_reservation'>,
  ports: SubmitPorts,
): Promise<HttpAnswer> {
  const { body } = request;
  const plan = () => {
    const message = whatIsWrongWith(instantOf(body.local_time, body.time_zone), ports.now());
    if (message !== undefined) throw wrongFields([{ path: 'local_time', message }]);
    return { type: 'process_reservation', input: body } as const;
  };
  return acceptJob(request, { options: body, plan }, ports);
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
  const plan = async () => {
    const input = await whatToGiveBack(body.job_id, owner, ports);
    return { type: 'cancel_reservation', input } as const;
  };
  return acceptJob(request, { options: body, plan }, ports);
}

async function whatToGiveBack(id: string, owner: string, { store }: SubmitPorts): Promise<unknown> {
  const booking = await ownJob(id, owner, store);
  if (booking.type !== 'process_reservation') throw wrongFields([{ path: 'job_id', message: 'is not a booking' }]);
  if (booking.status !== 'completed' || !booking.result) {
    throw new ProblemError('booking_not_completed', `The booking is ${booking.status}`, { jobStatus: booking.status });
  }
  const { reservation_reference, payment_id } = StoredReservation.parse(await store.read(booking.id, booking.result));
  return { booking_id: booking.id, reservation_reference, payment_id };
}

function whatIsWrongWith(startsAt: number | undefined, now: number): string | undefined {
  if (startsAt === undefined) return 'does not exist in this time zone: the clocks are put forward then';
  if (startsAt <= now) return 'must be in the future';
  if (startsAt > now + farthestBookingDays * 86_400_000) return `must be within ${farthestBookingDays} days`;
  return undefined;
}
