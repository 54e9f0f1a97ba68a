import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { SubmitAnswer } from '../../shared/catalog/schemas/submit.ts';
import { hasEnded, jobWhen, probe, problemOf, submit } from '../support/api-client.ts';
import { startTestCloud, type TestCloud } from '../support/local-cloud.ts';

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startTestCloud();
});
afterAll(() => cloud.close());

const OpenApi = z.object({ openapi: z.literal('3.1.0'), paths: z.record(z.string(), z.unknown()) });

const narration = { text: 'Hello from the road.' };

describe('a submit', () => {
  it('is answered with where to follow the job and when to look', async () => {
    const response = await cloud.call('/jobs/voice/synthesize', { body: narration });
    expect(response.status).toBe(202);
    const answer = SubmitAnswer.parse(await response.json());
    expect(answer).toMatchObject({ status: 'accepted', status_url: `/api/v1/jobs/status/${answer.job_id}` });
    expect(response.headers.get('location')).toBe(answer.status_url);
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('names every wrong field at once', async () => {
    const body = {
      location: { latitude: 91 },
      interests: ['history', 7],
      include_voice: 'yes',
      voice_personality: 'MORGAN',
      priority: 11,
      colour: 1,
    };
    const response = await cloud.call('/jobs/story/generate', { body });
    expect(response.status).toBe(400);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    const problem = await problemOf(response);
    expect(problem.errors?.map(({ path }) => path).sort()).toEqual([
      'colour',
      'include_voice',
      'interests[1]',
      'location.latitude',
      'location.longitude',
      'priority',
      'voice_personality',
    ]);
    expect(problem.errors?.find(({ path }) => path === 'voice_personality')?.message).toContain('warm_guide');
  });

  it.each([
    ['text/plain', JSON.stringify(narration), 415, 'unsupported_media_type'],
    ['application/json', '{"text":', 400, 'malformed_json'],
    ['application/json', '', 400, 'malformed_json'],
    ['application/json', JSON.stringify({ text: 'x'.repeat(70_000) }), 413, 'payload_too_large'],
    ['application/json', JSON.stringify({ text: 'a\uFFFF' }), 400, 'invalid_request'],
    ['application/json', '[]', 400, 'invalid_request'],
  ])('of %s %#.40s is refused with %i %s', async (contentType, body, status, code) => {
    const token = await cloud.issueToken({ owner: 'ada', scope: 'jobs:write' });
    const response = await fetch(`${cloud.apiUrl}/api/v1/jobs/voice/synthesize`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': contentType },
      body,
    });
    expect(response.status).toBe(status);
    expect(await problemOf(response)).toMatchObject({ code, status });
  });

  it('with the same key and body is answered again, with one job made', async () => {
    const headers = { 'idempotency-key': '"a-key"' };
    const responses = await Promise.all(
      Array.from({ length: 8 }, () => cloud.call('/jobs/voice/synthesize', { body: narration, headers })),
    );
    const answers = await Promise.all(responses.map(async (response) => SubmitAnswer.parse(await response.json())));
    expect(responses.map(({ status }) => status)).toEqual(Array(8).fill(202));
    expect(new Set(answers.map(({ job_id }) => job_id)).size).toBe(1);
    expect(responses.filter((response) => response.headers.get('idempotent-replayed') === 'true')).toHaveLength(7);
    const other = await cloud.call('/jobs/voice/synthesize', { body: { text: 'Another text.' }, headers });
    expect(other.status).toBe(422);
    const stranger = await submit(cloud, '/jobs/voice/synthesize', narration, { headers, owner: 'grace' });
    expect(stranger.job_id).not.toBe(answers[0]?.job_id);
  });

  it('with a delay is scheduled and starts when its time has come', async () => {
    const response = await cloud.call('/jobs/voice/synthesize', { body: { ...narration, delay: 2 } });
    const { job_id, status } = SubmitAnswer.parse(await response.json());
    expect(status).toBe('scheduled');
    const job = await jobWhen(cloud, job_id, hasEnded);
    expect(job.status).toBe('completed');
    expect(Date.parse(job.started_at ?? '') - Date.parse(job.created_at)).toBeGreaterThanOrEqual(2_000);
  });
});

describe('a status', () => {
  it('of somebody else’s job is the same 404 as of no job at all', async () => {
    const { job_id } = await submit(cloud, '/jobs/voice/synthesize', narration);
    const foreign = await problemOf(await cloud.call(`/jobs/status/${job_id}`, { owner: 'eve' }));
    const unknown = await problemOf(await cloud.call('/jobs/status/01JDHV7Q5W6T1PQ8Z3N4K5M6R7', { owner: 'eve' }));
    expect(foreign).toEqual({ ...unknown, instance: foreign.instance, request_id: foreign.request_id });
    expect(foreign.status).toBe(404);
  });

  it('that has not changed is a 304 without a body', async () => {
    const { job_id } = await probe(cloud, 'default', 'ada');
    await jobWhen(cloud, job_id, hasEnded);
    const first = await cloud.call(`/jobs/status/${job_id}`);
    const etag = first.headers.get('etag') ?? '';
    const second = await cloud.call(`/jobs/status/${job_id}`, { headers: { 'if-none-match': etag } });
    expect(second.status).toBe(304);
    expect(await second.text()).toBe('');
  });
});

describe('a caller', () => {
  it('without a token, with a bad one or without the scope is stopped by the gateway', async () => {
    const url = `${cloud.apiUrl}/api/v1/jobs/status/01JDHV7Q5W6T1PQ8Z3N4K5M6R7`;
    expect((await fetch(url)).status).toBe(401);
    expect((await fetch(url, { headers: { authorization: 'Bearer x.y.z' } })).status).toBe(401);
    const expired = await cloud.issueToken({ owner: 'ada', scope: 'jobs:read', lifetimeSeconds: -600 });
    expect((await fetch(url, { headers: { authorization: `Bearer ${expired}` } })).status).toBe(401);
    expect((await cloud.call('/jobs/status/01JDHV7Q5W6T1PQ8Z3N4K5M6R7', { scope: 'jobs:write' })).status).toBe(403);
    expect((await cloud.call('/ops/queues/booking/probe', { body: {} })).status).toBe(403);
  });

  it('needs no token for health and the OpenAPI document', async () => {
    const health = await fetch(`${cloud.apiUrl}/api/v1/health`);
    expect(await health.json()).toMatchObject({ status: 'ok', stage: 'local' });
    const document = OpenApi.parse(await (await fetch(`${cloud.apiUrl}/api/v1/openapi.json`)).json());
    expect(Object.keys(document.paths)).toContain('/jobs/status/{job_id}');
  });

  it('reads the documentation without a token, where the problem it met has a section', async () => {
    const response = await fetch(`${cloud.apiUrl}/api/v1/docs`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    const page = await response.text();
    const { type } = await problemOf(await fetch(`${cloud.apiUrl}/api/v1/nothing`));
    expect(page).toContain(`id="problem-${type.replace('/problems/', '')}"`);
    const [, style = ''] = /<style>(.*?)<\/style>/s.exec(page) ?? [];
    const allowed = `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`;
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy.split('; ')).toEqual(expect.arrayContaining(["default-src 'none'", allowed]));
    expect(policy).not.toContain('unsafe');
  });

  it('is told apart an unknown route and a wrong method', async () => {
    const unknown = await fetch(`${cloud.apiUrl}/api/v1/nothing`);
    expect(unknown.status).toBe(404);
    expect(await problemOf(unknown)).toMatchObject({ code: 'not_found' });
    const wrong = await fetch(`${cloud.apiUrl}/api/v1/jobs/story/generate`, { method: 'DELETE' });
    expect(wrong.status).toBe(405);
    expect(wrong.headers.get('allow')).toBe('POST');
  });
});
