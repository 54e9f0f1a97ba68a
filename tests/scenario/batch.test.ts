import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type * as z from 'zod';
import { BatchAnswer } from '../../shared/catalog/schemas/batch.ts';
import { BatchView } from '../../shared/catalog/schemas/batch-view.ts';
import { JobList } from '../../shared/catalog/schemas/job-lists.ts';
import { jobWhen, probe, problemOf, readJob } from '../support/api-client.ts';
import { startTestCloud, type TestCloud } from '../support/local-cloud.ts';

type Batch = z.infer<typeof BatchView>;

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startTestCloud();
});
afterAll(() => cloud.close());

const coast = { origin: 'San Francisco', destination: 'Los Angeles' };
const mother = { origin: 'Tucumcari', destination: 'Amarillo, TX' };
const nowhere = { origin: 'Xyzzyville', destination: 'Los Angeles' };

function post(body: unknown, headers: Readonly<Record<string, string>> = {}) {
  return cloud.call('/jobs/batch/stories', { body, headers });
}

async function accepted(body: unknown): Promise<z.infer<typeof BatchAnswer>> {
  const response = await post(body);
  expect(response.status).toBe(202);
  return BatchAnswer.parse(await response.json());
}

async function readBatch(id: string): Promise<Batch> {
  return BatchView.parse(await (await cloud.call(`/jobs/batch/status/${id}`)).json());
}

/** Every state seen until the condition holds; the counts must add up in each. */
async function batchWhen(id: string, condition: (batch: Batch) => boolean): Promise<Batch> {
  for (;;) {
    const batch = await readBatch(id);
    if (batch.counts) {
      const { total, completed, failed, cancelled, pending } = batch.counts;
      expect(completed + failed + cancelled + pending).toBe(total);
      expect(pending).toBeGreaterThanOrEqual(0);
    }
    if (condition(batch)) return batch;
    await sleep(50);
  }
}

const hasEnded = ({ status }: Batch) => ['completed', 'failed', 'cancelled', 'expired'].includes(status);

describe('a batch of stories', () => {
  it('writes one for each theme at each way point, and a route that cannot be found fails alone', async () => {
    const themes = ['history', 'mystery'];
    const answer = await accepted({ routes: [coast, nowhere, mother], themes, preferences: { length: 'short' } });
    expect(answer.batch_id).toBe(answer.job_id);
    expect(answer.status_url).toBe(`/api/v1/jobs/batch/status/${answer.batch_id}`);

    const batch = await batchWhen(answer.batch_id, hasEnded);
    const stories = batch.children.length;
    expect(batch).toMatchObject({ status: 'completed', progress: 100 });
    expect(batch.counts).toEqual({ total: stories + 1, completed: stories, failed: 1, cancelled: 0, pending: 0 });
    const points = batch.routes.map(({ way_points }) => way_points.map(({ name }) => name));
    expect(points[0]).toHaveLength(4);
    expect(points[1]).toEqual([]);
    expect(batch.routes[1]?.problem).toMatchObject({ code: 'place_unknown', field: 'origin' });
    expect(batch.children.map(({ place, theme }) => [place, theme])).toEqual(
      [0, 2].flatMap((route) => (points[route] ?? []).flatMap((place) => themes.map((theme) => [place, theme]))),
    );
    expect(batch.routes.map(({ approximate }) => approximate)).toEqual([true, true, true]);
    for (const child of batch.children) {
      expect(child.arrives_after).toBe(batch.routes[child.route]?.way_points[child.way_point]?.arrives_after);
      expect(child.arrives_after).toBeGreaterThan(0);
    }

    const [first] = batch.children;
    const story = await readJob(cloud, first?.job_id ?? '');
    expect(story).toMatchObject({ status: 'completed', queue: 'analytics', links: { batch: answer.status_url } });
    const whole = await readJob(cloud, answer.job_id);
    expect(whole).toMatchObject({
      type: 'pregenerate_stories',
      counts: batch.counts,
      result: { counts: batch.counts },
    });
    const recent = JobList.parse(await (await cloud.call('/jobs/recent')).json());
    expect(recent.jobs.map(({ job_id }) => job_id)).toEqual([answer.job_id]);
    expect(cloud.troubles).toEqual([]);
  }, 120_000);

  it('is cancelled with the stories that are not written yet', async () => {
    const { batch_id } = await accepted({ routes: [coast, mother], themes: ['history', 'mystery', 'nature'] });
    await batchWhen(batch_id, ({ counts }) => (counts?.completed ?? 0) > 0);
    const cancelled = await cloud.call(`/jobs/cancel/${batch_id}`, { method: 'POST' });
    expect([200, 202]).toContain(cancelled.status);
    const batch = await batchWhen(batch_id, hasEnded);
    expect(batch.status).toBe('cancelled');
    expect(batch.counts).toMatchObject({ pending: 0, failed: 0 });
    expect(batch.counts?.cancelled).toBeGreaterThan(0);
    for (const child of batch.children) expect(['completed', 'cancelled']).toContain(child.status);
    expect(batch.children.filter(({ status }) => status === 'cancelled')).toHaveLength(batch.counts?.cancelled ?? 0);
    const again = await cloud.call(`/jobs/cancel/${batch_id}`, { method: 'POST' });
    expect(again.status).toBe(200);
  }, 120_000);

  it('answers the same key with the same batch', async () => {
    const body = { routes: [mother], delay: 600 };
    const [first, second] = [
      await post(body, { 'idempotency-key': 'k' }),
      await post(body, { 'idempotency-key': 'k' }),
    ];
    expect(second.headers.get('idempotent-replayed')).toBe('true');
    expect(await second.json()).toEqual(await first.json());
  });

  it('that is wrong starts nothing, and every wrong entry is named with its index', async () => {
    const wrong: readonly [unknown, readonly string[]][] = [
      [{ routes: [] }, ['routes']],
      [{}, ['routes']],
      [{ routes: Array.from({ length: 51 }, () => mother) }, ['routes']],
      [
        { routes: [mother, { origin: 'Tucumcari' }, null, 'Amarillo'] },
        ['routes[1].destination', 'routes[2]', 'routes[3]'],
      ],
      [{ routes: Array.from({ length: 50 }, () => mother), themes: ['a', 'b'] }, ['themes']],
    ];
    for (const [body, paths] of wrong) {
      const response = await post(body);
      expect(response.status).toBe(400);
      expect((await problemOf(response)).errors?.map(({ path }) => path)).toEqual(paths);
    }
  });

  it('is shown to its owner only, and no other job is shown as one', async () => {
    const { batch_id } = await accepted({ routes: [mother], delay: 600 });
    expect(await readBatch(batch_id)).toMatchObject({ status: 'scheduled', routes: [], children: [] });
    expect((await cloud.call(`/jobs/batch/status/${batch_id}`, { owner: 'eve' })).status).toBe(404);
    const { job_id } = await probe(cloud, 'default', 'ada');
    await jobWhen(cloud, job_id, ({ status }) => status === 'completed');
    expect((await cloud.call(`/jobs/batch/status/${job_id}`)).status).toBe(404);
  });
});
