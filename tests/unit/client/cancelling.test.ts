import { describe, expect, it } from 'vitest';
import { accepted, completed, job, jobId, problem, type Reply, scriptedApi, tucumcari } from './scripted-api.ts';

const processing = job({ status: 'processing', progress: 10 }, { 'retry-after': '1' });
const cancelled = job({ status: 'cancelled' });
const cancelAddress = `POST https://api.test/api/v1/jobs/cancel/${jobId}`;

const addresses = (requests: readonly { method: string; url: string }[]) =>
  requests.map(({ method, url }) => `${method} ${url}`);

describe('cancelling a job', () => {
  it('tells the job as it is then', async () => {
    const { client, requests } = scriptedApi([cancelled]);
    expect(await client.jobs.cancel(jobId)).toMatchObject({ status: 'cancelled' });
    expect(addresses(requests)).toEqual([cancelAddress]);
  });

  it('survives a lost answer: the second request, which finds it ended, is no refusal', async () => {
    const { client, requests } = scriptedApi(['cut', problem(409, 'job_ended'), cancelled]);
    expect(await client.jobs.cancel(jobId)).toMatchObject({ status: 'cancelled' });
    expect(requests).toHaveLength(3);
  });

  it('is refused where there is no such job, or it can only go on', async () => {
    for (const [status, code] of [
      [404, 'job_not_found'],
      [409, 'job_beyond_recall'],
    ] as const) {
      await expect(scriptedApi([problem(status, code)]).client.jobs.cancel(jobId)).rejects.toMatchObject({ code });
    }
  });
});

describe('an aborted call with cancelOnAbort', () => {
  /** A server that answers by address, and aborts as soon as it has been asked so often. */
  function server(abortAfter: number, submitAnswer: Reply = accepted(0)) {
    const controller = new AbortController();
    const api = scriptedApi([
      ({ method, url }) => {
        if (api.requests.length === abortAfter) controller.abort();
        if (url.includes('/cancel/')) return cancelled;
        return method === 'POST' ? submitAnswer : processing;
      },
    ]);
    return { ...api, options: { signal: controller.signal, cancelOnAbort: true }, controller };
  }

  it('cancels the job that it followed', async () => {
    const { client, requests, options } = server(3);
    await expect(client.story.generate(tucumcari, options)).rejects.toMatchObject({ name: 'AbortError' });
    await expect.poll(() => addresses(requests)).toContain(cancelAddress);
  });

  it('cancels the job whose submit was on its way, and makes no second one', async () => {
    const { client, requests, options } = server(1);
    await expect(client.story.generate(tucumcari, options)).rejects.toMatchObject({ name: 'AbortError' });
    await expect.poll(() => addresses(requests)).toContain(cancelAddress);
    expect(requests).toHaveLength(2);
  });

  it('has nothing to cancel when the story was there already, or nothing was sent', async () => {
    const kept = server(1, completed);
    await expect(kept.client.story.generate(tucumcari, kept.options)).rejects.toMatchObject({ name: 'AbortError' });
    const never = server(0);
    never.controller.abort();
    await expect(never.client.story.generate(tucumcari, never.options)).rejects.toMatchObject({ name: 'AbortError' });
    await never.clock.settled();
    expect([kept.requests.length, never.requests.length]).toEqual([1, 0]);
  });

  it('cancels a job that was taken up again', async () => {
    const { client, requests, options } = server(2);
    await expect(client.jobs.follow(jobId, options)).rejects.toMatchObject({ name: 'AbortError' });
    await expect.poll(() => addresses(requests)).toContain(cancelAddress);
  });

  it('cancels nothing once the job has ended', async () => {
    const controller = new AbortController();
    const { client, requests, clock } = scriptedApi([accepted(0), completed]);
    await client.story.generate(tucumcari, { signal: controller.signal, cancelOnAbort: true });
    controller.abort();
    await clock.settled();
    expect(requests).toHaveLength(2);
  });
});

describe('recent jobs', () => {
  const summary = (id: string) => ({ job_id: id, type: 'generate_story', status: 'completed' });
  const pages: Reply[] = [
    { status: 200, body: { jobs: [summary('c'), summary('b')], next_cursor: 'x y' } },
    { status: 200, body: { jobs: [], next_cursor: 'z' } },
    { status: 200, body: { jobs: [summary('a')] } },
  ];

  it('come one by one over all pages, with the same filters', async () => {
    const { client, requests } = scriptedApi(pages);
    const ids: string[] = [];
    for await (const { job_id } of client.jobs.recent({ type: 'generate_story', status: 'completed' }))
      ids.push(job_id);
    expect(ids).toEqual(['c', 'b', 'a']);
    const filters = 'type=generate_story&status=completed';
    expect(requests.map(({ url }) => url.split('?')[1])).toEqual([
      `limit=50&${filters}`,
      `limit=50&cursor=x%20y&${filters}`,
      `limit=50&cursor=z&${filters}`,
    ]);
  });

  it('are fetched no further than they are wanted, and from the start each time', async () => {
    const { client, requests } = scriptedApi(pages.slice(0, 1));
    const recent = client.jobs.recent();
    for (const round of [1, 2]) {
      for await (const { job_id } of recent) if (job_id === 'b') break;
      expect(requests).toHaveLength(round);
    }
  });
});
