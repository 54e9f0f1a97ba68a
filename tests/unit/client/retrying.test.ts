import { describe, expect, it } from 'vitest';
import { ask } from '../../../shared/client/ask.ts';
import { NetworkError, ProblemError } from '../../../shared/client/errors.ts';
import { accepted, completed, jobId, problem, scriptedApi, story, tucumcari } from './scripted-api.ts';

describe('a submit that gets no answer', () => {
  it.each([
    ['a lost connection', 'cut' as const],
    ['a server that says nothing', 'silent' as const],
    ['a 429', problem(429, 'rate_limited')],
    ['a 500', problem(500, 'internal_error')],
    ['a gateway out of order', { status: 503, body: { message: 'Service Unavailable' } }],
    ['a proxy out of order', { status: 502, body: '<html>Bad gateway</html>' }],
    ['a first try that is still being answered', problem(409, 'idempotency_in_flight', { 'retry-after': '1' })],
    ['the login page of a hotel', { status: 200, body: '<html>Room number?</html>' }],
  ])('because of %s is sent again under the same key', async (_, turn) => {
    const { client, requests } = scriptedApi([turn, turn, accepted(), completed]);
    expect(await client.story.generate(tucumcari)).toEqual(story);
    const posts = requests.filter(({ method }) => method === 'POST');
    expect(posts.map(({ headers }) => headers.get('idempotency-key'))).toEqual(['"key-1"', '"key-1"', '"key-1"']);
    expect(new Set(posts.map(({ body }) => body)).size).toBe(1);
  });

  it('is not sent again without a key', async () => {
    const { connection, requests } = scriptedApi(['cut', accepted()]);
    const isBody = (body: unknown): body is object => typeof body === 'object';
    const request = { method: 'POST', path: '/jobs/story/generate', body: '{}', needsToken: true, isBody } as const;
    await expect(ask(connection, request)).rejects.toThrow(NetworkError);
    expect(requests).toHaveLength(1);
  });
});

describe('the key of a submit', () => {
  it('is a new one for each call', async () => {
    const { client, requests } = scriptedApi([accepted()]);
    await client.jobs.submit('generate_story', tucumcari);
    await client.jobs.submit('generate_story', tucumcari);
    expect(requests.map(({ headers }) => headers.get('idempotency-key'))).toEqual(['"key-1"', '"key-2"']);
  });

  it('may be the app’s own', async () => {
    const { client, requests } = scriptedApi([accepted()]);
    const answer = await client.jobs.submit('generate_story', tucumcari, { idempotencyKey: 'mine' });
    expect(requests[0]?.headers.get('idempotency-key')).toBe('"mine"');
    expect(answer).toEqual({ jobId, statusUrl: `https://api.test/api/v1/jobs/status/${jobId}` });
  });
});

describe('the wait before the next try', () => {
  it('doubles, up to a bound, and half of it is chance', async () => {
    const { client, clock } = scriptedApi([...Array(8).fill('cut'), completed]);
    await client.jobs.status(jobId);
    expect(clock.waited).toEqual([0.25, 0.5, 1, 2, 4, 8, 10, 10]);
  });

  it.each([
    ['seconds', '7'],
    ['a date', new Date(Date.UTC(2026, 0, 1, 0, 0, 7)).toUTCString()],
  ])('is never shorter than a Retry-After in %s', async (_, retryAfter) => {
    const { client, clock } = scriptedApi([problem(429, 'rate_limited', { 'retry-after': retryAfter }), completed]);
    await client.jobs.status(jobId);
    expect(clock.waited).toEqual([7]);
  });
});

describe('the client’s patience', () => {
  it('ends with a NetworkError when nobody answered', async () => {
    const { client, clock } = scriptedApi(['cut'], { patience: 60 });
    const error = await client.jobs.status(jobId).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(NetworkError);
    expect(error).toMatchObject({ name: 'NetworkError', code: 'network', cause: { message: 'fetch failed' } });
    const waited = clock.waited.reduce((sum, seconds) => sum + seconds, 0);
    expect(waited).toBeGreaterThan(45);
    expect(waited).toBeLessThanOrEqual(60);
  });

  it('ends with the last problem when the server answered, at once if it asks for a longer wait', async () => {
    const { client, clock } = scriptedApi([problem(503, 'temporarily_unavailable', { 'retry-after': '3600' })]);
    const error = await client.jobs.status(jobId).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ status: 503, code: 'temporarily_unavailable', retryAfter: 3600 });
    expect(clock.waited).toEqual([]);
  });

  it('is not used up by a phone that sleeps', async () => {
    const asleep = () => {
      clock.pass(3_600);
      return 'cut' as const;
    };
    const { client, clock } = scriptedApi([asleep, asleep, completed]);
    expect(await client.jobs.status(jobId)).toMatchObject({ status: 'completed' });
  });

  it('is not asked for by a health check', async () => {
    const { client, requests } = scriptedApi(['cut']);
    await expect(client.health()).rejects.toThrow(NetworkError);
    expect(requests).toHaveLength(1);
    expect(requests[0]?.headers.has('authorization')).toBe(false);
  });
});

describe('a refusal', () => {
  it('is not tried again, and names every wrong field', async () => {
    const errors = [{ path: 'location.latitude', message: 'is too big' }];
    const body = { ...Object(problem(400, 'invalid_request').body), errors };
    const { client, requests } = scriptedApi([{ status: 400, body }]);
    const error = await client.story.generate(tucumcari).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ProblemError);
    expect(error).toMatchObject({
      name: 'ProblemError',
      status: 400,
      code: 'invalid_request',
      errors,
      requestId: 'r-1',
    });
    expect(String(error)).toContain('location.latitude: is too big');
    expect(requests).toHaveLength(1);
  });

  it('of the gateway has a code too', async () => {
    const { client } = scriptedApi([{ status: 401, body: { message: 'Unauthorized' } }]);
    const error = await client.jobs.status(jobId).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ status: 401, code: 'http_401', errors: [] });
    expect(String(error)).toContain('Unauthorized');
  });
});

describe('the token', () => {
  it('is asked for before each try', async () => {
    let issued = 0;
    const { client, requests } = scriptedApi(['cut', accepted(), completed], { token: async () => `t-${++issued}` });
    await client.story.generate(tucumcari);
    expect(requests.map(({ headers }) => headers.get('authorization'))).toEqual([
      'Bearer t-1',
      'Bearer t-2',
      'Bearer t-3',
    ]);
  });

  it('that cannot be had is the app’s own error', async () => {
    const signedOut = new Error('Signed out');
    const { client, requests } = scriptedApi([completed], { token: () => Promise.reject(signedOut) });
    await expect(client.jobs.status(jobId)).rejects.toBe(signedOut);
    expect(requests).toHaveLength(0);
  });
});
