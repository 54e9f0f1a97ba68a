import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../infra/local/clock.ts';
import { ProviderFaults } from '../../infra/local/providers/provider-faults.ts';
import { ProviderStore } from '../../infra/local/providers/provider-store.ts';
import { startStripe } from '../../infra/local/providers/stripe/stripe.ts';
import { stripeClients } from '../../shared/adapters/stripe/stripe-client.ts';
import { StripePayments } from '../../shared/adapters/stripe/stripe-payments.ts';
import type { PaymentProvider } from '../../shared/domain/booking.ts';
import { FakePayments, Faults } from '../support/booking-fakes.ts';
import { startScriptedHttp } from '../support/scripted-http.ts';

const amount = { value: 12_550, currency: 'USD' } as const;
let keys = 0;
const newKey = () => `key-${++keys}`;

/** What every payment provider promises (shared/domain/booking.ts), whatever it is made of. */
function describePayments(
  name: string,
  start: () => Promise<{ payments: PaymentProvider; close(): Promise<void> }>,
): void {
  describe(name, () => {
    let payments: PaymentProvider;
    let close: () => Promise<void>;
    beforeAll(async () => {
      ({ payments, close } = await start());
    });
    afterAll(() => close());

    const jobId = '01JDHV7Q5W6T1PQ8Z3N4K5M6R7';
    const open = (key = newKey()) => payments.open({ jobId, amount }, key);
    async function held() {
      const id = await open();
      await payments.authorize(id, 'pm_card_visa', newKey());
      return id;
    }
    async function captured() {
      const id = await held();
      await payments.capture(id, newKey());
      return id;
    }

    it('go from open over held to captured, and know their job', async () => {
      const id = await open();
      expect(await payments.find(id)).toEqual({ id, jobId, status: 'open', amount });
      await payments.authorize(id, 'pm_card_visa', newKey());
      expect((await payments.find(id)).status).toBe('held');
      await payments.capture(id, newKey());
      expect((await payments.find(id)).status).toBe('captured');
    });

    it('opened twice with one key are one', async () => {
      const key = newKey();
      expect(await open(key)).toBe(await open(key));
    });

    it('are not told apart by the key alone: another request under it is refused', async () => {
      const key = newKey();
      await open(key);
      const other = payments.open({ jobId: 'another', amount }, key);
      await expect(other).rejects.toMatchObject({ retry: 'never', code: 'payment_misconfigured' });
    });

    it('may be authorised, captured and cancelled again, with any key', async () => {
      const id = await held();
      await payments.authorize(id, 'pm_card_visa', newKey());
      for (let times = 0; times < 2; times++) await payments.capture(id, newKey());
      await payments.authorize(id, 'pm_card_visa', newKey());
      expect((await payments.find(id)).status).toBe('captured');
      const other = await held();
      for (let times = 0; times < 2; times++) await payments.cancel(other, newKey());
      expect((await payments.find(other)).status).toBe('cancelled');
    });

    it('that were cancelled cannot be authorised or captured', async () => {
      const id = await held();
      await payments.cancel(id, newKey());
      const expired = { retry: 'never', code: 'payment_expired' };
      await expect(payments.authorize(id, 'pm_card_visa', newKey())).rejects.toMatchObject(expired);
      await expect(payments.capture(id, newKey())).rejects.toMatchObject(expired);
    });

    it('whose money is taken cannot be cancelled', async () => {
      const id = await captured();
      await expect(payments.cancel(id, newKey())).rejects.toMatchObject({ code: 'payment_unavailable' });
      expect((await payments.find(id)).status).toBe('captured');
    });

    it('are refunded once, and the refund is found', async () => {
      const id = await captured();
      expect(await payments.findRefund(id)).toBeUndefined();
      const refund = await payments.refund(id, newKey());
      expect(refund).toMatchObject({ status: 'refunded', amount });
      expect(await payments.refund(id, newKey())).toEqual(refund);
      expect(await payments.findRefund(id)).toEqual(refund);
    });

    it('that nobody has opened are not found', async () => {
      await expect(payments.find('pi_nobody')).rejects.toMatchObject({ retry: 'never', code: 'payment_misconfigured' });
    });
  });
}

describePayments('payments in memory', async () => ({
  payments: new FakePayments(new Faults()),
  close: async () => {},
}));

describePayments('payments over the SDK, at the local provider', async () => {
  const { stripe, payments } = await startPayments();
  return { payments, close: () => stripe.close() };
});

