import { beforeEach, describe, expect, it } from 'vitest';
import { sendNotification } from '../../../functions/process-job/processors/send-notification.ts';
import type { JobType } from '../../../shared/catalog/job-types.ts';
import { PermanentError } from '../../../shared/domain/errors.ts';
import { isFinal, type Job } from '../../../shared/domain/job.ts';
import { viewJob } from '../../../shared/jobs/job-view.ts';
import { processMessage } from '../../../shared/jobs/process-message.ts';
import { reconcileJobs } from '../../../shared/jobs/reconcile-jobs.ts';
import { acceptedJob } from '../../support/job-builder.ts';
import { JobWorld, messageFor } from '../../support/job-world.ts';
import { FakeMessages } from '../../support/message-fakes.ts';

const traveller = { name: 'Ada Example', email: 'ada@example.com' };
const amount = { value: 12_550, currency: 'USD' };
const dinner = {
  venue_id: 'blue-swallow',
  party_size: 2,
  local_time: '2027-07-04T19:30',
  time_zone: 'America/Denver',
  amount,
};
const input = { ...dinner, payment_method: 'pm_card_visa', traveller };
const result = {
  ...dinner,
  confirmation_code: 'BS-7Q2M',
  reservation_reference: 'r1',
  starts_at: '2027-07-05T01:30:00.000Z',
  payment_id: 'pi_1',
};

let world: JobWorld;
let messages: FakeMessages;
let booking: Job;
beforeEach(() => {
  world = new JobWorld();
  messages = new FakeMessages();
  world.perform = async () => ({ result });
  booking = world.store.place(acceptedJob({ type: 'process_reservation', step: 'book', input: { inline: input } }));
});

const noticesMade = () => [...world.store.heads.values()].filter(({ type }) => type === 'send_notification');

function onlyNotice(): Job {
  const [notice] = noticesMade();
  if (!notice) throw new Error('No notification was made');
  return notice;
}

let deliveries = 0;

async function takeNotice(): Promise<Job> {
  const { push, mailer } = messages;
  const services = { push: () => push, mailer: () => mailer, collapseKeys: () => messages, now: world.now };
  const processor = sendNotification(services);
  const notice = onlyNotice();
  world.time = Math.max(world.time, notice.not_before ?? 0);
  const consumer = { ...world.consumer(), processorOf: async (_: JobType) => processor };
  deliveries += 1;
  await processMessage(messageFor(notice), { holder: `notice ${deliveries}` }, consumer);
  return onlyNotice();
}

describe('a booking that is paid', () => {
  it('is followed by a notification of its own, which tells the traveller what was booked', async () => {
    await world.deliverTo(booking);
    expect(onlyNotice()).toMatchObject({ owner: booking.owner, follows: booking.id, queue: 'notifications' });
    expect(await takeNotice()).toMatchObject({ status: 'completed' });
    expect(messages.taken).toEqual([traveller.email]);
    const [mail] = messages.asked;
    expect(mail?.body).toMatch(/blue-swallow[\s\S]*2027-07-04 19:30[\s\S]*BS-7Q2M[\s\S]*125\.50 USD/);
  });

  it('is told of whatever characters the partner puts into its code', async () => {
    world.perform = async () => ({ result: { ...result, confirmation_code: 'BS\u0000-7\nQ2M\u202e' } });
    await world.deliverTo(booking);
    expect(await takeNotice()).toMatchObject({ status: 'completed' });
    expect(messages.asked[0]?.body).toContain('Confirmation code: BS-7Q2M\n');
  });

  it('stays completed when the notification fails for good', async () => {
    const unavailable = { status: 'not_now', reason: 'unavailable' } as const;
    messages.script(traveller.email, ...Array.from({ length: 9 }, () => unavailable));
    await world.deliverTo(booking);
    const before = world.store.head(booking.id);
    for (let round = 0; round < 9 && !isFinal(onlyNotice().status); round++) await takeNotice();
    expect(onlyNotice()).toMatchObject({ status: 'failed', dead: 'notifications' });
    expect(world.store.head(booking.id)).toEqual(before);
    expect(before).toMatchObject({ status: 'completed' });
  });

  it('is notified of once, by the reconciler if whoever ended it could not', async () => {
    const { accept } = world.store;
    world.store.accept = () => Promise.reject(new Error('the table does not answer'));
    await world.deliverTo(booking);
    expect(world.store.head(booking.id)).toMatchObject({ status: 'completed', outbox: ['notify'] });
    expect(noticesMade()).toEqual([]);
    world.store.accept = accept;
    world.time += 120_000;
    await reconcileJobs({ everything: true, abandonedBefore: 0 }, world);
    await reconcileJobs({ everything: true, abandonedBefore: 0 }, world);
    expect(noticesMade()).toHaveLength(1);
    expect(world.store.head(booking.id).outbox).toBeUndefined();
  });

  it('links to its notification', async () => {
    await world.deliverTo(booking);
    const view = await viewJob(world.store.head(booking.id), { ...world, media: { link: (key) => key } });
    expect(view.links.notification).toBe(`/api/v1/jobs/status/${onlyNotice().id}`);
  });
});

it('a booking that fails notifies nobody', async () => {
  world.perform = () => Promise.reject(new PermanentError('card_declined', 'scripted'));
  await world.deliverTo(booking);
  expect(world.store.head(booking.id).status).toBe('failed');
  expect(noticesMade()).toEqual([]);
});
