import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { JobEvents, JobList } from '../../shared/catalog/schemas/job-lists.ts';
import { hasEnded, jobWhen, probe, problemOf, readJob, submit } from '../support/api-client.ts';
import { startTestCloud, type TestCloud } from '../support/local-cloud.ts';

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startTestCloud();
});
afterAll(() => cloud.close());

const longText = { text: 'The road goes on and on past one more field and one more fence. '.repeat(150) };

function cancel(id: string, owner = 'ada') {
  return cloud.call(`/jobs/cancel/${id}`, { owner, method: 'POST' });
}

describe('cancelling', () => {
  it('ends a job that waits, at once and for good, whoever asks twice', async () => {
    const { job_id } = await submit(cloud, '/jobs/voice/synthesize', { text: 'Later.', delay: 600 });
    const answers = await Promise.all(Array.from({ length: 5 }, () => cancel(job_id)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    const job = await readJob(cloud, job_id);
    expect(job).toMatchObject({ status: 'cancelled', error: { code: 'cancelled' }, attempt: 0 });
    const events = JobEvents.parse(await (await cloud.call(`/jobs/events/${job_id}`)).json());
    expect(events.events.map(({ status }) => status)).toEqual(['scheduled', 'cancelled']);
  });

  it('stops a job that runs within two seconds', async () => {
    const { job_id } = await submit(cloud, '/jobs/voice/synthesize', longText);
    await jobWhen(cloud, job_id, ({ status }) => status === 'processing');
    const asked = performance.now();
    expect((await cancel(job_id)).status).toBe(202);
    const job = await jobWhen(cloud, job_id, hasEnded);
    expect(job.status).toBe('cancelled');
    expect(performance.now() - asked).toBeLessThan(4_000);
  });

  it('leaves a finished job as it is, and somebody else’s alone', async () => {
    const { job_id } = await probe(cloud, 'default', 'ada');
    const done = await jobWhen(cloud, job_id, hasEnded);
    expect((await cancel(job_id, 'eve')).status).toBe(404);
    const refused = await cancel(job_id);
    expect(refused.status).toBe(409);
    expect(await problemOf(refused)).toMatchObject({ code: 'job_ended', job_status: done.status });
    expect((await readJob(cloud, job_id)).status).toBe(done.status);
    const unknown = '01JDHV7Q5W6T1PQ8Z3N4K5M6R7';
    expect((await cancel(unknown)).status).toBe(404);
    expect((await cloud.call(`/jobs/status/${unknown}`)).status).toBe(404);
  });
});

describe('trying again', () => {
  it('is for failed jobs only', async () => {
    const { job_id } = await probe(cloud, 'default', 'ada');
    await jobWhen(cloud, job_id, hasEnded);
    const refused = await cloud.call(`/jobs/retry/${job_id}`, { method: 'POST' });
    expect(refused.status).toBe(409);
    expect(await problemOf(refused)).toMatchObject({ code: 'job_not_failed' });
  });
});

describe('events', () => {
  it('are numbered without gaps and can be read from any number on', async () => {
    const { job_id } = await submit(cloud, '/jobs/story/generate', { location: { latitude: 40, longitude: -105 } });
    await jobWhen(cloud, job_id, hasEnded);
    const all = JobEvents.parse(await (await cloud.call(`/jobs/events/${job_id}`)).json());
    expect(all.events.map(({ seq }) => seq)).toEqual(all.events.map((_, index) => index + 1));
    expect(all.events.at(0)?.status).toBe('accepted');
    expect(all.events.at(-1)).toMatchObject({ status: 'completed', progress: 100, seq: all.last_seq });
    const later = JobEvents.parse(await (await cloud.call(`/jobs/events/${job_id}?after=2`)).json());
    expect(later.events).toEqual(all.events.slice(2));
    expect((await cloud.call(`/jobs/events/${job_id}?after=-1`)).status).toBe(400);
  });
});

describe('the list of recent jobs', () => {
  it('pages through all of the owner’s jobs once, newest first, and finds the rare one', async () => {
    const rare = await submit(cloud, '/jobs/voice/synthesize', { text: 'Rare.', delay: 600 }, { owner: 'lin' });
    const ids: string[] = [];
    for (let index = 0; index < 12; index++) ids.push((await probe(cloud, 'default', 'lin')).job_id);
    const paged: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await recent(`limit=5${cursor === undefined ? '' : `&cursor=${cursor}`}`);
      paged.push(...page.jobs.map(({ job_id }) => job_id));
      cursor = page.next_cursor;
    } while (cursor !== undefined);
    expect(paged).toEqual([...ids.toReversed(), rare.job_id]);
    const filtered = await recent('type=synthesize_voice&limit=5');
    expect(filtered).toMatchObject({ jobs: [{ job_id: rare.job_id, status: 'scheduled' }] });
    expect(filtered.next_cursor).toBeUndefined();
  });

  it('refuses a cursor of another list', async () => {
    const { next_cursor } = await recent('limit=1');
    expect((await cloud.call(`/jobs/recent?cursor=${next_cursor}&type=probe`, { owner: 'lin' })).status).toBe(400);
    expect((await cloud.call('/jobs/recent?cursor=nonsense', { owner: 'lin' })).status).toBe(400);
    expect((await cloud.call('/jobs/recent?limit=0&colour=red', { owner: 'lin' })).status).toBe(400);
  });
});

async function recent(query: string) {
  const response = await cloud.call(`/jobs/recent?${query}`, { owner: 'lin' });
  expect(response.status).toBe(200);
  return JobList.parse(await response.json());
}
