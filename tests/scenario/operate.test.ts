import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { queueFigureNames } from '../../shared/catalog/queue-figures.ts';
import { queueNames, queues } from '../../shared/catalog/queues.ts';
import { UploadForm } from '../../shared/catalog/schemas/image.ts';
import { DeadLetters, RedriveAnswer } from '../../shared/catalog/schemas/operate.ts';
import { QueueConsumerView, QueueStats } from '../../shared/catalog/schemas/queue-stats.ts';
import { hasEnded, jobWhen, probe, problemOf, readJob, submit } from '../support/api-client.ts';
import { endsOf, eventsOf } from '../support/chaos-jobs.ts';
import { type CallOptions, startTestCloud, type TestCloud } from '../support/local-cloud.ts';
import { parseOpenMetrics } from '../support/open-metrics.ts';

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startTestCloud();
});
afterAll(() => cloud.close());

/** A request by an operator who may look and act. */
function operate(path: string, options: CallOptions = {}) {
  return cloud.call(path, { owner: 'operator', scope: 'ops:read ops:write', ...options });
}

async function stats() {
  return QueueStats.parse(await (await operate('/jobs/queue/stats')).json());
}

async function stateOf(name: string) {
  return (await stats()).queues.find(({ queue }) => queue === name);
}

describe('the state of the queues', () => {
  it('tells what waits in each, the most urgent first, beside what was promised', async () => {
    const { queues: listed } = await stats();
    expect(listed.map(({ queue }) => queue).toSorted()).toEqual(queueNames.toSorted());
    expect(listed[0]).toMatchObject({
      queue: 'booking',
      priority: 10,
      carries: queues.booking.carries,
      paused: false,
      consumer: 'running',
      concurrency: 4,
      waiting: 0,
      in_flight: 0,
      delayed: 0,
      dead_letter_messages: 0,
      pick_up_target: 1,
      wait_limit: 7_200,
    });
  });

  it('has a reason for every figure that it does not know', async () => {
    for (const state of (await stats()).queues) {
      const unknown = queueFigureNames.filter((figure) => state[figure] === null);
      expect(Object.keys(state.missing).toSorted()).toEqual(unknown.toSorted());
    }
  });

  it('is there for a scraper too', async () => {
    const response = await operate('/metrics');
    expect(response.headers.get('content-type')).toBe('application/openmetrics-text; version=1.0.0; charset=utf-8');
    const waiting = parseOpenMetrics(await response.text()).find(({ name }) => name === 'roadtrip_jobs_queue_waiting');
    expect(waiting?.samples).toHaveLength(queueNames.length);
    expect((await cloud.call('/metrics')).status).toBe(403);
  });

  it('counts a message that is kept back', async () => {
    await submit(cloud, '/jobs/voice/synthesize', { text: 'Later.', delay: 600 });
    expect(await stateOf('voice_synthesis')).toMatchObject({ waiting: 0, delayed: 1 });
  });

  it('is for operators only', async () => {
    expect((await cloud.call('/jobs/queue/stats')).status).toBe(403);
    expect((await operate('/jobs/queue/stats', { scope: 'ops:write' })).status).toBe(403);
  });
});

/** A job that fails at once: its photo was never uploaded. */
async function failedJob(owner = 'ada') {
  const form = UploadForm.parse(
    await (await cloud.call('/uploads', { owner, body: { content_type: 'image/jpeg' } })).json(),
  );
  const { job_id } = await submit(cloud, '/jobs/image/process', { upload_key: form.upload_key }, { owner });
  await jobWhen(cloud, job_id, hasEnded, owner);
  return job_id;
}

async function deadLetters(query = '') {
  const response = await operate(`/ops/dead-letters${query}`);
  expect(response.status).toBe(200);
  return DeadLetters.parse(await response.json());
}

async function redrive(body: unknown) {
  const response = await operate('/ops/dead-letters/redrive', { body });
  expect(response.status).toBe(200);
  return RedriveAnswer.parse(await response.json());
}

