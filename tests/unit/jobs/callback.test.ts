import { Webhook } from 'standardwebhooks';
import { beforeEach, describe, expect, it } from 'vitest';
import { deliverWebhook } from '../../../functions/process-job/processors/deliver-webhook.ts';
import type { JobType } from '../../../shared/catalog/job-types.ts';
import { deliveryRetrySeconds } from '../../../shared/catalog/webhooks.ts';
import { PermanentError } from '../../../shared/domain/errors.ts';
import type { Job } from '../../../shared/domain/job.ts';
import type { WebhookAnswer, WebhookRequest } from '../../../shared/domain/webhook.ts';
import { cancelJob } from '../../../shared/jobs/cancel-job.ts';
import { followerId } from '../../../shared/jobs/follower-id.ts';
import { viewJob } from '../../../shared/jobs/job-view.ts';
import { processMessage } from '../../../shared/jobs/process-message.ts';
import { reconcileJobs } from '../../../shared/jobs/reconcile-jobs.ts';
import { redriveJob } from '../../../shared/jobs/redrive-job.ts';
import { type Submit, submitJob } from '../../../shared/jobs/submit-job.ts';
import { webhookSecret } from '../../../shared/jobs/webhook-signature.ts';
import { newId } from '../../support/job-builder.ts';
import { JobWorld, messageFor } from '../../support/job-world.ts';

const url = 'https://hooks.example.com/jobs';
const media = { link: (key: string) => `https://media.example/${key}` };

/** The service in memory, a receiver that answers as the test says, and what it was sent. */
let world: JobWorld;
let answers: (WebhookAnswer | Error)[];
let received: WebhookRequest[];
let master: string;
beforeEach(() => {
  world = new JobWorld();
  answers = [];
  received = [];
  master = 'master';
});

const answered = (status: number, retryAfterSeconds?: number): WebhookAnswer => ({
  kind: 'answered',
  status,
  ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
});

const deliver = deliverWebhook({
  webhooks: () => ({
    async send(request) {
      received.push(request);
      const answer = answers.shift() ?? answered(204);
      if (answer instanceof Error) throw answer;
      return answer;
    },
  }),
  secrets: () => ({ read: async () => master }),
  now: () => world.time,
});

let deliveries = 0;

/** Has a consumer take the message of the job's current visit. */
async function take(job: Job | undefined): Promise<void> {
  if (!job) throw new Error('There is no such job');
  const consumer = world.consumer();
  const processorOf = async (type: JobType) => (type === 'deliver_webhook' ? deliver : consumer.processorOf(type));
  deliveries += 1;
  await processMessage(messageFor(job), { holder: `delivery ${deliveries}` }, { ...consumer, processorOf });
}

async function submitted(fields: Partial<Submit> = {}): Promise<Job> {
  const id = newId();
  const submit = { id, type: 'probe', owner: 'ada', input: {}, options: { callbackUrl: url }, ...fields } as const;
  await submitJob(submit, world);
  return world.store.head(id);
}

const deliveryOf = (job: Job): Job | undefined =>
  world.store.heads.get(followerId(world.store.head(job.id), 'callback'));

/** A job that has ended, and its delivery. */
async function ended(): Promise<{ readonly job: Job; readonly delivery: Job }> {
  const job = await submitted();
  await take(job);
  const delivery = deliveryOf(job);
  if (!delivery) throw new Error('No delivery was made');
  return { job: world.store.head(job.id), delivery };
}

/** Lets the wait before the next attempt pass, and makes it. */
async function takeWhenDue(delivery: Job): Promise<Job> {
  world.time = Math.max(world.time, world.store.head(delivery.id).not_before ?? 0);
  await take(world.store.head(delivery.id));
  return world.store.head(delivery.id);
}

const viewOf = (job: Job) => viewJob(world.store.head(job.id), { ...world, media });

