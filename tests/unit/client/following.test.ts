import { describe, expect, it } from 'vitest';
import {
  AbortError,
  JobCancelledError,
  JobEndError,
  JobExpiredError,
  JobFailedError,
} from '../../../shared/client/errors.ts';
import { accepted, completed, job, jobId, scriptedApi, story, tucumcari } from './scripted-api.ts';

const narrating = job({ status: 'processing', step: 'narrate', progress: 55, result: story }, { 'retry-after': '1' });

describe('a story', () => {
  it('is submitted, followed to its end and handed over', async () => {
    const { client, requests } = scriptedApi([accepted(), narrating, completed]);
    expect(await client.story.generate(tucumcari)).toEqual(story);
    expect(requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'POST https://api.test/api/v1/jobs/story/generate',
      `GET https://api.test/api/v1/jobs/status/${jobId}`,
      `GET https://api.test/api/v1/jobs/status/${jobId}`,
    ]);
    expect(JSON.parse(requests[0]?.body ?? '')).toEqual(tucumcari);
    expect(requests.every(({ headers }) => headers.get('authorization') === 'Bearer a-token')).toBe(true);
  });

  it('can be read while its voice is made', async () => {
    const { client } = scriptedApi([accepted(), job({ status: 'accepted' }), narrating, completed]);
    const seen: string[] = [];
    await client.story.generate(tucumcari, {
      onProgress: ({ status, progress, result }) => seen.push(`${status} ${progress} ${result?.content ?? '-'}`),
    });
    expect(seen).toEqual(['accepted 0 -', `processing 55 ${story.content}`, `completed 100 ${story.content}`]);
  });

  it('tells its id as soon as it is accepted, so that the app can keep it', async () => {
    const { client, requests } = scriptedApi([accepted(), completed]);
    const kept: string[] = [];
    await client.story.generate(tucumcari, { onAccepted: (id) => kept.push(`${id} after ${requests.length} request`) });
    expect(kept).toEqual([`${jobId} after 1 request`]);
  });
});

describe('a story that was there already', () => {
  it('is handed over from the answer to the submit, without another request', async () => {
    const { client, requests } = scriptedApi([completed]);
    const seen: string[] = [];
    const made = await client.story.generate(tucumcari, {
      onAccepted: (id) => seen.push(id),
      onProgress: ({ status, progress }) => seen.push(`${status} ${progress}`),
    });
    expect(made).toEqual(story);
    expect(seen).toEqual([jobId, 'completed 100']);
    expect(requests).toHaveLength(1);
  });

  it('but is still unspoken is followed until it is narrated', async () => {
    const { client, requests } = scriptedApi([narrating, completed]);
    expect(await client.story.generate(tucumcari)).toEqual(story);
    expect(requests).toHaveLength(2);
  });

  it('is no story when it ended otherwise', async () => {
    const { client } = scriptedApi([job({ status: 'failed', error: { code: 'place_unknown', message: 'Nowhere' } })]);
    await expect(client.story.generate(tucumcari)).rejects.toThrow(JobFailedError);
  });
});

describe('following a job', () => {
  it('looks when the server says, and every two seconds when it does not', async () => {
    const { client, clock } = scriptedApi([accepted(3), narrating, job({ status: 'retrying' }), completed]);
    await client.story.generate(tucumcari);
    expect(clock.waited).toEqual([3, 1, 2]);
  });

  it('looks less often if the app wants that, never more often', async () => {
    const { client, clock } = scriptedApi([narrating, job({ status: 'retrying' }, { 'retry-after': '9' }), completed]);
    await client.jobs.follow(jobId, { pollInterval: 5 });
    expect(clock.waited).toEqual([0, 5, 9]);
  });

  it('asks for nothing it already knows, and reports no state twice', async () => {
    const known = job({ status: 'processing' }, { etag: '"7"', 'retry-after': '1' });
    const { client, requests } = scriptedApi([known, { status: 304, headers: { 'retry-after': '4' } }, completed]);
    const seen: string[] = [];
    await client.jobs.follow(jobId, { onProgress: ({ status }) => seen.push(status) });
    expect(requests.map(({ headers }) => headers.get('if-none-match'))).toEqual([null, '"7"', '"7"']);
    expect(seen).toEqual(['processing', 'completed']);
  });

  it('can be taken up by id, and hands over the whole job', async () => {
    const { client, requests } = scriptedApi([completed]);
    const taken = await client.jobs.follow(jobId);
    expect(taken).toMatchObject({ type: 'generate_story', status: 'completed', result: story });
    expect(requests).toHaveLength(1);
  });

  it.each([
    ['failed', JobFailedError, 'place_unknown', { error: { code: 'place_unknown', message: 'Nothing is known' } }],
    ['expired', JobExpiredError, 'not_started', { error: { code: 'not_started', message: 'Too late' } }],
    ['cancelled', JobCancelledError, 'cancelled', {}],
  ])('of a job that has %s says why', async (status, kind, code, fields) => {
    const { client } = scriptedApi([accepted(), job({ status, ...fields })]);
    const error = await client.story.generate(tucumcari).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(kind);
    expect(error).toBeInstanceOf(JobEndError);
    expect(error).toMatchObject({ name: kind.name, code, job: { job_id: jobId, status } });
  });
});

describe('an aborted signal', () => {
  it('stops the following, at once and for good', async () => {
    const { client, requests } = scriptedApi([accepted(), narrating]);
    const controller = new AbortController();
    const run = client.story.generate(tucumcari, {
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    await expect(run).rejects.toThrow(AbortError);
    expect(requests).toHaveLength(2);
  });

  it('ends a request that is being waited for', async () => {
    const controller = new AbortController();
    const abort = () => {
      queueMicrotask(() => controller.abort());
      return 'silent' as const;
    };
    const { client, clock } = scriptedApi([abort]);
    const error = await client.jobs.status(jobId, { signal: controller.signal }).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ name: 'AbortError', code: 'aborted' });
    expect(clock.waited).toEqual([]);
  });

  it('sends nothing if it was aborted before', async () => {
    const { client, requests } = scriptedApi([accepted()]);
    await expect(client.story.generate(tucumcari, { signal: AbortSignal.abort() })).rejects.toThrow(AbortError);
    expect(requests).toHaveLength(0);
  });
});