describe('dead letters', () => {
  it('are listed page after page, of all owners, without what was asked', async () => {
    const ids = [await failedJob('ada'), await failedJob('grace'), await failedJob('lin')];
    const listed: unknown[] = [];
    let cursor: string | undefined;
    do {
      const page = await deadLetters(
        `?queue=image_processing&limit=1${cursor === undefined ? '' : `&cursor=${cursor}`}`,
      );
      expect(page.dead_letters).toHaveLength(1);
      expect(page.dead_letters[0]).toMatchObject({
        type: 'process_image',
        error: { code: 'image_missing' },
        attempts: 1,
      });
      expect(JSON.stringify(page)).not.toContain('uploads/');
      listed.push(...page.dead_letters.map((letter) => letter.kind === 'job' && letter.job_id));
      cursor = page.next_cursor;
    } while (cursor !== undefined);
    expect(listed).toEqual(ids.toReversed());
    expect((await deadLetters('?queue=booking')).dead_letters).toEqual([]);
  });

  it('include a message that names no job, but not what it says', async () => {
    const record = { messageId: 'b0b7a1c2-0000-4000-8000-000000000001', body: 'a secret', attributes: {} };
    const eventSourceARN = 'arn:aws:sqs:us-east-1:000000000000:some-dead-letters';
    await cloud.invoke('bury-job', { Records: [{ ...record, eventSourceARN }] });
    const page = await deadLetters('?limit=1');
    expect(page.dead_letters).toMatchObject([
      { kind: 'unreadable', message_id: record.messageId, source: 'some-dead-letters' },
    ]);
    expect(JSON.stringify(page)).not.toContain('secret');
  });

  it.each(['?limit=0', '?limit=101', '?queue=express', '?cursor=nonsense', '?colour=red'])(
    'asked for with %s are refused',
    async (query) => {
      const response = await operate(`/ops/dead-letters${query}`);
      expect(response.status).toBe(400);
      expect((await problemOf(response)).errors).toHaveLength(1);
    },
  );

  it('go on only with the filter they were begun with', async () => {
    const { next_cursor } = await deadLetters('?queue=image_processing&limit=1');
    expect((await operate(`/ops/dead-letters?cursor=${next_cursor}`)).status).toBe(400);
  });

  it('are for operators only', async () => {
    expect((await cloud.call('/ops/dead-letters')).status).toBe(403);
    expect((await operate('/ops/dead-letters/redrive', { body: {}, scope: 'ops:read' })).status).toBe(403);
  });
});

/** When the job was accepted last, milliseconds. */
async function lastAccepted(jobId: string, owner: string): Promise<number> {
  const events = await eventsOf(cloud, jobId, owner);
  return Date.parse(events.findLast(({ status }) => status === 'accepted')?.at ?? '');
}

describe('a redrive', () => {
  it('is a dry run unless told otherwise; then the job runs again', async () => {
    const job_id = await failedJob();
    expect(await redrive({ job_ids: [job_id] })).toEqual({
      dry_run: true,
      outcomes: [{ job_id, outcome: 'would_redrive' }],
      remaining: 0,
      more: false,
    });
    expect((await readJob(cloud, job_id)).status).toBe('failed');
    const unknown = '01JDHV7Q5W6T1PQ8Z3N4K5M6R7';
    expect((await redrive({ job_ids: [job_id, unknown, job_id], dry_run: false })).outcomes).toEqual([
      { job_id, outcome: 'redriven' },
      { job_id: unknown, outcome: 'unknown' },
    ]);
    expect(await jobWhen(cloud, job_id, (job) => hasEnded(job) && job.attempt === 2)).toMatchObject({
      status: 'failed',
    });
  });

  it('gives no more jobs another life in a second than it was told', async () => {
    const ids = [
      await failedJob('rated'),
      await failedJob('rated'),
      await failedJob('rated'),
      await failedJob('rated'),
    ];
    const askedAt = Date.now();
    const { outcomes } = await redrive({ job_ids: ids, dry_run: false, rate_per_second: 4 });
    expect(outcomes).toEqual(ids.map((job_id) => ({ job_id, outcome: 'redriven' })));
    const revivedAt = await Promise.all(ids.map((id) => lastAccepted(id, 'rated')));
    for (const [index, at] of revivedAt.entries()) expect(at - askedAt).toBeGreaterThanOrEqual(index * 250);
    await Promise.all(ids.map((id) => jobWhen(cloud, id, (job) => hasEnded(job) && job.attempt === 2, 'rated')));
  });

  it('of a queue takes the oldest first, as many as asked', async () => {
    const { dead_letters } = await deadLetters('?queue=image_processing&limit=100');
    const oldestFirst = dead_letters.map((letter) => (letter.kind === 'job' ? letter.job_id : '')).toReversed();
    const { outcomes, more } = await redrive({ queue: 'image_processing', limit: 2 });
    expect(outcomes.map(({ job_id }) => job_id)).toEqual(oldestFirst.slice(0, 2));
    expect(more).toBe(true);
    expect((await redrive({ queue: 'booking' })).outcomes).toEqual([]);
  });

  it.each([
    [{}, ['job_ids']],
    [{ job_ids: ['01JDHV7Q5W6T1PQ8Z3N4K5M6R7'], queue: 'booking' }, ['job_ids']],
    [{ job_ids: ['01JDHV7Q5W6T1PQ8Z3N4K5M6R7'], limit: 3 }, ['limit']],
    [{ job_ids: [] }, ['job_ids']],
    [{ job_ids: Array(101).fill('01JDHV7Q5W6T1PQ8Z3N4K5M6R7') }, ['job_ids']],
    [
      { job_ids: ['nonsense'], rate_per_second: 0, dry_run: 'no', force: true },
      ['dry_run', 'force', 'job_ids[0]', 'rate_per_second'],
    ],
    [[], ['']],
  ])('asked for with %j is refused, every wrong field named', async (body, paths) => {
    const response = await operate('/ops/dead-letters/redrive', { body });
    expect(response.status).toBe(400);
    expect((await problemOf(response)).errors?.map(({ path }) => path).toSorted()).toEqual(paths);
  });
});