describe('the end of a job with a callback', () => {
  it('makes one delivery of its own, owned as the job is and listed with it alone', async () => {
    const { job, delivery } = await ended();
    expect(delivery).toMatchObject({ type: 'deliver_webhook', owner: 'ada', follows: job.id, queue: 'notifications' });
    expect(job).toMatchObject({ status: 'completed' });
    expect(job.outbox).toBeUndefined();
    expect(job.due_at).toBeUndefined();
    await reconcileJobs({ everything: true, abandonedBefore: 0 }, world);
    expect([...world.store.heads.values()].filter(({ type }) => type === 'deliver_webhook')).toHaveLength(1);
  });

  it.each([
    ['completed', (job: Job): Promise<void> => take(job)],
    [
      'failed',
      async (job: Job): Promise<void> => {
        world.perform = () => Promise.reject(new PermanentError('place_unknown', 'scripted'));
        await take(job);
      },
    ],
    ['cancelled', async (job: Job): Promise<void> => void (await cancelJob(job, world))],
    [
      'expired',
      async (job: Job): Promise<void> => {
        world.time += 2 * 86_400_000;
        await take(job);
      },
    ],
  ] as const)('tells that it is %s', async (status, end) => {
    const job = await submitted();
    await end(job);
    expect(world.store.head(job.id).status).toBe(status);
    await take(deliveryOf(job));
    const event = JSON.parse(received[0]?.body ?? '');
    expect(event).toMatchObject({
      type: `job.${status}`,
      data: { job_id: job.id, type: 'probe', status, status_url: `/api/v1/jobs/status/${job.id}` },
    });
    expect(event.data.error !== undefined).toBe(status !== 'completed');
  });

  it('that was known at once is told too', async () => {
    const job = await submitted({ headStart: { result: {} } });
    expect(job.status).toBe('completed');
    expect(deliveryOf(job)).toBeDefined();
    expect(world.store.head(job.id).outbox).toBeUndefined();
  });

  it('is told although the record of the delivery could not be written at once', async () => {
    const job = await submitted();
    world.store.fault = (operation) => {
      if (operation === 'accept') throw new Error('the table is out of reach');
    };
    await take(job);
    expect(world.store.head(job.id)).toMatchObject({ status: 'completed', outbox: ['callback'] });
    world.store.fault = () => {};
    world.time += 120_000;
    await reconcileJobs({ everything: false, abandonedBefore: 0 }, world);
    expect(deliveryOf(job)).toBeDefined();
  });

  it('is told once more when a failed job was tried again and ended again', async () => {
    world.perform = () => Promise.reject(new PermanentError('place_unknown', 'scripted'));
    const { job, delivery } = await ended();
    world.perform = async () => ({ result: {} });
    await redriveJob(job, world);
    await take(world.store.head(job.id));
    const second = deliveryOf(job);
    expect(second?.id).not.toBe(delivery.id);
    await take(delivery);
    await take(second);
    expect(received.map(({ body }) => JSON.parse(body).type)).toEqual(['job.failed', 'job.completed']);
  });
});

