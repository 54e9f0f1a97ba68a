import type {
  NewPayment,
  NewReservation,
  Payment,
  PaymentProvider,
  Refund,
  Reservation,
  ReservationPartner,
} from '../../shared/domain/booking.ts';
import { PermanentError, TransientError } from '../../shared/domain/errors.ts';

/** Where a call fails, and whether what it asks for is done all the same. */
export interface Fault {
  readonly operation: string;
  readonly moment: 'before' | 'after';
}

/** Faults that are each met once, by whichever fake has the operation. */
export class Faults {
  readonly #open: Fault[] = [];

  add(...faults: readonly Fault[]): void {
    this.#open.push(...faults);
  }

  /** Does it, unless a fault comes before; then throws if one comes at all. */
  around<T>(operation: string, act: () => T): T {
    const index = this.#open.findIndex((fault) => fault.operation === operation);
    const [fault] = index < 0 ? [] : this.#open.splice(index, 1);
    if (fault?.moment === 'before') throw new TransientError('payment_unavailable', `${operation} was not done`);
    const done = act();
    if (fault) throw new TransientError('payment_unavailable', `${operation} was done, and the answer is lost`);
    return done;
  }
}

/** A payment provider in memory, as strict as the real one: a payment is held and taken once, and refunded once. */
export class FakePayments implements PaymentProvider {
  readonly payments = new Map<string, Payment>();
  readonly refunds = new Map<string, Refund>();
  readonly #byKey = new Map<string, Payment>();
  readonly #faults: Faults;
  /** What the bank says to every card. */
  declines: PermanentError | undefined;

  constructor(faults: Faults) {
    this.#faults = faults;
  }

  async open({ jobId, amount }: NewPayment, key: string): Promise<string> {
    return this.#faults.around('open', () => {
      const known = this.#byKey.get(key);
      const payment = known ?? { id: `pi_${this.payments.size + 1}`, jobId, status: 'open', amount };
      if (payment.jobId !== jobId || JSON.stringify(payment.amount) !== JSON.stringify(amount)) {
        throw new PermanentError('payment_misconfigured', 'the key was used for another payment');
      }
      this.#byKey.set(key, payment);
      if (!known) this.payments.set(payment.id, payment);
      return payment.id;
    });
  }

  async authorize(paymentId: string): Promise<void> {
    this.#faults.around('authorize', () => {
      if (this.declines) throw this.declines;
      if (this.#get(paymentId).status !== 'captured') this.#move(paymentId, 'open', 'held');
    });
  }

  async capture(paymentId: string): Promise<void> {
    this.#faults.around('capture', () => this.#move(paymentId, 'held', 'captured'));
  }

  async cancel(paymentId: string): Promise<void> {
    this.#faults.around('cancel', () => {
      const { status } = this.#get(paymentId);
      if (status === 'captured') throw new TransientError('payment_unavailable', 'it is captured');
      this.payments.set(paymentId, { ...this.#get(paymentId), status: 'cancelled' });
    });
  }

  async refund(paymentId: string): Promise<Refund> {
    return this.#faults.around('refund', () => {
      const known = this.refunds.get(paymentId);
      if (known) return known;
      const refund: Refund = { status: 'refunded', id: `re_${paymentId}`, amount: this.#get(paymentId).amount };
      this.refunds.set(paymentId, refund);
      return refund;
    });
  }

  async find(paymentId: string): Promise<Payment> {
    return this.#faults.around('find', () => this.#get(paymentId));
  }

  async findRefund(paymentId: string): Promise<Refund | undefined> {
    return this.refunds.get(paymentId);
  }

  /** Statuses of all payments. */
  get statuses(): readonly Payment['status'][] {
    return [...this.payments.values()].map(({ status }) => status);
  }

  #get(id: string): Payment {
    const payment = this.payments.get(id);
    if (!payment) throw new PermanentError('payment_misconfigured', `No payment ${id}`);
    return payment;
  }

  #move(id: string, from: Payment['status'], status: Payment['status']): void {
    const payment = this.#get(id);
    if (payment.status === status) return;
    if (payment.status === 'cancelled') throw new PermanentError('payment_expired', 'It was let go of');
    if (payment.status !== from) throw new Error(`${id} is ${payment.status}, not ${from}`);
    this.payments.set(id, { ...payment, status });
  }
}

/** A partner in memory. */
export class FakePartner implements ReservationPartner {
  readonly reservations = new Map<string, 'confirmed' | 'cancelled'>();
  readonly #faults: Faults;
  /** What every venue says. */
  refuses: PermanentError | undefined;

  constructor(faults: Faults) {
    this.#faults = faults;
  }

  async reserve(reference: string, _reservation: NewReservation): Promise<Reservation> {
    return this.#faults.around('reserve', () => {
      if (this.refuses) throw this.refuses;
      if (this.reservations.get(reference) === 'cancelled')
        throw new PermanentError('reservation_refused', 'cancelled');
      this.reservations.set(reference, 'confirmed');
      return { reference, confirmationCode: 'ABC123' };
    });
  }

  async find(reference: string): Promise<Reservation | undefined> {
    const isStanding = this.reservations.get(reference) === 'confirmed';
    return isStanding ? { reference, confirmationCode: 'ABC123' } : undefined;
  }

  async cancel(reference: string): Promise<void> {
    this.#faults.around('release', () => this.reservations.set(reference, 'cancelled'));
  }

  get standing(): readonly string[] {
    return [...this.reservations].flatMap(([reference, status]) => (status === 'confirmed' ? [reference] : []));
  }
}
