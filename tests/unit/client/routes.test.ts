import { describe, expect, it } from 'vitest';
import { basePath, type RouteDefinition, routeNames, routes } from '../../../shared/catalog/routes.ts';
import { scriptedApi } from './scripted-api.ts';

/** The routes through which an app submits jobs, as its requests name them. */
const submitRoutes = routeNames
  .map((name): RouteDefinition => routes[name])
  .filter(({ jobType, scope }) => jobType !== undefined && !scope?.startsWith('ops:'))
  .map(({ method, path }) => `${method} https://api.test${basePath}${path}`);

describe('the client', () => {
  it('has one named method for every route that takes a job of an app', async () => {
    const { client, requests } = scriptedApi([{ status: 404 }]);
    const {
      jobs: _jobs,
      health: _health,
      schedules: _schedules,
      uploads: _uploads,
      webhooks: _webhooks,
      ...named
    } = client;
    for (const method of Object.values(named).flatMap((group) => Object.values(group))) {
      await Promise.allSettled([Reflect.apply(method, undefined, [{}])]);
    }
    expect(requests.map(({ method, url }) => `${method} ${url}`).sort()).toEqual([...submitRoutes].sort());
  });
});
