import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StoredCancellation, StoredReservation } from '../../shared/catalog/schemas/booking.ts';
import { SubmitAnswer } from '../../shared/catalog/schemas/submit.ts';
import { hasEnded, jobWhen, problemOf, submit } from '../support/api-client.ts';
import { bookingRequest, moneyOf, withKey } from '../support/booking-scene.ts';
import { startTestCloud, type TestCloud } from '../support/local-cloud.ts';

const path = '/jobs/booking/process';
const paidOnce = { held: 0, letGo: 0, taken: 1, refunds: 0 };
const costNothing = { held: 0, letGo: 0, taken: 0, refunds: 0 };

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startTestCloud();
});
afterAll(() => cloud.close());

let keys = 0;
const newKey = () => `booking-${++keys}`;

async function book(change: object = {}, key = newKey()) {
  const { job_id } = await submit(cloud, path, bookingRequest(change), withKey(key));
  return jobWhen(cloud, job_id, hasEnded);
}

describe('a booking', () => {
  it('is reserved, paid once, and tells what the traveller shows at the venue', async () => {
    const job = await book();
    expect(job).toMatchObject({ status: 'completed', queue: 'booking' });
    const result = StoredReservation.parse(job.result);
    expect(result).toMatchObject({ venue_id: 'blue-swallow', amount: { value: 12_550, currency: 'USD' } });
    expect(result.starts_at).toMatch(/T0[12]:30:00\.000Z$/);
    expect(moneyOf(cloud, job.job_id)).toEqual(paidOnce);
  });

  it('submitted ten times at once with one key, and again when it has ended, is one job and one charge', async () => {
    const key = newKey();
    const body = bookingRequest();
    const answers = await Promise.all(Array.from({ length: 10 }, () => cloud.call(path, { ...withKey(key), body })));
    expect(answers.map(({ status }) => status).every((status) => status === 202)).toBe(true);
    const ids = await Promise.all(answers.map(async (answer) => SubmitAnswer.parse(await answer.json()).job_id));
    await jobWhen(cloud, ids[0] ?? '', hasEnded);
    const later = await submit(cloud, path, body, withKey(key));
    expect(new Set([...ids, later.job_id]).size).toBe(1);
    expect(moneyOf(cloud, later.job_id)).toEqual(paidOnce);
  });

  it('without a key is refused, and the problem names the header', async () => {
    const response = await cloud.call(path, { body: bookingRequest() });
    expect(response.status).toBe(400);
    expect(await problemOf(response)).toMatchObject({
      code: 'idempotency_key_required',
      errors: [{ path: 'Idempotency-Key' }],
    });
  });

  it('under a key that stands for another body is refused; under the same key of another traveller it is another booking', async () => {
    const key = newKey();
    const first = await submit(cloud, path, bookingRequest(), withKey(key));
    const other = await cloud.call(path, { ...withKey(key), body: bookingRequest({ party_size: 4 }) });
    expect([other.status, (await problemOf(other)).code]).toEqual([422, 'idempotency_key_reused']);
    const bobs = await submit(cloud, path, bookingRequest(), withKey(key, 'bob'));
    expect(bobs.job_id).not.toBe(first.job_id);
    await jobWhen(cloud, bobs.job_id, hasEnded, 'bob');
    await jobWhen(cloud, first.job_id, hasEnded);
    expect(moneyOf(cloud, first.job_id)).toEqual(paidOnce);
  });

  it('cannot be demoted', async () => {
    expect((await book({ priority: 1 })).queue).toBe('booking');
  });

  it.each([
    ['pm_card_visa_chargeDeclined', 'card_declined'],
    ['pm_card_visa_chargeDeclinedInsufficientFunds', 'card_funds_missing'],
    ['pm_card_chargeDeclinedExpiredCard', 'card_expired'],
    ['pm_card_authenticationRequired', 'payment_confirmation_needed'],
    ['pm_of_nobody', 'payment_method_invalid'],
  ])('paid with %s fails at once with %s, and costs nothing', async (payment_method, code) => {
    const job = await book({ payment_method });
    expect(job).toMatchObject({ status: 'failed', error: { code } });
    expect(moneyOf(cloud, job.job_id)).toEqual(costNothing);
  });

  it.each([
    ['always-full', 'venue_full'],
    ['no-such-venue', 'venue_unknown'],
  ])('at %s fails with %s, and the money held is let go of', async (venue_id, code) => {
    const job = await book({ venue_id });
    expect(job).toMatchObject({ status: 'failed', error: { code } });
    expect(moneyOf(cloud, job.job_id)).toEqual({ ...costNothing, letGo: 1 });
  });

  it.each([
    { party_size: 0 },
    { party_size: 21 },
    { local_time: '2027-02-30T19:30' },
    { local_time: '2020-07-04T19:30' },
    { local_time: '2028-03-12T02:30', time_zone: 'America/Denver' },
    { local_time: '2027-07-04T19:30Z' },
    { time_zone: 'Mars/Olympus' },
    { amount: { value: 12.5, currency: 'USD' } },
    { amount: { value: 49, currency: 'USD' } },
    { amount: { value: 1_000, currency: 'usd' } },
    { payment_method: '4242424242424242' },
    { special_requests: `a table${String.fromCharCode(0)}` },
    { special_requests: `a table${String.fromCharCode(0xffff)}` },
    { special_requests: 'x'.repeat(501) },
    { traveller: { name: 'Ada', email: 'nobody' } },
  ])('with %j is refused before anything is written', async (change) => {
    const key = newKey();
    const response = await cloud.call(path, { ...withKey(key), body: bookingRequest(change) });
    expect(response.status).toBe(400);
    const { errors = [] } = await problemOf(response);
    expect(errors.map((error) => error.path.split('.')[0])).toEqual([Object.keys(change)[0]]);
  });
});

