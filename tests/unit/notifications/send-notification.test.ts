import { beforeEach, describe, expect, it } from 'vitest';
import { sendNotification } from '../../../functions/process-job/processors/send-notification.ts';
import { SendNotificationInput, StoredNotification } from '../../../shared/catalog/schemas/notification.ts';
import { isFinal, type Job } from '../../../shared/domain/job.ts';
import { acceptedJob, newId } from '../../support/job-builder.ts';
import { JobWorld } from '../../support/job-world.ts';
import { FakeMessages } from '../../support/message-fakes.ts';

const addresses = ['a@example.com', 'b@example.com', 'c@example.com', 'd@example.com', 'e@example.com'] as const;
const everyone = addresses.map((address) => ({ channel: 'email', address }));
const [a, b, c] = addresses;

/** It is 03:00 in Denver then. */
const night = Date.parse('2026-07-04T09:00:00Z');
const morning = Date.parse('2026-07-04T13:00:00Z');
const quiet_hours = { start: '22:00', end: '07:00', time_zone: 'America/Denver' };

let world: JobWorld;
let messages: FakeMessages;
beforeEach(() => {
  world = new JobWorld();
  messages = new FakeMessages();
  const { push, mailer } = messages;
  const services = { push: () => push, mailer: () => mailer, collapseKeys: () => messages, now: world.now };
  const processor = sendNotification(services);
  world.perform = (context, step) => processor.run(step, context);
});

function notification(change: object = {}, fields: Partial<Job> = {}): Job {
  const input = SendNotificationInput.parse({ recipients: everyone, title: 'Hello', body: 'Ready.', ...change });
  const limits = { wait_until: world.time + 3_600_000 };
  const named = { type: 'send_notification', queue: 'notifications', step: 'send' } as const;
  return world.store.place(acceptedJob({ ...named, ...limits, input: { inline: input }, ...fields }));
}

async function attempt(job: Job): Promise<Job> {
  world.time = Math.max(world.time, world.store.head(job.id).not_before ?? 0);
  await world.deliverTo(job);
  return world.store.head(job.id);
}

async function untilEnded(job: Job): Promise<Job> {
  for (let round = 0; round < 30 && !isFinal(world.store.head(job.id).status); round++) await attempt(job);
  return world.store.head(job.id);
}

function outcomesOf({ result }: Job) {
  const { recipients } = StoredNotification.parse(result && 'inline' in result ? result.inline : undefined);
  return recipients.map(({ status, reason }) => (reason === undefined ? status : `${status}: ${reason}`));
}

const throttled = { status: 'not_now', reason: 'throttled' } as const;
const unavailable = { status: 'not_now', reason: 'unavailable' } as const;

describe('a notification', () => {
  it('reaches every recipient once, and says by which id', async () => {
    const done = await untilEnded(notification());
    expect(messages.taken).toEqual(addresses);
    expect(done).toMatchObject({ status: 'completed', attempt: 1 });
    expect(outcomesOf(done)).toEqual(addresses.map(() => 'sent'));
  });

  it('asks again for the one that was not taken, and for nobody else', async () => {
    messages.script(c, unavailable, throttled);
    const done = await untilEnded(notification());
    expect(messages.taken).toEqual([a, b, 'd@example.com', 'e@example.com', c]);
    expect(done).toMatchObject({ status: 'completed', attempt: 3 });
    expect(outcomesOf(done)).toEqual(addresses.map(() => 'sent'));
  });

  it('takes a refusal of one recipient for that recipient’s outcome, and asks no more', async () => {
    messages.script(b, { status: 'refused', reason: 'address_refused' });
    messages.script(c, { status: 'suppressed' });
    const done = await untilEnded(notification());
    expect(done.attempt).toBe(1);
    expect(outcomesOf(done)).toEqual(['sent', 'refused: address_refused', 'suppressed', 'sent', 'sent']);
  });

  it('never sends a second time what was handed over when its worker died, and calls it unconfirmed', async () => {
    messages.script(b, 'dies');
    const done = await untilEnded(notification());
    expect(messages.taken.toSorted()).toEqual(addresses);
    expect(outcomesOf(done)).toEqual(['sent', 'unconfirmed', 'sent', 'sent', 'sent']);
  });

  it('completes with the others when a service never takes the one', async () => {
    messages.script(c, ...Array.from({ length: 20 }, () => unavailable));
    const done = await untilEnded(notification());
    expect(done).toMatchObject({ status: 'completed', attempt: 5 });
    expect(outcomesOf(done)[2]).toBe('failed: unavailable');
    expect(messages.taken).toHaveLength(4);
  });

  it('fails, where an operator sees it, when nobody could be asked', async () => {
    for (const address of addresses) messages.script(address, ...Array.from({ length: 20 }, () => unavailable));
    const done = await untilEnded(notification());
    expect(done).toMatchObject({
      status: 'failed',
      error: { code: 'notification_unavailable' },
      dead: 'notifications',
    });
  });

  it('says what a mail can be unsubscribed from, and gives a push its data', async () => {
    const endpoint = 'arn:aws:sns:us-east-1:123456789012:endpoint/GCM/roadtrip/5f0c';
    const recipients = [{ channel: 'push', endpoint }, ...everyone.slice(0, 1)];
    await untilEnded(notification({ recipients, topic: 'stories', data: { job: '1' }, collapse_key: 'k' }));
    expect(messages.asked).toEqual([
      { endpoint, title: 'Hello', body: 'Ready.', data: { job: '1' }, collapseKey: 'k' },
      { address: a, subject: 'Hello', body: 'Ready.', topic: 'stories' },
    ]);
  });
});