describe('a delivery', () => {
  it('is signed with the owner’s secret, so that the reference library accepts it', async () => {
    world.time = Date.now();
    const { delivery } = await ended();
    await take(delivery);
    const [message] = received;
    expect(message).toMatchObject({ url, headers: { 'webhook-id': delivery.id, 'content-type': 'application/json' } });
    const { body = '', headers = {} } = message ?? {};
    expect(new Webhook(webhookSecret('master', 'ada')).verify(body, headers)).toBeDefined();
    expect(() => new Webhook(webhookSecret('master', 'grace')).verify(body, headers)).toThrow();
    expect(body.length).toBeLessThan(20_000);
  });

  it('holds for the new and the old secret while the master secret is exchanged', async () => {
    world.time = Date.now();
    master = 'new, old';
    const { delivery } = await ended();
    await take(delivery);
    const { body = '', headers = {} } = received[0] ?? {};
    for (const one of ['new', 'old'])
      expect(new Webhook(webhookSecret(one, 'ada')).verify(body, headers)).toBeDefined();
  });

  it('is tried again on the published schedule with the same id and body and a new time, and every attempt is listed', async () => {
    const { job, delivery } = await ended();
    answers = deliveryRetrySeconds.map((_, index) =>
      index % 2 === 0 ? answered(503) : { kind: 'unreachable', failure: 'timed_out' },
    );
    const waits: number[] = [];
    for (let now = await takeWhenDue(delivery); now.status === 'retrying'; now = await takeWhenDue(delivery)) {
      waits.push(((now.not_before ?? 0) - world.time) / 1_000);
    }
    expect(waits).toEqual(deliveryRetrySeconds);
    expect(world.store.head(delivery.id)).toMatchObject({
      status: 'completed',
      attempt: deliveryRetrySeconds.length + 1,
    });
    expect(new Set(received.map(({ body, headers }) => `${headers['webhook-id']} ${body}`)).size).toBe(1);
    expect(new Set(received.map(({ headers }) => headers['webhook-timestamp'])).size).toBe(received.length);
    const view = await viewOf(job);
    expect(view.deliveries).toHaveLength(10);
    expect(view.deliveries?.slice(0, 2)).toMatchObject([
      { attempt: 1, status_code: 503 },
      { attempt: 2, failure: 'timed_out' },
    ]);
    expect(view.deliveries?.at(-1)).toMatchObject({ attempt: 10, status_code: 204 });
    expect(view.links.delivery).toBe(`/api/v1/jobs/status/${delivery.id}`);
  });

  it('fails after its last attempt, and can then be tried again under the same id', async () => {
    const { delivery } = await ended();
    answers = Array.from({ length: 10 }, () => answered(500));
    for (let attempt = 0; attempt < 10; attempt++) await takeWhenDue(delivery);
    expect(world.store.head(delivery.id)).toMatchObject({ status: 'failed', error: { code: 'webhook_refused' } });
    await redriveJob(world.store.head(delivery.id), world);
    await takeWhenDue(delivery);
    expect(world.store.head(delivery.id).status).toBe('completed');
    expect(received.at(-1)?.headers['webhook-id']).toBe(received[0]?.headers['webhook-id']);
  });

  it('says when its next attempt is due', async () => {
    const { job, delivery } = await ended();
    answers = [answered(500)];
    const waiting = await takeWhenDue(delivery);
    expect((await viewOf(job)).deliveries).toEqual([
      {
        attempt: 1,
        at: new Date(world.time).toISOString(),
        status_code: 500,
        next_at: new Date(waiting.not_before ?? 0).toISOString(),
      },
    ]);
  });

  it.each([301, 302, 307, 400, 404, 429])('that is answered %i is not taken for delivered', async (status) => {
    const { delivery } = await ended();
    answers = [answered(status)];
    expect(await takeWhenDue(delivery)).toMatchObject({ status: 'retrying', error: { code: 'webhook_refused' } });
  });

  it('that is answered 410 ends at once', async () => {
    const { delivery } = await ended();
    answers = [answered(410)];
    expect(await takeWhenDue(delivery)).toMatchObject({
      status: 'failed',
      attempt: 1,
      error: { code: 'webhook_gone' },
    });
  });

  it('heeds a Retry-After that is longer than its own wait, and none that is shorter', async () => {
    const { delivery } = await ended();
    answers = [answered(503, 3_600), answered(429, 1)];
    const first = await takeWhenDue(delivery);
    expect((first.not_before ?? 0) - world.time).toBe(3_600_000);
    const second = await takeWhenDue(delivery);
    expect((second.not_before ?? 0) - world.time).toBe(300_000);
  });

  it('of an attempt whose end nobody knows is made again, and both are listed', async () => {
    const { job, delivery } = await ended();
    answers = [new Error('the worker lost its mind')];
    await takeWhenDue(delivery);
    await takeWhenDue(delivery);
    expect(received).toHaveLength(2);
    const { deliveries: listed } = await viewOf(job);
    expect(listed).toMatchObject([{ attempt: 1 }, { attempt: 2, status_code: 204 }]);
    expect(listed?.[0]).not.toHaveProperty('status_code');
  });
});