describe('a booking whose provider fails', () => {
  const faults = [
    { operation: 'stripe.create', how: 'fail', moment: 'after' },
    { operation: 'stripe.confirm', how: 'reset', moment: 'after' },
    { operation: 'stripe.confirm', how: 'fail', moment: 'before' },
    { operation: 'stripe.confirm', how: 'fail', moment: 'after' },
    { operation: 'stripe.confirm', how: 'throttle', moment: 'before' },
    { operation: 'partner.reserve', how: 'fail', moment: 'after' },
    { operation: 'partner.reserve', how: 'reset', moment: 'before' },
    { operation: 'stripe.capture', how: 'reset', moment: 'after' },
    { operation: 'stripe.capture', how: 'fail', moment: 'after' },
    { operation: 'stripe.capture', how: 'fail', moment: 'before' },
  ] as const;

  it.each(faults)(
    'by $how in $operation, $moment it was done, is completed all the same, and paid once',
    async (fault) => {
      cloud.providers.addFault({ ...fault, times: 1 });
      const job = await book();
      expect(job.status).toBe('completed');
      // The SDK itself asks again, with the same key, when a connection is cut.
      if (fault.how !== 'reset' || fault.operation === 'partner.reserve') expect(job.attempt).toBeGreaterThan(1);
      expect(moneyOf(cloud, job.job_id)).toEqual(paidOnce);
    },
  );

  it('by never answering a capture it has made only goes forward: a cancel is refused, and it is completed', async () => {
    cloud.providers.addFault({ operation: 'stripe.capture', how: 'hang', moment: 'after', times: 1 });
    const { job_id } = await submit(cloud, path, bookingRequest(), withKey(newKey()));
    await jobWhen(cloud, job_id, ({ message }) => message === 'Paying');
    const cancel = await cloud.call(`/jobs/cancel/${job_id}`, { method: 'POST' });
    expect([cancel.status, (await problemOf(cancel)).code]).toEqual([409, 'job_beyond_recall']);
    expect((await jobWhen(cloud, job_id, hasEnded)).status).toBe('completed');
    expect(moneyOf(cloud, job_id)).toEqual(paidOnce);
  });

  it('while it is taken back is asked until it answers', async () => {
    cloud.providers.addFault({ operation: 'stripe.cancel', how: 'fail', moment: 'before', times: 2 });
    const job = await book({ venue_id: 'always-full' });
    expect(job).toMatchObject({ status: 'failed', error: { code: 'venue_full' } });
    expect(moneyOf(cloud, job.job_id)).toEqual({ ...costNothing, letGo: 1 });
  });

  it('and that is cancelled meanwhile ends cancelled, and costs nothing', async () => {
    cloud.providers.addFault({ operation: 'partner.reserve', how: 'hang', moment: 'after', times: 1 });
    const { job_id } = await submit(cloud, path, bookingRequest(), withKey(newKey()));
    await jobWhen(cloud, job_id, ({ message }) => message === 'Asking the venue');
    expect((await cloud.call(`/jobs/cancel/${job_id}`, { method: 'POST' })).status).toBe(202);
    expect((await jobWhen(cloud, job_id, hasEnded)).status).toBe('cancelled');
    expect(moneyOf(cloud, job_id)).toEqual({ ...costNothing, letGo: 1 });
  });
});