describe('payments at the local provider', () => {
  let local: Awaited<ReturnType<typeof startPayments>>;
  beforeAll(async () => {
    local = await startPayments();
  });
  afterAll(() => local.stripe.close());

  async function held() {
    const id = await local.payments.open({ jobId: 'a job', amount }, newKey());
    await local.payments.authorize(id, 'pm_card_visa', newKey());
    return id;
  }

  it('are one charge, however often they are captured', async () => {
    const id = await held();
    for (let times = 0; times < 2; times++) await local.payments.capture(id, newKey());
    const charges = local.stripe.objects.charges();
    expect(charges.filter(({ payment_intent }) => payment_intent === id)).toHaveLength(1);
  });

  it('are not stuck with a key under which the provider once failed', async () => {
    const [id, key] = [await held(), newKey()];
    local.faults.add({ operation: 'stripe.capture', how: 'fail', times: 1 });
    const failed = local.payments.capture(id, key);
    await expect(failed).rejects.toMatchObject({ retry: 'later', code: 'payment_unavailable' });
    await local.payments.capture(id, key);
    expect((await local.payments.find(id)).status).toBe('captured');
  });

  it('with a wrong key wait until it is put right', async () => {
    let key = 'sk_test_wrong';
    const rolled = new StripePayments(stripeClients(local.stripe.url, async () => key));
    await expect(rolled.find('pi_1')).rejects.toMatchObject({ retry: 'later', code: 'payment_misconfigured' });
    key = 'sk_test_right';
    await expect(rolled.find('pi_1')).rejects.toMatchObject({ retry: 'never' });
  });
});

async function startPayments() {
  const database = new DatabaseSync(':memory:');
  const faults = new ProviderFaults(database);
  const store = new ProviderStore(database);
  const secrets = { secretKey: 'sk_test_right', webhookSecret: 'whsec_1' };
  const stripe = await startStripe({ ...secrets, store, faults, clock: systemClock, log: () => {} });
  return { stripe, faults, payments: new StripePayments(stripeClients(stripe.url, async () => 'sk_test_right')) };
}

describe('what Stripe answers', () => {
  let server: Awaited<ReturnType<typeof startScriptedHttp>>;
  beforeEach(async () => {
    server = await startScriptedHttp();
    return () => server.close();
  });
  const authorize = (key = 'job:authorize:1') =>
    new StripePayments(stripeClients(server.url, async () => 'sk_test_1')).authorize('pi_1', 'pm_card_visa', key);

  const declined = (code: string, decline_code?: string) => ({
    status: 402,
    body: { error: { type: 'card_error', code, decline_code, message: 'Declined by the secret bank' } },
  });
  const refused = (status: number, error: object) => ({
    status,
    body: { error: { type: 'invalid_request_error', ...error } },
  });

  it.each([
    [declined('card_declined', 'generic_decline'), 'never', 'card_declined'],
    [declined('card_declined', 'stolen_card'), 'never', 'card_declined'],
    [declined('card_declined', 'insufficient_funds'), 'never', 'card_funds_missing'],
    [declined('expired_card'), 'never', 'card_expired'],
    [declined('authentication_required'), 'never', 'payment_confirmation_needed'],
    [refused(400, { code: 'resource_missing', param: 'payment_method' }), 'never', 'payment_method_invalid'],
    [refused(400, { code: 'parameter_unknown', param: 'x' }), 'never', 'payment_misconfigured'],
    [refused(401, {}), 'later', 'payment_misconfigured'],
    [refused(403, {}), 'later', 'payment_misconfigured'],
    [refused(409, { code: 'idempotency_key_in_use' }), 'later', 'payment_unavailable'],
    [refused(429, { code: 'rate_limit' }), 'throttled', 'throttled'],
    [refused(429, { code: 'lock_timeout' }), 'throttled', 'throttled'],
    [{ status: 500, body: { error: { type: 'api_error' } } }, 'later', 'payment_unavailable'],
    [{ status: 503, body: 'Service Unavailable' }, 'later', 'payment_unavailable'],
    [{ status: 200, body: 'not json' }, 'later', 'payment_unavailable'],
    [{ status: 200, body: { id: 'pi_1', status: 'processing' } }, 'later', 'payment_unavailable'],
  ] as const)('as %j is %s, %s', async (answer, retry, code) => {
    server.answer = () => answer;
    const error: unknown = await authorize().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ retry, code });
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain('secret bank');
    expect(server.seen).toHaveLength(1);
  });

  it('to a call is under the job’s key, in the version of the SDK, and nothing of us is told beside', async () => {
    server.answer = () => ({ status: 200, body: { id: 'pi_1', status: 'requires_capture' } });
    await authorize();
    await authorize();
    const [first, second] = server.seen;
    expect(first?.headers).toMatchObject({ 'idempotency-key': 'job:authorize:1', authorization: 'Bearer sk_test_1' });
    expect(first?.body).toBe('payment_method=pm_card_visa&off_session=true&error_on_requires_action=true');
    expect(second?.headers).not.toHaveProperty('x-stripe-client-telemetry');
  });
});
