import { describe, expect, it } from 'vitest';
import type { Payment, Refund } from '../../../shared/domain/booking.ts';
import { PermanentError, TransientError } from '../../../shared/domain/errors.ts';
import type { JobStatus } from '../../../shared/domain/job.ts';
import { heedPayment } from '../../../shared/jobs/heed-payment.ts';
import { acceptedJob } from '../../support/job-builder.ts';
import { MemoryJobStore } from '../../support/memory-job-store.ts';
import { RecordedTelemetry } from '../../support/recorded-telemetry.ts';

const amount = { value: 100, currency: 'USD' } as const;

async function heed(
  status: Payment['status'],
  job: JobStatus,
  { type = 'payment_intent.succeeded', refund = false } = {},
) {
  const store = new MemoryJobStore();
  const telemetry = new RecordedTelemetry();
  const { id } = store.place(acceptedJob({ type: 'process_reservation', status: job }));
  const before = store.head(id);
  const given: Refund = { status: 'refunded', id: 're_1', amount };
  const payments = {
    find: async () => ({ id: 'pi_1', jobId: id, status, amount }),
    findRefund: async () => (refund ? given : undefined),
  };
  await heedPayment({ id: 'evt_1', type, paymentId: 'pi_1' }, { store, payments, telemetry });
  expect(store.head(id)).toEqual(before);
  return telemetry;
}

describe('an event about a payment', () => {
  it.each([
    ['captured', 'completed'],
    ['cancelled', 'failed'],
    ['open', 'cancelled'],
    ['captured', 'processing'],
    ['cancelled', 'retrying'],
  ] as const)('that is %s fits a booking that is %s', async (payment, job) => {
    expect((await heed(payment, job)).counted('payments_differing')).toBe(0);
  });

  it.each([
    ['held', 'completed'],
    ['cancelled', 'completed'],
    ['held', 'failed'],
    ['captured', 'cancelled'],
  ] as const)('that is %s does not fit a booking that is %s, and operators learn of it', async (payment, job) => {
    expect((await heed(payment, job)).counted('payments_differing')).toBe(1);
  });

  it('that was taken and given back fits a booking that failed', async () => {
    expect((await heed('captured', 'failed', { refund: true })).counted('payments_differing')).toBe(0);
  });

  it('of a dispute is counted', async () => {
    const told = await heed('captured', 'completed', { type: 'charge.dispute.created' });
    expect(told.counted('payments_disputed')).toBe(1);
  });

  it('rejects when the provider does not answer, and ignores a payment that it does not know', async () => {
    const telemetry = new RecordedTelemetry();
    const failing = (error: Error) => ({ find: () => Promise.reject(error), findRefund: async () => undefined });
    const event = { id: 'evt_1', type: 'x', paymentId: 'pi_1' };
    const store = new MemoryJobStore();
    const silent = failing(new TransientError('payment_unavailable', 'no answer'));
    await expect(heedPayment(event, { store, telemetry, payments: silent })).rejects.toThrow('no answer');
    const unknown = failing(new PermanentError('payment_misconfigured', 'no such'));
    await heedPayment(event, { store, telemetry, payments: unknown });
    expect(telemetry.notes.map((note) => note.event)).toEqual(['payment_event_ignored']);
  });
});
