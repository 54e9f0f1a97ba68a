import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stageSettings } from '../../infra/stages.ts';
import { basePath, type RouteDefinition, routeNames, routes } from '../../shared/catalog/routes.ts';
import { SubmitAnswer } from '../../shared/catalog/schemas/submit.ts';
import { hasEnded, jobWhen, probe, problemOf } from '../support/api-client.ts';
import { targetOf } from '../support/hostile-requests.ts';
import { startTestCloud, type TestCloud } from '../support/local-cloud.ts';
import { sendRaw } from '../support/raw-request.ts';

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startTestCloud();
});
afterAll(() => cloud.close());

const [allowed = ''] = stageSettings('local').corsOrigins;
const foreign = 'https://elsewhere.example';
const unknownJob = '/jobs/status/01JDHV7Q5W6T1PQ8Z3N4K5M6R7';

describe.each(routeNames)('a browser that asks before it calls %s', (name) => {
  const route: RouteDefinition = routes[name];
  const ask = (origin: string) =>
    sendRaw(cloud.apiUrl, {
      method: 'OPTIONS',
      target: targetOf(route),
      headers: {
        origin,
        'access-control-request-method': route.method,
        'access-control-request-headers': 'authorization,content-type,idempotency-key,if-none-match',
      },
    });

  it('is told, without a token, that the app may', async () => {
    const { status, headers, text } = await ask(allowed);
    expect([status, text]).toEqual([204, '']);
    expect(headers['access-control-allow-origin']).toBe(allowed);
    expect(headers['access-control-allow-methods']?.split(',')).toContain(route.method);
    expect(headers['access-control-allow-headers']?.split(',')).toEqual(
      expect.arrayContaining(['authorization', 'content-type', 'idempotency-key', 'if-none-match']),
    );
    expect(Number(headers['access-control-max-age'])).toBeGreaterThan(0);
  });

  it('is told nothing on behalf of a foreign origin', async () => {
    const { headers } = await ask(foreign);
    expect(Object.keys(headers).filter((header) => header.startsWith('access-control'))).toEqual([]);
    expect(JSON.stringify(headers)).not.toContain(foreign);
  });
});

describe('a page of the app', () => {
  const readable = (response: Response) => ({
    status: response.status,
    origin: response.headers.get('access-control-allow-origin'),
  });

  it('can read every refusal: the gateway’s, a problem, an unknown address', async () => {
    const origin = { origin: allowed };
    const expired = await cloud.issueToken({ owner: 'ada', scope: 'jobs:read', lifetimeSeconds: -600 });
    const bearer = { ...origin, authorization: `Bearer ${expired}` };
    const answers = [
      await fetch(`${cloud.apiUrl}${basePath}${unknownJob}`, { headers: origin }),
      await fetch(`${cloud.apiUrl}${basePath}${unknownJob}`, { headers: bearer }),
      await cloud.call(unknownJob, { headers: origin, scope: 'jobs:write' }),
      await cloud.call(unknownJob, { headers: origin }),
      await cloud.call('/jobs/story/generate', { headers: origin, body: {} }),
      await cloud.call('/nothing', { headers: origin }),
      await cloud.call('/health', { headers: origin, method: 'DELETE' }),
    ];
    expect(answers.map(readable)).toEqual(
      [401, 401, 403, 404, 400, 404, 405].map((status) => ({ status, origin: allowed })),
    );
  });

  it('of another origin can read none', async () => {
    const response = await cloud.call(unknownJob, { headers: { origin: foreign } });
    expect(readable(response)).toEqual({ status: 404, origin: null });
  });

  it('may read every header that the contract gives a meaning, and the number of its request', async () => {
    const response = await cloud.call('/health', { headers: { origin: allowed } });
    const exposed = response.headers.get('access-control-expose-headers')?.split(',');
    expect(exposed).toEqual(
      expect.arrayContaining(['location', 'etag', 'retry-after', 'idempotent-replayed', 'apigw-requestid']),
    );
  });
});

describe('an answer', () => {
  it('carries the number of the request that its problem names', async () => {
    for (const path of [unknownJob, '/nothing', '/jobs/status/x']) {
      const response = await cloud.call(path);
      expect((await problemOf(response)).request_id).toBe(response.headers.get('apigw-requestid'));
    }
  });

  it('may be kept by nobody but its owner, and is checked each time; the document alone is public', async () => {
    const { job_id } = await probe(cloud, 'default', 'ada');
    const kept = async (path: string) => (await cloud.call(path)).headers.get('cache-control');
    expect(await kept(`/jobs/status/${job_id}`)).toBe('private, no-cache');
    expect(await kept('/openapi.json')).toMatch(/^public, max-age=\d+$/);
    for (const path of ['/jobs/recent', `/jobs/events/${job_id}`, '/health', unknownJob, '/nothing']) {
      expect([path, await kept(path)]).toEqual([path, 'no-store']);
    }
  });

  it('is never guessed to be something else than it says', async () => {
    for (const path of ['/health', unknownJob, '/openapi.json']) {
      expect((await cloud.call(path)).headers.get('x-content-type-options')).toBe('nosniff');
    }
  });
});

describe('an answer that asks to come back', () => {
  it('says when: a submit, a job that has not ended, a cancel that is under way', async () => {
    const text = 'The road goes on past one more field and one more fence. '.repeat(150);
    const submitted = await cloud.call('/jobs/voice/synthesize', { body: { text } });
    const { job_id } = SubmitAnswer.parse(await submitted.json());
    await jobWhen(cloud, job_id, ({ status }) => status === 'processing');
    const running = await cloud.call(`/jobs/status/${job_id}`);
    const cancelling = await cloud.call(`/jobs/cancel/${job_id}`, { method: 'POST' });
    expect([submitted, running, cancelling].map(({ status }) => status)).toEqual([202, 200, 202]);
    for (const { headers } of [submitted, running, cancelling]) {
      expect(Number(headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    }
    await jobWhen(cloud, job_id, hasEnded);
    expect((await cloud.call(`/jobs/status/${job_id}`)).headers.has('retry-after')).toBe(false);
  });
});

describe('a method', () => {
  it.each(routeNames)('that %s does not know is 405, and says which ones it does', async (name) => {
    const route: RouteDefinition = routes[name];
    const samePath = routeNames.filter((other) => routes[other].path === route.path);
    for (const method of ['PUT', 'PATCH', 'HEAD', 'OPTIONS']) {
      const { status, headers } = await sendRaw(cloud.apiUrl, { method, target: targetOf(route) });
      expect([method, status]).toEqual([method, 405]);
      expect(headers.allow?.split(', ').toSorted()).toEqual(
        [...new Set(samePath.map((other) => routes[other].method))].toSorted(),
      );
    }
  });
});
