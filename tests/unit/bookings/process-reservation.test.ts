import { beforeEach, describe, expect, it } from 'vitest';
import { processReservation } from '../../../functions/process-job/processors/process-reservation.ts';
import { PermanentError } from '../../../shared/domain/errors.ts';
import { isFinal, type Job } from '../../../shared/domain/job.ts';
import { cancelJob } from '../../../shared/jobs/cancel-job.ts';
import { redriveJob } from '../../../shared/jobs/redrive-job.ts';
import { FakePartner, FakePayments, type Fault, Faults } from '../../support/booking-fakes.ts';
import { acceptedJob } from '../../support/job-builder.ts';
import { JobWorld } from '../../support/job-world.ts';

const input = {
  venue_id: 'blue-swallow',
  party_size: 2,
  local_time: '2026-02-01T19:30',
  time_zone: 'America/Denver',
  amount: { value: 12_550, currency: 'USD' },
  payment_method: 'pm_card_visa',
  traveller: { name: 'Ada Example', email: 'ada@example.com' },
};

let world: JobWorld;
let faults: Faults;
let payments: FakePayments;
let partner: FakePartner;
let job: Job;
beforeEach(() => {
  world = new JobWorld();
  faults = new Faults();
  payments = new FakePayments(faults);
  partner = new FakePartner(faults);
  const processor = processReservation({ payments: () => payments, partner: () => partner, now: world.now });
  world.perform = (context, step) => processor.run(step, context);
  job = world.store.place(acceptedJob({ type: 'process_reservation', step: 'book', input: { inline: input } }));
});

/** Delivers the job until it has ended, waiting for each retry. */
async function untilEnded(): Promise<Job> {
  for (let round = 0; round < 20 && !isFinal(world.store.head(job.id).status); round++) {
    world.time = Math.max(world.time, world.store.head(job.id).not_before ?? 0);
    await world.deliverTo(job);
  }
  return world.store.head(job.id);
}

const moments = ['before', 'after'] as const;
const faultsOf = (...operations: readonly string[]): Fault[] =>
  operations.flatMap((operation) => moments.map((moment) => ({ operation, moment })));

describe('a booking', () => {
  it('holds the money, reserves, and then takes the money', async () => {
    expect(await untilEnded()).toMatchObject({ status: 'completed', attempt: 1 });
    expect(payments.statuses).toEqual(['captured']);
    expect(partner.standing).toEqual([`${job.id}.reserve.1`]);
  });

  it.each(faultsOf('open', 'authorize', 'reserve', 'capture'))(
    'whose $operation ends unknown, $moment it was done, is looked up and completed, paid once and reserved once',
    async (fault) => {
      faults.add(fault);
      expect(await untilEnded()).toMatchObject({ status: 'completed', attempt: 2 });
      expect(payments.statuses.filter((status) => status !== 'open')).toEqual(['captured']);
      expect(partner.standing).toHaveLength(1);
    },
  );

  it('that is declined ends so, and the payment is given up', async () => {
    payments.declines = new PermanentError('card_declined', 'no');
    expect(await untilEnded()).toMatchObject({ status: 'failed', error: { code: 'card_declined' } });
    expect(payments.statuses).toEqual(['cancelled']);
    expect(partner.reservations.size).toBe(0);
  });

  it('that the venue refuses ends so, and the money held is let go of', async () => {
    partner.refuses = new PermanentError('venue_full', 'full');
    expect(await untilEnded()).toMatchObject({ status: 'failed', error: { code: 'venue_full' } });
    expect(payments.statuses).toEqual(['cancelled']);
  });

  it('whose hold has run out when it is to be paid ends failed, and the reservation is given back', async () => {
    const capture = payments.capture.bind(payments);
    payments.capture = async (id) => {
      await payments.cancel(id);
      return capture(id);
    };
    expect(await untilEnded()).toMatchObject({ status: 'failed', error: { code: 'payment_expired' } });
    expect(partner.standing).toEqual([]);
    expect(payments.statuses).toEqual(['cancelled']);
  });

  it('that can be made at no attempt is taken back, whether or not the last act was done', async () => {
    faults.add(...Array.from({ length: 10 }, (): Fault => ({ operation: 'reserve', moment: 'after' })));
    partner.find = async () => undefined;
    expect((await untilEnded()).status).toBe('failed');
    expect(partner.standing).toEqual([]);
    expect(payments.statuses).toEqual(['cancelled']);
  });

  it.each(faultsOf('release', 'cancel', 'find'))(
    'is taken back again when $operation fails, $moment it was done',
    async (fault) => {
      faults.add(...Array.from({ length: 5 }, (): Fault => ({ operation: 'reserve', moment: 'after' })));
      partner.find = async () => undefined;
      faults.add(fault, fault, fault);
      expect((await untilEnded()).status).toBe('failed');
      expect(partner.standing).toEqual([]);
      expect(payments.statuses).toEqual(['cancelled']);
    },
  );

  it('cancelled while it waits for another try after the money was held costs nothing', async () => {
    faults.add({ operation: 'authorize', moment: 'after' });
    await world.deliverTo(job);
    await cancelJob(world.store.head(job.id), world);
    expect((await untilEnded()).status).toBe('cancelled');
    expect(payments.statuses).toEqual(['cancelled']);
    expect(partner.reservations.size).toBe(0);
  });

  it('whose capture is under way can no longer be cancelled, and is paid', async () => {
    faults.add({ operation: 'capture', moment: 'before' });
    await world.deliverTo(job);
    const outcome = await cancelJob(world.store.head(job.id), world);
    expect(outcome?.kind).not.toBe('cancelled');
    expect((await untilEnded()).status).toBe('completed');
    expect(payments.statuses).toEqual(['captured']);
  });

  it('whose capture fails however often is not given up', async () => {
    faults.add(...Array.from({ length: 12 }, (): Fault => ({ operation: 'capture', moment: 'before' })));
    expect(await untilEnded()).toMatchObject({ status: 'completed', attempt: 13 });
    expect(payments.statuses).toEqual(['captured']);
  });

  it('tried again after it failed pays with a new payment, under a new reference', async () => {
    partner.refuses = new PermanentError('venue_full', 'full');
    const failed = await untilEnded();
    partner.refuses = undefined;
    await redriveJob(failed, world);
    expect((await untilEnded()).status).toBe('completed');
    expect(payments.statuses).toEqual(['cancelled', 'captured']);
    expect(partner.standing).toHaveLength(1);
  });

  it('whose time has come while it waited is not made', async () => {
    world.time = Date.UTC(2026, 1, 2, 2, 30);
    world.store.place({ ...world.store.head(job.id), wait_until: world.time + 60_000 });
    expect(await untilEnded()).toMatchObject({ status: 'failed', error: { code: 'booking_date_passed' } });
    expect(payments.payments.size).toBe(0);
  });
});
