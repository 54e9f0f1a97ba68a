import { describe, expect, it } from 'vitest';
import { job, jobId, problem, scriptedApi } from './scripted-api.ts';

const accepted = job({ status: 'accepted' });
const notFailed = problem(409, 'job_not_failed');

describe('trying a failed job again', () => {
  it('tells the job as it is then', async () => {
    const { client, requests } = scriptedApi([accepted]);
    expect(await client.jobs.retry(jobId)).toMatchObject({ status: 'accepted' });
    expect(requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
      `POST https://api.test/api/v1/jobs/retry/${jobId}`,
    ]);
  });

  it('survives a lost answer: the second request, which finds it under way, is no refusal', async () => {
    const { client, requests } = scriptedApi(['cut', notFailed, job({ status: 'processing' })]);
    expect(await client.jobs.retry(jobId)).toMatchObject({ status: 'processing' });
    expect(requests).toHaveLength(3);
  });

  it('is refused where the job has ended otherwise, or there is none', async () => {
    const cancelled = scriptedApi([notFailed, job({ status: 'cancelled' })]);
    await expect(cancelled.client.jobs.retry(jobId)).rejects.toMatchObject({ code: 'job_not_failed' });
    const unknown = scriptedApi([problem(404, 'job_not_found')]);
    await expect(unknown.client.jobs.retry(jobId)).rejects.toMatchObject({ code: 'job_not_found' });
  });

  it('waits as long as the server says when the owner has too many jobs', async () => {
    const { client, clock } = scriptedApi([problem(429, 'too_many_unfinished', { 'retry-after': '15' }), accepted]);
    const before = clock.now();
    await client.jobs.retry(jobId);
    expect(clock.now() - before).toBeGreaterThanOrEqual(15_000);
  });
});