describe('a paused queue', () => {
  const turn = (queue: string, action: 'pause' | 'resume') =>
    operate(`/ops/queues/${queue}/${action}`, { method: 'POST' });

  it('keeps the jobs it gets until it is resumed, while other queues go on', async () => {
    const paused = await turn('notifications', 'pause');
    expect(paused.status).toBe(200);
    expect(QueueConsumerView.parse(await paused.json())).toMatchObject({ queue: 'notifications', paused: true });
    await expect.poll(async () => (await stateOf('notifications'))?.consumer).toBe('paused');
    const waiting = await probe(cloud, 'notifications');
    const passing = await probe(cloud, 'default');
    await jobWhen(cloud, passing.job_id, hasEnded, 'operator');
    expect((await readJob(cloud, waiting.job_id, 'operator')).status).toBe('accepted');
    expect(await stateOf('notifications')).toMatchObject({ paused: true, waiting: 1, in_flight: 0 });
    expect(await stateOf('default')).toMatchObject({ paused: false });
    expect((await turn('notifications', 'pause')).status).toBe(200);
    const resumed = await turn('notifications', 'resume');
    expect(await resumed.json()).toMatchObject({ paused: false });
    expect((await jobWhen(cloud, waiting.job_id, hasEnded, 'operator')).status).toBe('completed');
    expect(await stateOf('notifications')).toMatchObject({ paused: false, consumer: 'running', waiting: 0 });
  });

  it('loses none of the jobs that it gets, and runs each of them once when it is resumed', async () => {
    await turn('image_processing', 'pause');
    await expect.poll(async () => (await stateOf('image_processing'))?.consumer).toBe('paused');
    const waiting = await Promise.all(Array.from({ length: 12 }, () => probe(cloud, 'image_processing')));
    expect(await stateOf('image_processing')).toMatchObject({ waiting: 12, in_flight: 0 });
    await turn('image_processing', 'resume');
    for (const { job_id } of waiting) {
      expect(await jobWhen(cloud, job_id, hasEnded, 'operator')).toMatchObject({ status: 'completed', attempt: 1 });
      expect(await endsOf(cloud, job_id, 'operator')).toEqual(['completed']);
    }
  });

  it('cannot be one that there is not, nor be paused by who may only look', async () => {
    expect((await turn('express', 'pause')).status).toBe(400);
    const looking = { method: 'POST', scope: 'ops:read jobs:write' };
    expect((await operate('/ops/queues/booking/pause', looking)).status).toBe(403);
    expect((await operate('/ops/queues/booking/resume', looking)).status).toBe(403);
  });
});
