import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { basePath, type RouteDefinition, type RouteName, routeNames, routes } from '../../shared/catalog/routes.ts';
import { CreateScheduleRequest } from '../../shared/catalog/schemas/schedule.ts';
import { ScheduleView } from '../../shared/catalog/schemas/schedule-view.ts';
import { hasEnded, jobWhen, probe, readJob, submit } from '../support/api-client.ts';
import { startTestCloud, type TestCloud } from '../support/local-cloud.ts';
import { type RawAnswer, sendRaw } from '../support/raw-request.ts';

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startTestCloud();
});
afterAll(() => cloud.close());

const unknown = '01JDHV7Q5W6T1PQ8Z3N4K5M6R7';

/** Parameters that name nobody's property. */
const shared = ['queue', 'name'];

/** How to make what a path parameter names, for its owner: first as it is begun, then as it has ended. */
const owned: Readonly<Record<string, readonly ((owner: string) => Promise<string>)[]>> = {
  job_id: [
    async (owner) => (await submit(cloud, '/jobs/voice/synthesize', { text: 'Later.', delay: 600 }, { owner })).job_id,
    async (owner) => {
      const { job_id } = await probe(cloud, 'default', owner);
      await jobWhen(cloud, job_id, hasEnded, owner);
      return job_id;
    },
  ],
  schedule_id: [
    async (owner) => {
      const response = await cloud.call('/schedules', { owner, body: CreateScheduleRequest.meta()?.examples?.[0] });
      return ScheduleView.parse(await response.json()).schedule_id;
    },
  ],
  batch_id: [
    async (owner) => {
      const routes = [{ origin: 'Tucumcari', destination: 'Santa Rosa, NM' }];
      return (await submit(cloud, '/jobs/batch/stories', { routes, delay: 600 }, { owner })).job_id;
    },
  ],
};

const parametersOf = ({ path }: RouteDefinition) => [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
const ownedRoutes = routeNames.flatMap((name) =>
  parametersOf(routes[name]).flatMap((parameter) => (shared.includes(parameter) ? [] : [[name, parameter] as const])),
);

describe('what belongs to somebody else', () => {
  it.each(ownedRoutes)('is to %s exactly what does not exist (%s)', async (name, parameter) => {
    const makers = owned[parameter] ?? [];
    expect(makers.length, `a way to make a ${parameter}`).toBeGreaterThan(0);
    const none = await ask(name, parameter, unknown);
    expect([none.status, none.headers['content-type']]).toEqual([404, 'application/problem+json']);
    for (const make of makers) {
      const foreign = await make('ada');
      expect(comparable(await ask(name, parameter, foreign), foreign)).toEqual(comparable(none, unknown));
    }
  });

  it('is in no list of anybody else', async () => {
    await submit(cloud, '/jobs/voice/synthesize', { text: 'Later.', delay: 600 });
    const list = await cloud.call('/jobs/recent?limit=100', { owner: 'eve' });
    expect(await list.json()).toEqual({ jobs: [] });
    const schedules = await cloud.call('/schedules', { owner: 'eve' });
    expect(await schedules.json()).toEqual({ schedules: [] });
  });

  it('is not changed by whatever somebody else asks of it', async () => {
    const { job_id } = await submit(cloud, '/jobs/voice/synthesize', { text: 'Later.', delay: 600 });
    const before = await readJob(cloud, job_id);
    for (const [name, parameter] of ownedRoutes) if (parameter === 'job_id') await ask(name, parameter, job_id);
    const { duration: _, ...after } = await readJob(cloud, job_id);
    expect(before).toMatchObject(after);
  });
});

/** The request of a stranger, who has every scope the route could want. */
async function ask(name: RouteName, parameter: string, id: string): Promise<RawAnswer> {
  const route: RouteDefinition = routes[name];
  const token = await cloud.issueToken({ owner: 'eve', scope: route.scope ?? '' });
  return sendRaw(cloud.apiUrl, {
    method: route.method,
    target: `${basePath}${route.path.replace(`{${parameter}}`, id)}`,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(route.body && { body: JSON.stringify(route.body.meta()?.examples?.[0] ?? {}) }),
  });
}

/** The whole answer, byte for byte, but for what names this request: its path, its number, its second. */
function comparable({ status, headers, text }: RawAnswer, id: string) {
  const { date: _, 'apigw-requestid': requestId = '', ...rest } = headers;
  return { status, headers: rest, text: text.replaceAll(id, '<id>').replaceAll(String(requestId), '<request>') };
}
