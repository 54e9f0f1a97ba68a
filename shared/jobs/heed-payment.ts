import type { Payment, PaymentProvider } from '../domain/booking.ts';
import { PermanentError } from '../domain/errors.ts';
import { isFinal, type Job } from '../domain/job.ts';
import type { PaymentEvent } from '../domain/payment-event.ts';
import type { JobStore, Telemetry } from '../domain/ports.ts';

export interface PaymentEventPorts {
  readonly store: Pick<JobStore, 'find'>;
  readonly payments: Pick<PaymentProvider, 'find' | 'findRefund'>;
  readonly telemetry: Telemetry;
}

/**
 * Looks into what an event says of a payment: the payment as the provider has it now is held against the record of its booking, so that it
 * does not matter in which order events come, or how often. Nothing is changed: the job itself finds out what it must know. What does not
 * fit together is counted, for operators. Rejects when the provider or the store did not answer; the event is then to be sent again.
 */
export async function heedPayment({ id, type, paymentId }: PaymentEvent, ports: PaymentEventPorts): Promise<void> {
  const { store, telemetry } = ports;
  const payment = paymentId === undefined ? undefined : await known(paymentId, ports);
  const job = payment?.jobId === undefined ? undefined : await store.find(payment.jobId, 'strong');
  const details = { event_id: id, event_type: type, payment_id: paymentId, payment_status: payment?.status };
  if (!payment || job?.type !== 'process_reservation') return telemetry.note('payment_event_ignored', details);
  const seen = { ...details, job_id: job.id, job_status: job.status };
  if (type === 'charge.dispute.created') {
    telemetry.count('payments_disputed', {});
    return telemetry.warn('payment_disputed', seen);
  }
  if (await fits(payment, job, ports)) return telemetry.note('payment_event_heeded', seen);
  telemetry.count('payments_differing', {});
  telemetry.warn('payment_differs', seen);
}

/** Undefined for a payment that the provider itself does not know any more, or that is none of ours. */
async function known(paymentId: string, { payments }: PaymentEventPorts): Promise<Payment | undefined> {
  try {
    return await payments.find(paymentId);
  } catch (error) {
    if (error instanceof PermanentError) return undefined;
    throw error;
  }
}

/** A booking under way may be anywhere; a completed one is paid, and one that ended otherwise has cost nothing. */
async function fits({ id, status }: Payment, job: Job, { payments }: PaymentEventPorts): Promise<boolean> {
  if (!isFinal(job.status)) return true;
  if (job.status === 'completed') return status === 'captured';
  if (status !== 'captured') return status === 'cancelled' || status === 'open';
  return (await payments.findRefund(id)) !== undefined;
}