describe('the cancellation of a booking', () => {
  const cancelPath = '/jobs/booking/cancel';

  async function cancel(job_id: string, key = newKey()) {
    const accepted = await submit(cloud, cancelPath, { job_id }, withKey(key));
    return jobWhen(cloud, accepted.job_id, hasEnded);
  }

  it('gives the reservation back and refunds all of it', async () => {
    const booking = await book();
    const job = await cancel(booking.job_id);
    expect(job.status).toBe('completed');
    expect(StoredCancellation.parse(job.result)).toMatchObject({
      booking_id: booking.job_id,
      refund: 'refunded',
      refunded: { value: 12_550, currency: 'USD' },
    });
    expect(moneyOf(cloud, booking.job_id)).toEqual({ ...paidOnce, refunds: 1 });
  });

  it('by two jobs at once, and by a third one later, refunds once', async () => {
    const booking = await book();
    const jobs = await Promise.all([cancel(booking.job_id), cancel(booking.job_id)]);
    jobs.push(await cancel(booking.job_id));
    expect(jobs.map(({ status }) => status)).toEqual(['completed', 'completed', 'completed']);
    const refunds = jobs.map(({ result }) => StoredCancellation.parse(result).refund_id);
    expect(new Set(refunds).size).toBe(1);
    expect(moneyOf(cloud, booking.job_id)).toEqual({ ...paidOnce, refunds: 1 });
  });

  it('whose refund is made and not answered refunds once', async () => {
    const booking = await book();
    cloud.providers.addFault({ operation: 'stripe.refund', how: 'fail', moment: 'after', times: 1 });
    expect((await cancel(booking.job_id)).status).toBe('completed');
    expect(moneyOf(cloud, booking.job_id)).toEqual({ ...paidOnce, refunds: 1 });
  });

  it('that the venue refuses fails, and refunds nothing', async () => {
    const booking = await book({ venue_id: 'never-cancels' });
    expect(await cancel(booking.job_id)).toMatchObject({ status: 'failed', error: { code: 'cancellation_refused' } });
    expect(moneyOf(cloud, booking.job_id)).toEqual(paidOnce);
  });

  it('of a disputed payment leaves the money to the bank', async () => {
    const booking = await book({ payment_method: 'pm_card_createDispute' });
    const job = await cancel(booking.job_id);
    expect(StoredCancellation.parse(job.result).refund).toBe('disputed');
  });

  it('is refused for a booking that failed, for a job that is none, and for one of another traveller', async () => {
    const failed = await book({ venue_id: 'always-full' });
    const good = await book();
    const other = await submit(cloud, '/jobs/voice/synthesize', { text: 'Later.', delay: 600 });
    const ask = async (job_id: string, owner = 'ada') => {
      const response = await cloud.call(cancelPath, { ...withKey(newKey(), owner), body: { job_id } });
      return [response.status, (await problemOf(response)).code];
    };
    expect(await ask(failed.job_id)).toEqual([409, 'booking_not_completed']);
    expect(await ask(other.job_id)).toEqual([400, 'invalid_request']);
    expect(await ask(good.job_id, 'mallory')).toEqual([404, 'job_not_found']);
    expect(moneyOf(cloud, good.job_id)).toEqual(paidOnce);
  });
});

it('leaves the cloud without a trouble', () => {
  expect(cloud.troubles).toEqual([]);
});
