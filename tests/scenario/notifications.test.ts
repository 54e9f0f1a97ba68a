import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StoredNotification } from '../../shared/catalog/schemas/notification.ts';
import { hasEnded, jobWhen, problemOf, readJob, submit } from '../support/api-client.ts';
import { bookingRequest, withKey } from '../support/booking-scene.ts';
import { startTestCloud, type TestCloud } from '../support/local-cloud.ts';

const path = '/jobs/notification/send';
const backend = { owner: 'backend', scope: 'notifications:write' };

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startTestCloud();
});
afterAll(() => cloud.close());

const device = (id: string) => `arn:aws:sns:us-east-1:000000000000:endpoint/GCM/roadtrip-dev/${id}`;
const sentTo = (to: string) => cloud.messages.all().filter((message) => message.to === to);

function notification(recipients: readonly object[], change: object = {}) {
  return { recipients, title: 'Your stories are ready', body: 'Twelve of them.', ...change };
}

/** Quiet hours in UTC that hold now and end in about the given minutes. */
function quietNow(minutes: number) {
  const clock = (ahead: number) => new Date(Date.now() + ahead * 60_000).toISOString().slice(11, 16);
  return { start: clock(-60), end: clock(minutes), time_zone: 'Etc/UTC' };
}

async function outcomes(jobId: string) {
  const job = await jobWhen(cloud, jobId, hasEnded, backend.owner);
  expect(job.status).toBe('completed');
  return StoredNotification.parse(job.result);
}

describe('a notification', () => {
  it('reaches devices and mailboxes, each with an outcome of its own, and a bad one costs the others nothing', async () => {
    const email = (address: string) => ({ channel: 'email', address });
    const recipients = [
      { channel: 'push', endpoint: device('phone') },
      { channel: 'push', endpoint: device('refused') },
      email('ada@example.com'),
      email('suppressed@example.com'),
      email('unsubscribed@example.com'),
    ];
    const { job_id } = await submit(cloud, path, notification(recipients, { topic: 'stories' }), backend);
    const { sent, recipients: made } = await outcomes(job_id);
    expect(sent).toBe(2);
    expect(made).toMatchObject([
      { channel: 'push', status: 'sent', message_id: sentTo(device('phone'))[0]?.id },
      { channel: 'push', status: 'refused', reason: 'endpoint_disabled' },
      { channel: 'email', status: 'sent', message_id: sentTo('ada@example.com')[0]?.id },
      { channel: 'email', status: 'suppressed' },
      { channel: 'email', status: 'unsubscribed' },
    ]);
    expect(cloud.messages.all().filter(({ to }) => /suppressed|unsubscribed|refused/.test(to))).toEqual([]);
  });

  it('asks again for a recipient who was throttled, and sends nobody a second one', async () => {
    cloud.messages.trouble('throttled-once@example.com', 'throttled', 1);
    cloud.messages.trouble('lost-answer@example.com', 'unanswered', 1);
    const addresses = ['first@example.com', 'throttled-once@example.com', 'lost-answer@example.com'];
    const recipients = addresses.map((address) => ({ channel: 'email', address }));
    const { job_id } = await submit(cloud, path, notification(recipients), backend);
    const { recipients: made } = await outcomes(job_id);
    expect(made.map(({ status }) => status)).toEqual(['sent', 'sent', 'unconfirmed']);
    for (const address of addresses) expect(sentTo(address)).toHaveLength(1);
  });

  it('waits for the end of the recipient’s quiet hours, and can be cancelled until then', async () => {
    const recipients = [
      { channel: 'email', address: 'sleeper@example.com', quiet_hours: quietNow(120) },
      { channel: 'email', address: 'awake@example.com' },
    ];
    const { job_id } = await submit(cloud, path, notification(recipients), backend);
    const waiting = await jobWhen(cloud, job_id, ({ status }) => status === 'retrying', backend.owner);
    expect(waiting.error?.code).toBe('quiet_hours');
    expect(Date.parse(waiting.next_attempt_at ?? '')).toBeGreaterThan(Date.now() + 115 * 60_000);
    expect([sentTo('sleeper@example.com').length, sentTo('awake@example.com').length]).toEqual([0, 1]);
    const cancelled = await cloud.call(`/jobs/cancel/${job_id}`, { owner: backend.owner, method: 'POST' });
    expect(cancelled.status).toBe(200);
  });

  it('can be sent by no traveller’s app, and not to something that is no endpoint', async () => {
    const recipients = [{ channel: 'email', address: 'ada@example.com' }];
    expect((await cloud.call(path, { body: notification(recipients) })).status).toBe(403);
    const topic = { channel: 'push', endpoint: 'arn:aws:sns:us-east-1:000000000000:alarms' };
    const refused = await cloud.call(path, { ...backend, body: notification([topic]) });
    expect([refused.status, (await problemOf(refused)).errors?.[0]?.path]).toEqual([400, 'recipients[0].endpoint']);
  });
});

describe('a paid booking', () => {
  it('is followed by a mail to the traveller, a job of its own', async () => {
    const traveller = { name: 'Grace Example', email: 'grace@example.com' };
    const { job_id } = await submit(cloud, '/jobs/booking/process', bookingRequest({ traveller }), withKey('told'));
    const booking = await jobWhen(cloud, job_id, ({ links }) => links.notification !== undefined);
    const notice = booking.links.notification?.split('/').at(-1) ?? '';
    expect(await jobWhen(cloud, notice, hasEnded)).toMatchObject({ type: 'send_notification', status: 'completed' });
    const [mail, ...more] = sentTo(traveller.email);
    expect(more).toEqual([]);
    expect(mail?.content.subject).toBe('Your booking is confirmed');
  });

  it('stays paid when the traveller cannot be told', async () => {
    const traveller = { name: 'Grace Example', email: 'refused@example.com' };
    const { job_id } = await submit(cloud, '/jobs/booking/process', bookingRequest({ traveller }), withKey('untold'));
    const booking = await jobWhen(cloud, job_id, ({ links }) => links.notification !== undefined);
    const notice = await jobWhen(cloud, booking.links.notification?.split('/').at(-1) ?? '', hasEnded);
    expect(StoredNotification.parse(notice.result).recipients[0]?.status).toBe('refused');
    expect((await readJob(cloud, job_id)).status).toBe('completed');
  });
});
