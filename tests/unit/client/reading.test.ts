import { describe, expect, it } from 'vitest';
import { NetworkError } from '../../../shared/client/errors.ts';
import { jobId, problem, scriptedApi } from './scripted-api.ts';

const batch = { batch_id: jobId, job_id: jobId, status: 'processing', routes: [], children: [] };
const happened = { job_id: jobId, events: [{ seq: 3, status: 'processing' }], last_seq: 3 };

describe('a batch', () => {
  it('is read as it is, though the connection was lost on the way', async () => {
    const { client, requests } = scriptedApi(['cut', { status: 200, body: batch }]);
    expect(await client.jobs.batch(jobId)).toEqual(batch);
    const url = `https://api.test/api/v1/jobs/batch/status/${jobId}`;
    expect(requests.map(({ method, url }) => `${method} ${url}`)).toEqual([`GET ${url}`, `GET ${url}`]);
  });

  it('that is none of the caller’s is refused', async () => {
    const { client } = scriptedApi([problem(404, 'job_not_found')]);
    await expect(client.jobs.batch('a/b')).rejects.toMatchObject({ status: 404, code: 'job_not_found' });
  });

  it('is nothing that has no stories to walk through', async () => {
    const { client } = scriptedApi([{ status: 200, body: { ...batch, children: undefined } }], { patience: 5 });
    await expect(client.jobs.batch(jobId)).rejects.toThrow(NetworkError);
  });
});

describe('the events of a job', () => {
  it('are all of them, or those after one', async () => {
    const { client, requests } = scriptedApi([{ status: 200, body: happened }]);
    expect(await client.jobs.events(jobId)).toEqual(happened);
    await client.jobs.events(jobId, { after: 3 });
    expect(requests.map(({ url }) => url)).toEqual([
      `https://api.test/api/v1/jobs/events/${jobId}?after=0`,
      `https://api.test/api/v1/jobs/events/${jobId}?after=3`,
    ]);
  });

  it('are nothing that does not tell which one was the last', async () => {
    const { client } = scriptedApi([{ status: 200, body: { ...happened, last_seq: undefined } }], { patience: 5 });
    await expect(client.jobs.events(jobId)).rejects.toThrow(NetworkError);
  });
});
