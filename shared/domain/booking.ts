import type { Amount } from '../catalog/schemas/booking.ts';

/**
 * Takes payments. What rejects with a PermanentError was refused and has changed nothing; after any other error nobody knows whether it was
 * done, and `find` or `findRefund` tells. A key makes the same request, sent again, the same request (`Idempotency-Key`).
 */
export interface PaymentProvider {
  /** Opens a payment. The card is not touched yet, so that one too many does no harm. Answers its id. */
  open(payment: NewPayment, key: string): Promise<string>;
  /** Holds the money on the traveller's card. Resolves too when it is held already. */
  authorize(paymentId: string, paymentMethod: string, key: string): Promise<void>;
  /** Takes the money that is held. Resolves too when it is taken already. */
  capture(paymentId: string, key: string): Promise<void>;
  /** Gives up a payment whose money is not taken, for good: what was held is let go of. Resolves too when that has happened already. */
  cancel(paymentId: string, key: string): Promise<void>;
  /** Gives back all that was taken; what was given back already is not given back again. */
  refund(paymentId: string, key: string): Promise<Refund>;
  find(paymentId: string): Promise<Payment>;
  /** The refund of a payment that has not failed, if there is one. */
  findRefund(paymentId: string): Promise<Refund | undefined>;
}

export interface NewPayment {
  /** The job that pays. */
  readonly jobId: string;
  readonly amount: Amount;
}

export interface Payment {
  readonly id: string;
  /** The job that it was opened for. */
  readonly jobId: string | undefined;
  /** `open`: nothing is held. `pending`: the bank has not decided. `cancelled`: given up, or let go of by the bank after about a week. */
  readonly status: 'open' | 'pending' | 'held' | 'captured' | 'cancelled';
  readonly amount: Amount;
}

export type Refund =
  | { readonly status: 'refunded' | 'pending'; readonly id: string; readonly amount: Amount }
  /** The traveller's bank is taking the money back by itself. */
  | { readonly status: 'disputed' };

/**
 * Reserves at venues, under references of ours. Every call may be repeated: the same reference is the same reservation. What rejects with a
 * PermanentError was refused and has changed nothing; after any other error nobody knows, and `find` tells.
 */
export interface ReservationPartner {
  reserve(reference: string, reservation: NewReservation): Promise<Reservation>;
  /** The reservation if it stands. */
  find(reference: string): Promise<Reservation | undefined>;
  /**
   * Gives a reservation back. Resolves too when it was given back already, or was never made: then the reference can never become one, even
   * by a request that is still under way.
   */
  cancel(reference: string): Promise<void>;
}

export interface NewReservation {
  readonly venueId: string;
  readonly partySize: number;
  /** Milliseconds since the epoch. */
  readonly startsAt: number;
  readonly timeZone: string;
  readonly traveller: { readonly name: string; readonly email: string; readonly phone?: string | undefined };
  readonly specialRequests?: string | undefined;
}

export interface Reservation {
  readonly reference: string;
  readonly confirmationCode: string;
}

/** What only some functions may know. Rejects when it cannot be read. */
export type ReadSecret = () => Promise<string>;
