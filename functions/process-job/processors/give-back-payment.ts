import type * as z from 'zod';
import { StoredCancellation } from '../../../shared/catalog/schemas/booking.ts';
import type { PaymentProvider, Refund } from '../../../shared/domain/booking.ts';
import { TransientError } from '../../../shared/domain/errors.ts';

/** How a payment ended that was given back. */
export const GivenBack = StoredCancellation.pick({ refund: true, refund_id: true, refunded: true });

export type GivenBack = z.infer<typeof GivenBack>;

/**
 * Gives back what a payment has cost the traveller, by what the provider says of it now: nothing was taken → it is given up for good; taken →
 * refunded, once. May be repeated with the same key.
 */
export async function giveBackPayment(paymentId: string, key: string, payments: PaymentProvider): Promise<GivenBack> {
  const { status } = await payments.find(paymentId);
  switch (status) {
    case 'captured':
      return shownRefund((await payments.findRefund(paymentId)) ?? (await payments.refund(paymentId, key)));
    case 'open':
    case 'held':
      await payments.cancel(paymentId, key);
      return { refund: 'released' };
    case 'cancelled':
      return { refund: 'released' };
    case 'pending':
      throw new TransientError('payment_unavailable', 'The bank has yet to decide about the payment');
  }
}

function shownRefund(refund: Refund): GivenBack {
  if (refund.status === 'disputed') return { refund: 'disputed' };
  return { refund: refund.status, refund_id: refund.id, refunded: refund.amount };
}