describe('quiet hours', () => {
  const recipients = [{ ...everyone[0], quiet_hours }, everyone[1]];
  beforeEach(() => {
    world.time = night;
  });

  it('hold back the recipient whose they are, until they end, and nobody else', async () => {
    const job = notification({ recipients });
    const waiting = await attempt(job);
    expect(messages.taken).toEqual([b]);
    expect(waiting).toMatchObject({
      status: 'retrying',
      not_before: morning,
      failures: 0,
      error: { code: 'quiet_hours' },
    });
    expect(waiting.wait_until).toBeGreaterThan(morning);
    expect(outcomesOf(await untilEnded(job))).toEqual(['sent', 'sent']);
    expect(messages.taken).toEqual([b, a]);
  });

  it('do not hold what is urgent', async () => {
    expect(outcomesOf(await untilEnded(notification({ recipients, urgent: true })))).toEqual(['sent', 'sent']);
    expect(world.time).toBe(night);
  });

  it('that end after the deadline of the job are the recipient’s outcome', async () => {
    const done = await untilEnded(notification({ recipients }, { deadline: morning - 1 }));
    expect(outcomesOf(done)).toEqual(['quiet', 'sent']);
    expect(messages.taken).toEqual([b]);
  });

  it('do not change what came of a recipient before they began', async () => {
    world.time = Date.parse('2026-07-04T03:59:59Z');
    messages.script(b, unavailable);
    const job = notification({ recipients });
    await attempt(job);
    world.time = Date.parse('2026-07-04T04:00:30Z');
    expect(outcomesOf(await attempt(job))).toEqual(['sent', 'sent']);
    expect(messages.taken).toEqual([a, b]);
  });
});

describe('a collapse key', () => {
  it('lets only the newest of the notifications that wait for the morning be sent', async () => {
    const input = { recipients: [{ ...everyone[0], quiet_hours }], collapse_key: 'ready' };
    world.time = night;
    const [older, newer] = [newId(), newId()].toSorted().map((id) => notification(input, { id }));
    if (!older || !newer) throw new Error('two were made');
    await attempt(older);
    await attempt(newer);
    expect(outcomesOf(await untilEnded(older))).toEqual(['replaced']);
    expect(outcomesOf(await untilEnded(newer))).toEqual(['sent']);
    expect(messages.taken).toEqual([a]);
  });

  it('means nothing to another owner', async () => {
    const input = { recipients: everyone.slice(0, 1), collapse_key: 'ready' };
    const ids = [newId(), newId()].toSorted();
    await untilEnded(notification(input, { id: ids[1] ?? '', owner: 'bob' }));
    expect(outcomesOf(await untilEnded(notification(input, { id: ids[0] ?? '' })))).toEqual(['sent']);
  });
});
