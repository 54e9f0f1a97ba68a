import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { basePath, routes } from '../../shared/catalog/routes.ts';
import { StoredReservation } from '../../shared/catalog/schemas/booking.ts';
import { hasEnded, type JobDocument, jobWhen, problemOf, submit } from '../support/api-client.ts';
import { bookingRequest, signedEvent, withKey } from '../support/booking-scene.ts';
import { startTestCloud, type TestCloud } from '../support/local-cloud.ts';
import { loggedLines } from '../support/start-command.ts';

let cloud: TestCloud;
let booking: JobDocument;
let paymentId: string;
beforeAll(async () => {
  cloud = await startTestCloud();
  const { job_id } = await submit(cloud, '/jobs/booking/process', bookingRequest(), withKey('booking'));
  booking = await jobWhen(cloud, job_id, hasEnded);
  paymentId = StoredReservation.parse(booking.result).payment_id;
});
afterAll(() => cloud.close());

const event = (id: string, type: string, object: object = { object: 'payment_intent', id: paymentId }) => ({
  id,
  object: 'event',
  type,
  data: { object },
});

function post({ body, headers }: ReturnType<typeof signedEvent>): Promise<Response> {
  return fetch(`${cloud.apiUrl}${basePath}${routes.receive_stripe_event.path}`, { method: 'POST', body, headers });
}

const linesAbout = (id: string) => loggedLines(cloud.dataFolder).filter(({ event_id }) => event_id === id);

async function linesOnceLogged(matches: (line: Record<string, unknown>) => boolean) {
  for (;;) {
    const found = loggedLines(cloud.dataFolder).filter(matches);
    if (found.length > 0) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe('an event of the payment provider', () => {
  it('comes for each step of a booking, and fits its record', async () => {
    const paid = ({ event_type, payment_id }: Record<string, unknown>) =>
      event_type === 'payment_intent.succeeded' && payment_id === paymentId;
    expect((await linesOnceLogged(paid)).map(({ message }) => message)).toEqual(['payment_event_heeded']);
  });

  it('that is old news when it comes changes nothing: the provider is asked what is so now', async () => {
    const late = await post(signedEvent(cloud, event('evt_late', 'payment_intent.payment_failed')));
    expect([late.status, await late.json()]).toEqual([200, { received: true }]);
    expect(linesAbout('evt_late').map(({ message }) => message)).toEqual(['payment_event_heeded']);
    // Its links grow by what is told of it, which may come after its end.
    expect(await jobWhen(cloud, booking.job_id, hasEnded)).toEqual({
      ...booking,
      result: expect.anything(),
      links: expect.anything(),
    });
  });

  it('sent three times at once, and again later, is looked into once', async () => {
    const signed = signedEvent(cloud, event('evt_thrice', 'payment_intent.succeeded'));
    const answers = await Promise.all([post(signed), post(signed), post(signed)]);
    for (const { status } of answers) expect([200, 409]).toContain(status);
    expect((await post(signed)).status).toBe(200);
    expect(linesAbout('evt_thrice')).toHaveLength(1);
  });

  it('of a dispute is told to operators', async () => {
    const dispute = { object: 'dispute', id: 'dp_1', payment_intent: paymentId };
    expect((await post(signedEvent(cloud, event('evt_dispute', 'charge.dispute.created', dispute)))).status).toBe(200);
    expect(linesAbout('evt_dispute').map(({ message }) => message)).toEqual(['payment_disputed']);
  });

  it('about a payment that is not known, or about nothing of ours, is taken and left alone', async () => {
    const unknown = event('evt_unknown', 'payment_intent.succeeded', { object: 'payment_intent', id: 'pi_nobody' });
    expect((await post(signedEvent(cloud, unknown))).status).toBe(200);
    const other = event('evt_other', 'customer.created', { object: 'customer', id: 'cus_1' });
    expect((await post(signedEvent(cloud, other))).status).toBe(200);
    expect(linesAbout('evt_unknown').map(({ message }) => message)).toEqual(['payment_event_ignored']);
  });

  it('whose look fails is not taken, and may come again', async () => {
    cloud.providers.addFault({ operation: 'stripe.retrieve', how: 'fail', times: 1 });
    const signed = signedEvent(cloud, event('evt_again', 'payment_intent.succeeded'));
    expect((await post(signed)).status).toBe(500);
    expect(linesAbout('evt_again')).toEqual([]);
  });

  it('that is not signed, signed for another body, or long ago, is refused', async () => {
    const good = signedEvent(cloud, event('evt_forged', 'payment_intent.succeeded'));
    const refusals = [
      await post({ ...good, headers: { ...good.headers, 'stripe-signature': '' } }),
      await post({ ...good, headers: { ...good.headers, 'stripe-signature': 't=1,v1=00' } }),
      await post({ ...good, body: JSON.stringify(JSON.parse(good.body), null, 1) }),
      await post(signedEvent(cloud, event('evt_forged', 'payment_intent.succeeded'), Date.now() - 301_000)),
    ];
    expect(refusals.map(({ status }) => status)).toEqual([400, 400, 400, 400]);
    for (const refusal of refusals) expect((await problemOf(refusal)).code).toBe('signature_invalid');
    expect(linesAbout('evt_forged')).toEqual([]);
  });
});
