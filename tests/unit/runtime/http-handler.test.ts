import { beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { deepestBody } from '../../../shared/catalog/problems.ts';
import { ProblemDocument } from '../../../shared/catalog/schemas/job.ts';
import { submitApi, type TestAnswer } from '../../support/submit-api.ts';

let api: ReturnType<typeof submitApi>;
beforeEach(() => {
  api = submitApi();
});

const story = { location: { latitude: 35.17, longitude: -103.72 } };

/** The problem document of an answer, which must be one. */
function problem({ statusCode, headers, body }: TestAnswer) {
  const document = ProblemDocument.parse(body);
  expect(document.status).toBe(statusCode);
  expect(headers['content-type']).toBe('application/problem+json');
  expect(document).toMatchObject({ type: `/problems/${document.code}`, request_id: 'request-1' });
  return document;
}

const pathsOf = (answer: TestAnswer) => problem(answer).errors?.map(({ path }) => path);

describe('a submit', () => {
  it('is answered 202 with where to follow the job', async () => {
    const { statusCode, headers, body } = await api.post(story);
    const { job_id } = z.object({ job_id: z.string() }).parse(body);
    expect(statusCode).toBe(202);
    expect(headers).toMatchObject({
      location: `/api/v1/jobs/status/${job_id}`,
      'retry-after': '2',
      'cache-control': 'no-store',
      'content-type': 'application/json',
    });
    expect(api.world.store.head(job_id).status).toBe('accepted');
  });

  it('in base64, with a charset and with a vendor type is read', async () => {
    const types = ['application/json; charset=utf-8', 'Application/JSON', 'application/vnd.roadtrip.v1+json'];
    for (const type of types) {
      const answer = await api.post(story, { base64: true, headers: { 'content-type': type } });
      expect([type, answer.statusCode]).toEqual([type, 202]);
    }
  });

  it.each([
    [
      'text no attribute of DynamoDB could hold as it is',
      { huge: 1e300, tiny: 1e-300, '': '', deep: nested(deepestBody - 2) },
    ],
    ['emoji and text in two directions', { note: '🚗 مرحبا שלום é' }],
  ])('with %s in its open fields is accepted', async (_, context) => {
    expect((await api.post({ ...story, context })).statusCode).toBe(202);
  });
});

describe('a request with wrong fields', () => {
  it('is told every one of them by its path', async () => {
    const body = {
      location: { latitude: 91, longitude: 'west', altitude: 3 },
      interests: ['history', 7, ''],
      include_voice: 'yes',
      voice_personality: 'MORGAN',
      priority: 11,
      surprise: true,
    };
    const answer = await api.post(body);
    expect(problem(answer)).toMatchObject({ status: 400, code: 'invalid_request', detail: '9 fields are wrong' });
    expect([...new Set(pathsOf(answer))].toSorted()).toEqual([
      'include_voice',
      'interests[1]',
      'interests[2]',
      'location.altitude',
      'location.latitude',
      'location.longitude',
      'priority',
      'surprise',
      'voice_personality',
    ]);
    expect(api.world.store.heads.size).toBe(0);
  });

  it.each([0, -1, 11, 5.5, '5', 'high', null, true, 1e9])('has no priority %j', async (priority) => {
    expect(pathsOf(await api.post({ ...story, priority }))).toEqual(['priority']);
  });

  it('cannot be given two starting times, or one further off than thirty days', async () => {
    const soon = new Date(api.world.time + 60_000).toISOString();
    expect(pathsOf(await api.post({ ...story, delay: 5, run_at: soon }))).toEqual(['run_at']);
    expect(pathsOf(await api.post({ ...story, run_at: '9999-12-31T23:59:59Z' }))).toEqual(['run_at']);
    expect(pathsOf(await api.post({ ...story, delay: 2_592_001 }))).toEqual(['delay']);
    expect((await api.post({ ...story, delay: 2_592_000 })).statusCode).toBe(202);
  });

  it('is told about its path parameters too', async () => {
    const request = { routeKey: 'POST /api/v1/ops/queues/{queue}/probe', params: { queue: 'fast_lane' } };
    expect(pathsOf(await api.send(request))).toEqual(['queue']);
  });
});

describe('an address', () => {
  it('that does not exist is 404', async () => {
    const answer = await api.send({ routeKey: '$default', method: 'GET', path: '/api/v1/nothing', claims: null });
    expect(problem(answer)).toMatchObject({ status: 404, code: 'not_found', instance: '/api/v1/nothing' });
  });

  it('is named as a URI, whatever its characters', async () => {
    const path = '/api/v1/a b/\u0000/🚗/100%?';
    const answer = await api.send({ routeKey: '$default', method: 'GET', path, claims: null });
    expect(problem(answer).instance).toBe('/api/v1/a%20b/%00/%F0%9F%9A%97/100%25%3F');
  });

  it.each([
    ['DELETE', '/api/v1/jobs/story/generate', 'POST'],
    ['POST', '/api/v1/jobs/status/01JDHV7Q5W6T1PQ8Z3N4K5M6R7', 'GET'],
    ['PUT', '/api/v1/health', 'GET'],
  ])('that does not know %s %s is 405 and says %s', async (method, path, allow) => {
    const answer = await api.send({ routeKey: '$default', method, path, claims: null });
    expect(problem(answer).status).toBe(405);
    expect(answer.headers.allow).toBe(allow);
  });
});

describe('an unforeseen error', () => {
  it.each([new Error('arn:aws:dynamodb:us-east-1:1:table/jobs is closed'), 'arn:aws:text', undefined, null])(
    'like %s is 500 and tells the client nothing of itself',
    async (thrown) => {
      api.world.store.fault = () => {
        throw thrown;
      };
      const answer = await api.post(story);
      expect(problem(answer)).toMatchObject({ status: 500, code: 'internal_error' });
      for (const secret of ['arn', 'table', 'at ', 'text']) expect(JSON.stringify(answer.body)).not.toContain(secret);
    },
  );
});

describe('the owner of a job', () => {
  const ownerFor = async (claims: Readonly<Record<string, string>>) => {
    const { body } = await api.post(story, { claims });
    return api.world.store.head(z.object({ job_id: z.string() }).parse(body).job_id).owner;
  };

  it('is the same for each token of one subject, and another for another subject or issuer', async () => {
    const anna = { iss: 'https://issuer.example', sub: 'anna' };
    const owner = await ownerFor(anna);
    expect(await ownerFor({ ...anna, exp: '1' })).toBe(owner);
    expect(await ownerFor({ ...anna, sub: 'ben' })).not.toBe(owner);
    expect(await ownerFor({ ...anna, iss: 'https://other.example' })).not.toBe(owner);
    expect(owner).toMatch(/^[\w-]{22}$/);
    expect(owner).not.toContain('anna');
  });

  it.each([
    ['names no subject', { iss: 'https://issuer.example' }],
    ['names no issuer', { sub: 'anna' }],
    ['is missing', null],
  ])('is never guessed: a token that %s is not served', async (_, claims) => {
    expect((await api.post(story, { claims })).statusCode).toBe(403);
    expect(api.world.store.heads.size).toBe(0);
  });
});

function nested(levels: number): unknown {
  return levels === 0 ? 'core' : { inner: nested(levels - 1) };
}
