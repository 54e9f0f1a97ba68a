import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { HoldPoint } from '../../infra/local/faults/fault-kit.ts';
import { loseAnswer } from '../../infra/local/faults/faults.ts';
import { deliverTwice } from '../../infra/local/faults/sqs-faults.ts';
import { submit } from '../support/api-client.ts';
import { bookingRequest, moneyOf, reservationsOf, withKey } from '../support/booking-scene.ts';
import { endsOf, recovered, untilEnded, workerPoints } from '../support/chaos-jobs.ts';
import { type FaultyCloud, startFaultyCloud } from '../support/faulty-cloud.ts';

let cloud: FaultyCloud;
beforeAll(async () => {
  cloud = await startFaultyCloud();
});
afterEach(() => cloud.faults.clear());
afterAll(() => cloud.close());

const paidOnce = { held: 0, letGo: 0, taken: 1, refunds: 0 };
const costNothing = { held: 0, letGo: 0, taken: 0, refunds: 0 };
const letGo = { ...costNothing, letGo: 1 };
const refunded = { ...paidOnce, refunds: 1 };

let keys = 0;

async function book(change: object = {}): Promise<string> {
  keys += 1;
  const { job_id } = await submit(cloud, '/jobs/booking/process', bookingRequest(change), withKey(`chaos-${keys}`));
  return job_id;
}

async function cancelBooking(job_id: string): Promise<string> {
  keys += 1;
  return (await submit(cloud, '/jobs/booking/cancel', { job_id }, withKey(`chaos-${keys}`))).job_id;
}

const write = { service: 'dynamodb', operation: 'UpdateItem', by: 'process-booking' } as const;

/** The write that puts an act on the record, before it is done. What came of the act before goes with it. */
function beginning(act: string, side: HoldPoint['side']): HoldPoint {
  return { ...write, about: new RegExp(`"${act}":\\{"M":\\{"state":\\{"S":"begun"\\}`), side };
}

