import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { JobList } from '../../shared/catalog/schemas/job-lists.ts';
import { createJobsClient } from '../../shared/client/index.ts';
import { hasEnded, jobWhen, readJob } from '../support/api-client.ts';
import { startTestCloud, type TestCloud } from '../support/local-cloud.ts';

const tucumcari = { latitude: 35.17, longitude: -103.72, name: 'Tucumcari' };
const story = { type: 'generate_story', body: { location: tucumcari } } as const;

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startTestCloud();
});
afterAll(() => cloud.close());

function clientOf(owner: string) {
  return createJobsClient({
    baseUrl: cloud.apiUrl,
    token: () => cloud.issueToken({ owner, scope: 'jobs:read jobs:write' }),
  });
}

const reconcile = async () => expect(await cloud.invoke('reconcile-jobs', {})).toMatchObject({ status: 'succeeded' });
const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1_000).toISOString();

async function jobsOf(owner: string) {
  return JobList.parse(await (await cloud.call('/jobs/recent', { owner })).json()).jobs;
}

describe('a schedule', () => {
  it('makes its job at its moment, once, and has then ended; the job says who made it', async () => {
    const client = clientOf('ada');
    const at = inSeconds(3);
    const made = await client.schedules.create({ name: 'Soon', at, job: story });
    expect(made).toMatchObject({ status: 'active', next_run_at: at });
    await Promise.all([reconcile(), reconcile(), reconcile()]);

    const [ended] = await client.schedules.list();
    expect(ended).toMatchObject({ status: 'ended', runs: 1, skipped: 0, last_run_at: at });
    const jobs = await jobsOf('ada');
    expect(jobs.map(({ job_id }) => job_id)).toEqual([ended?.last_job_id]);
    const job = await jobWhen(cloud, ended?.last_job_id ?? '', hasEnded);
    expect(job).toMatchObject({ status: 'completed', type: 'generate_story', schedule_id: made.schedule_id });
    expect(Date.parse(job.started_at ?? '')).toBeGreaterThanOrEqual(Date.parse(at));
    await reconcile();
    expect(await jobsOf('ada')).toHaveLength(1);
  });

  it('that is deleted makes no job, and leaves those alone that it has made', async () => {
    const client = clientOf('grace');
    const kept = await client.schedules.create({ at: inSeconds(4), job: story });
    const deleted = await client.schedules.create({ at: inSeconds(4), job: story });
    await client.schedules.remove(deleted.schedule_id);
    await reconcile();
    await client.schedules.remove(kept.schedule_id);
    await client.schedules.remove(kept.schedule_id);
    expect(await client.schedules.list()).toEqual([]);
    const jobs = await jobsOf('grace');
    expect(jobs).toHaveLength(1);
    const job = await jobWhen(cloud, jobs[0]?.job_id ?? '', hasEnded, 'grace');
    expect(job).toMatchObject({ status: 'completed', schedule_id: kept.schedule_id });
  });

  it('waits for its time, through a restart of everything', async () => {
    await using first = await startTestCloud();
    const body = { cron: '0 8 * * *', time_zone: 'America/Denver', job: story };
    const response = await first.call('/schedules', { body });
    expect(response.status).toBe(201);
    const before = await (await first.call('/schedules')).json();
    await first.close();
    await using second = await startTestCloud({ dataFolder: first.dataFolder });
    expect(await (await second.call('/schedules')).json()).toEqual(before);
    expect(JobList.parse(await (await second.call('/jobs/recent')).json()).jobs).toEqual([]);
  });

  it('of a traveller with a wrong job names the field', async () => {
    const wrong = { ...story, body: { location: { ...tucumcari, latitude: 91 } } };
    await expect(clientOf('ada').schedules.create({ every: 3_600, job: wrong })).rejects.toMatchObject({
      status: 400,
      errors: [{ path: 'job.body.location.latitude' }],
    });
  });
});

it('a job that was submitted by hand names no schedule', async () => {
  const { jobId } = await clientOf('ada').jobs.submit('generate_story', { location: tucumcari });
  expect(await readJob(cloud, jobId)).not.toHaveProperty('schedule_id');
});
