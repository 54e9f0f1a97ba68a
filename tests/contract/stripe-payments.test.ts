import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../infra/local/clock.ts';
import { ProviderFaults } from '../../infra/local/providers/provider-faults.ts';
import { ProviderStore } from '../../infra/local/providers/provider-store.ts';
import { type LocalStripe, startStripe } from '../../infra/local/providers/stripe/stripe.ts';
import { stripeClients } from '../../shared/adapters/stripe/stripe-client.ts';
import { StripePayments } from '../../shared/adapters/stripe/stripe-payments.ts';
import { startScriptedHttp } from '../support/scripted-http.ts';

const amount = { value: 12_550, currency: 'USD' } as const;
let keys = 0;
const newKey = () => `key-${++keys}`;

describe('payments over the SDK, at the local provider', () => {
  const database = new DatabaseSync(':memory:');
  const faults = new ProviderFaults(database);
  let stripe: LocalStripe;
  let payments: StripePayments;
  beforeAll(async () => {
    const store = new ProviderStore(database);
    const secrets = { secretKey: 'sk_test_right', webhookSecret: 'whsec_1' };
    stripe = await startStripe({ ...secrets, store, faults, clock: systemClock, log: () => {} });
    payments = new StripePayments(stripeClients(stripe.url, async () => 'sk_test_right'));
  });
  afterAll(() => stripe.close());

  const open = (key = newKey()) => payments.open({ jobId: '01JDHV7Q5W6T1PQ8Z3N4K5M6R7', amount }, key);
  async function held() {
    const id = await open();
    await payments.authorize(id, 'pm_card_visa', newKey());
    return id;
  }

  it('go from open over held to captured, and know their job', async () => {
    const id = await open();
    expect(await payments.find(id)).toEqual({ id, jobId: '01JDHV7Q5W6T1PQ8Z3N4K5M6R7', status: 'open', amount });
    await payments.authorize(id, 'pm_card_visa', newKey());
    expect((await payments.find(id)).status).toBe('held');
    await payments.capture(id, newKey());
    expect((await payments.find(id)).status).toBe('captured');
  });

  it('opened twice with one key are one', async () => {
    const key = newKey();
    expect(await open(key)).toBe(await open(key));
  });

  it('may be authorised, captured and cancelled again, with any key', async () => {
    const id = await held();
    await payments.authorize(id, 'pm_card_visa', newKey());
    await payments.capture(id, newKey());
    await payments.capture(id, newKey());
    const other = await held();
    await payments.cancel(other, newKey());
    await payments.cancel(other, newKey());
    expect(stripe.objects.charges().filter(({ payment_intent }) => payment_intent === id)).toHaveLength(1);
  });

  it('that were cancelled cannot be captured', async () => {
    const id = await held();
    await payments.cancel(id, newKey());
    await expect(payments.capture(id, newKey())).rejects.toMatchObject({ retry: 'never', code: 'payment_expired' });
  });

  it('are refunded once, and the refund is found', async () => {
    const id = await held();
    await payments.capture(id, newKey());
    expect(await payments.findRefund(id)).toBeUndefined();
    const refund = await payments.refund(id, newKey());
    expect(refund).toMatchObject({ status: 'refunded', amount });
    expect(await payments.refund(id, newKey())).toEqual(refund);
    expect(await payments.findRefund(id)).toEqual(refund);
  });

  it('are not stuck with a key under which the provider once failed', async () => {
    const [id, key] = [await held(), newKey()];
    faults.add({ operation: 'stripe.capture', how: 'fail', times: 1 });
    await expect(payments.capture(id, key)).rejects.toMatchObject({ retry: 'later', code: 'payment_unavailable' });
    await payments.capture(id, key);
    expect((await payments.find(id)).status).toBe('captured');
  });

  it('are not told apart by the key alone: another request under it is refused', async () => {
    const key = newKey();
    await open(key);
    const other = payments.open({ jobId: 'another', amount }, key);
    await expect(other).rejects.toMatchObject({ retry: 'never', code: 'payment_misconfigured' });
  });

  it('with a wrong key wait until it is put right', async () => {
    let key = 'sk_test_wrong';
    const rolled = new StripePayments(stripeClients(stripe.url, async () => key));
    await expect(rolled.find('pi_1')).rejects.toMatchObject({ retry: 'later', code: 'payment_misconfigured' });
    key = 'sk_test_right';
    await expect(rolled.find('pi_1')).rejects.toMatchObject({ retry: 'never' });
  });
});

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
