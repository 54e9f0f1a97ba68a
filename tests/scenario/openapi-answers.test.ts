import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { longestBodyBytes } from '../../shared/catalog/problems.ts';
import { basePath, type RouteDefinition, type RouteName, routeNames, routes } from '../../shared/catalog/routes.ts';
import { CreateScheduleRequest } from '../../shared/catalog/schemas/schedule.ts';
import { ScheduleView } from '../../shared/catalog/schemas/schedule-view.ts';
import { hasEnded, jobWhen, probe, submit } from '../support/api-client.ts';
import { bookingRequest, signedEvent, withKey } from '../support/booking-scene.ts';
import { startTestCloud, type TestCloud } from '../support/local-cloud.ts';
import { openapiChecker } from '../support/openapi-checker.ts';
import { type RawAnswer, type RawRequest, sendRaw } from '../support/raw-request.ts';
import { createUpload } from '../support/upload-photo.ts';

let cloud: TestCloud;
let checker: ReturnType<typeof openapiChecker>;
/** What stands in a path for a parameter, unless the route needs something of its own. */
const segments: Record<string, string> = { queue: 'default' };
/** Where a route needs more than any job and its own example. */
const special: Partial<Record<RouteName, Partial<RawRequest>>> = {};

beforeAll(async () => {
  cloud = await startTestCloud();
  checker = openapiChecker(await (await cloud.call('/openapi.json')).json());
  segments.job_id = (await probe(cloud, 'default', 'ada')).job_id;
  await jobWhen(cloud, segments.job_id, hasEnded);
  const { upload_key } = await createUpload(cloud, 'image/jpeg');
  const failing = (await submit(cloud, '/jobs/image/process', { upload_key })).job_id;
  await jobWhen(cloud, failing, ({ status }) => status === 'failed');
  const waiting = (await submit(cloud, '/jobs/voice/synthesize', { text: 'Later.', delay: 600 })).job_id;
  const routes = [{ origin: 'Tucumcari', destination: 'Santa Rosa, NM' }];
  segments.batch_id = (await submit(cloud, '/jobs/batch/stories', { routes, delay: 600 })).job_id;
  const booking = await submit(cloud, '/jobs/booking/process', bookingRequest(), withKey('booking'));
  await jobWhen(cloud, booking.job_id, hasEnded);
  special.process_reservation = { body: JSON.stringify(bookingRequest()) };
  special.cancel_reservation = { body: JSON.stringify({ job_id: booking.job_id }) };
  special.receive_stripe_event = signedEvent(cloud, { id: 'evt_1', type: 'customer.created', data: { object: {} } });
  const schedule = await (await cloud.call('/schedules', { body: CreateScheduleRequest.meta()?.examples?.[0] })).json();
  segments.schedule_id = ScheduleView.parse(schedule).schedule_id;
  special.process_image = { body: JSON.stringify({ upload_key }) };
  const story = { location: { latitude: 35.1717, longitude: -103.725 }, delay: 600 };
  const stories = [{ job_id: (await submit(cloud, '/jobs/story/generate', story)).job_id }];
  special.generate_highlights = { body: JSON.stringify({ stories }) };
  special.retry_job = { target: `${basePath}/jobs/retry/${failing}` };
  special.cancel_job = { target: `${basePath}/jobs/cancel/${waiting}` };
});
afterAll(() => cloud.close());

async function ask(name: RouteName, change: Partial<RawRequest> = {}, scope = scopeOf(name)): Promise<RawAnswer> {
  const { method, path, body, idempotencyKey }: RouteDefinition = routes[name];
  return sendRaw(cloud.apiUrl, {
    method,
    target: basePath + path.replace(/\{(\w+)\}/g, (_, parameter: string) => segments[parameter] ?? 'unknown'),
    headers: {
      authorization: await bearer(scope),
      'content-type': 'application/json',
      ...(idempotencyKey && { 'idempotency-key': randomUUID() }),
    },
    ...(body && { body: JSON.stringify(body.meta()?.examples?.[0] ?? {}) }),
    ...change,
  });
}

async function bearer(scope: string): Promise<string> {
  return `Bearer ${await cloud.issueToken({ owner: 'ada', scope })}`;
}

function scopeOf(name: RouteName): string {
  const route: RouteDefinition = routes[name];
  return route.scope ?? '';
}

function having(part: keyof RouteDefinition): RouteName[] {
  return routeNames.filter((name) => part in routes[name]);
}

const misfit = (name: RouteName, answer: RawAnswer) =>
  checker.answerMisfit(routes[name].path, routes[name].method, answer);

describe('the answers fit the document that the API itself serves', () => {
  it.each(routeNames)('of %s', async (name) => {
    const answer = await ask(name, special[name]);
    expect(Object.keys(routes[name].answers), answer.text).toContain(String(answer.status));
    expect(misfit(name, answer)).toBeUndefined();
  });

  it.each(having('scope'))('of %s without a token and without the scope', async (name) => {
    const refusals = [await ask(name, { headers: {} }), await ask(name, {}, 'another:scope')];
    expect(refusals.map(({ status }) => status)).toEqual([401, 403]);
    expect(refusals.map((answer) => misfit(name, answer))).toEqual([undefined, undefined]);
  });

  it.each(having('body'))('of %s to a body that is none', async (name) => {
    const refusals = [
      await ask(name, { body: '{' }),
      await ask(name, { body: '{"surprise":1}' }),
      await ask(name, { body: ' '.repeat(longestBodyBytes + 1) }),
      await ask(name, { headers: { authorization: await bearer(scopeOf(name)) } }),
    ];
    expect(refusals.map(({ status }) => status)).toEqual([400, 400, 413, 415]);
    expect(refusals.map((answer) => misfit(name, answer))).toEqual(refusals.map(() => undefined));
  });

  it.each(having('params'))('of %s about what does not exist', async (name) => {
    const target = basePath + routes[name].path.replace(/\{\w+\}/g, '01JDHV7Q5W6T1PQ8Z3N4K5M6R7');
    const answer = await ask(name, { target });
    expect([400, 404]).toContain(answer.status);
    expect(misfit(name, answer)).toBeUndefined();
  });

  it.each(having('conditional'))('of %s when nothing has changed', async (name) => {
    const { headers } = await ask(name);
    const again = { authorization: await bearer(scopeOf(name)), 'if-none-match': String(headers.etag) };
    const answer = await ask(name, { headers: again });
    expect(answer.status).toBe(304);
    expect(misfit(name, answer)).toBeUndefined();
  });

  it.each(routeNames.filter((name) => 'idempotencyKey' in routes[name]))('of %s without its key', async (name) => {
    const headers = { authorization: await bearer(scopeOf(name)), 'content-type': 'application/json' };
    const answer = await ask(name, { ...special[name], headers });
    expect(answer.status).toBe(400);
    expect(misfit(name, answer)).toBeUndefined();
  });

  it.each(having('signature'))('of %s to what is not signed', async (name) => {
    const answer = await ask(name, { body: '{}' });
    expect(answer.status).toBe(400);
    expect(misfit(name, answer)).toBeUndefined();
  });

  it.each(['cancel_job', 'retry_job'] as const)('of %s for a job that has ended already', async (name) => {
    const answer = await ask(name);
    expect(answer.status).toBe(409);
    expect(misfit(name, answer)).toBeUndefined();
  });
});