describe('F02, F08: a booking whose worker is killed', () => {
  it.each([
    ['before its claim', { ...workerPoints['before its claim'], by: 'process-booking' }, 1],
    ['after its claim', { ...workerPoints['after its claim'], by: 'process-booking' }, 2],
    ['before the payment is opened', beginning('prepare', 'after'), 2],
    ['after the payment was opened', beginning('authorize', 'before'), 2],
    ['before the money is held', beginning('authorize', 'after'), 2],
    ['after the money was held', beginning('reserve', 'before'), 2],
    ['before the venue is asked', beginning('reserve', 'after'), 2],
    ['after the venue has reserved', beginning('capture', 'before'), 2],
    ['before the money is taken', beginning('capture', 'after'), 2],
    ['after the money was taken', { ...workerPoints['before its last write'], by: 'process-booking' }, 2],
    ['after its last write', { ...workerPoints['after its last write'], by: 'process-booking' }, 1],
  ] as const)('%s is completed, and paid once', async (_, point, attempts) => {
    const held = cloud.faults.hold(point);
    const id = await book();
    await (await held).kill();
    expect(await recovered(cloud, id)).toMatchObject({ status: 'completed', attempt: attempts });
    expect(await endsOf(cloud, id)).toEqual(['completed']);
    expect(moneyOf(cloud, id)).toEqual(paidOnce);
    expect(reservationsOf(cloud, id)).toEqual(['confirmed']);
  });

  it.each([
    ['before the reservation is taken back', { ...write, about: /"S":"undo"/, side: 'after' }],
    [
      'between the reservation and the money',
      { ...write, about: /"reserve":\{"M":\{"state":\{"S":"taken_back"/, side: 'after' },
    ],
    ['before it ends cancelled', { ...write, about: /"S":"cancelled"/, side: 'before' }],
  ] as const)('%s, while it is undone, leaves nothing behind', async (_, point) => {
    const reserved = cloud.faults.hold(beginning('capture', 'before'));
    const id = await book();
    const { release } = await reserved;
    expect((await cloud.call(`/jobs/cancel/${id}`, { method: 'POST' })).status).toBe(202);
    const undoing = cloud.faults.hold(point);
    release();
    await (await undoing).kill();
    expect(await recovered(cloud, id)).toMatchObject({ status: 'cancelled' });
    expect(await endsOf(cloud, id)).toEqual(['cancelled']);
    expect(moneyOf(cloud, id)).toEqual(letGo);
    expect(reservationsOf(cloud, id)).toEqual(['cancelled']);
  });
});

describe('F02, F08: a cancellation whose worker is killed', () => {
  it.each([
    ['after the venue was told', beginning('refund', 'before')],
    ['before the refund', beginning('refund', 'after')],
    ['after the refund', { ...workerPoints['before its last write'], by: 'process-booking' }],
  ] as const)('%s refunds once', async (_, point) => {
    const booking = await book();
    await untilEnded(cloud, booking);
    const held = cloud.faults.hold(point);
    const id = await cancelBooking(booking);
    await (await held).kill();
    expect(await recovered(cloud, id)).toMatchObject({ status: 'completed', attempt: 2 });
    expect(moneyOf(cloud, booking)).toEqual(refunded);
    expect(reservationsOf(cloud, booking)).toEqual(['cancelled']);
  });
});

describe('F06: a cancel of a booking while its worker is held', () => {
  it.each([
    ['before its claim', { ...workerPoints['before its claim'], by: 'process-booking' }, 200, 'cancelled', costNothing],
    ['before the money is held', beginning('authorize', 'after'), 202, 'cancelled', undefined],
    ['after the money was held', beginning('reserve', 'before'), 202, 'cancelled', letGo],
    ['after the venue has reserved', beginning('capture', 'before'), 202, 'cancelled', letGo],
    ['before the money is taken', beginning('capture', 'after'), 409, 'completed', paidOnce],
    [
      'after its last write',
      { ...workerPoints['after its last write'], by: 'process-booking' },
      409,
      'completed',
      paidOnce,
    ],
  ] as const)('%s is answered as it then ends, and as it is paid', async (_, point, answer, end, money) => {
    const held = cloud.faults.hold(point);
    const id = await book();
    const { release } = await held;
    expect((await cloud.call(`/jobs/cancel/${id}`, { method: 'POST' })).status).toBe(answer);
    release();
    expect(await untilEnded(cloud, id)).toMatchObject({ status: end });
    expect(await endsOf(cloud, id)).toEqual([end]);
    const { held: stillHeld, taken } = moneyOf(cloud, id);
    expect([stillHeld, taken]).toEqual([0, end === 'completed' ? 1 : 0]);
    if (money) expect(moneyOf(cloud, id)).toEqual(money);
  });
});

describe('F01, F02: a booking', () => {
  it('whose messages all come twice, at once and later, is paid once', async () => {
    cloud.faults.inject({ service: 'sqs', operation: 'SendMessage', fault: deliverTwice() });
    cloud.faults.inject({ service: 'sqs', operation: 'SendMessage', fault: deliverTwice(1) });
    cloud.providers.addFault({ operation: 'stripe.confirm', how: 'fail', moment: 'after', times: 1 });
    const id = await book();
    expect(await untilEnded(cloud, id)).toMatchObject({ status: 'completed', attempt: 2 });
    expect(await endsOf(cloud, id)).toEqual(['completed']);
    expect(moneyOf(cloud, id)).toEqual(paidOnce);
  });

  it.each(['prepare', 'authorize', 'reserve', 'capture'])(
    'whose worker never hears that it may %s does so once',
    async (act) => {
      cloud.faults.inject({ ...beginning(act, 'after'), times: 1, fault: loseAnswer() });
      const id = await book();
      expect(await untilEnded(cloud, id)).toMatchObject({ status: 'completed' });
      expect(moneyOf(cloud, id)).toEqual(paidOnce);
    },
  );
});
