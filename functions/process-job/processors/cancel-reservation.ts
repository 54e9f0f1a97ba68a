import * as z from 'zod';
import { jobTypes } from '../../../shared/catalog/job-types.ts';
import { processorFor } from '../../../shared/jobs/processor.ts';
import type { ProcessorServices } from '../services.ts';
import { GivenBack, giveBackPayment } from './give-back-payment.ts';

/**
 * Gives a reservation back, then the money. The venue is asked first, because it may refuse; once it has taken the reservation back, the money
 * must follow, whatever happens. The refund's key is the booking's and not this job's: however many jobs cancel a booking, it is refunded once.
 */
export function cancelReservation({ payments, partner }: Pick<ProcessorServices, 'payments' | 'partner'>) {
  return processorFor(jobTypes.cancel_reservation, {
    cancel: async ({ input: { booking_id, reservation_reference, payment_id }, once }) => {
      await once('release', {
        outcome: z.object({}),
        message: 'Telling the venue',
        fraction: 0.2,
        commits: true,
        act: async () => {
          await partner().cancel(reservation_reference);
          return {};
        },
        onUnknown: { repeat: true },
      });
      const givenBack = await once('refund', {
        outcome: GivenBack,
        message: 'Refunding',
        fraction: 0.6,
        act: () => giveBackPayment(payment_id, `${booking_id}:refund`, payments()),
        onUnknown: { repeat: true },
      });
      return { result: { booking_id, ...givenBack } };
    },
  });
}
