import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type HttpApiRoute, startHttpApi } from '../../infra/local/aws/apigateway/http-api.ts';
import { jwtAuthorizer } from '../../infra/local/aws/apigateway/jwt-authorizer.ts';
import { systemClock } from '../../infra/local/clock.ts';
import { startIssuer, type TokenRequest } from '../../infra/local/issuer/issuer.ts';
import { testFunction } from './local-function.ts';
import { ManualClock } from './manual-clock.ts';

export const ISSUER = 'https://issuer.roadtrip.test';
/** The one origin the API allows. */
export const APP = 'https://app.roadtrip.test';

/** An API whose routes lead to a function that answers with its event, or as the header `x-answer` says. */
export async function startTestHttpApi() {
  const folder = await mkdtemp(join(tmpdir(), 'http-api-'));
  const keyFile = join(folder, 'key.json');
  const issuer = await startIssuer({ name: ISSUER, keyFile, port: 0 });
  const locate = (url: string) => url.replace(ISSUER, issuer.url);
  const web = testFunction('web');
  const clock = new ManualClock();
  const lines: string[] = [];
  const routes = testRoutes(web, clock);
  const api = await startHttpApi({
    routes,
    authorizers: { jwt: jwtAuthorizer({ issuer: ISSUER, audience: ['roadtrip'], locate, clock: systemClock }) },
    cors: {
      AllowOrigins: [APP],
      AllowMethods: ['GET', 'POST'],
      AllowHeaders: ['authorization', 'content-type'],
      ExposeHeaders: ['etag'],
      MaxAge: 600,
    },
    port: 0,
    host: '127.0.0.1',
    log: (line) => lines.push(line),
    clock,
  });

  const call = (path: string, init?: RequestInit) => fetch(api.url + path, init);
  return {
    url: api.url,
    ...{ folder, keyFile, issuer, web, clock, lines, routes, call },
    eventOf: async (path: string, init?: RequestInit) => (await call(path, init)).json(),
    answering: (answer: unknown) => call('/jobs/1', { headers: { 'x-answer': JSON.stringify(answer) } }),
    token: (change: Partial<TokenRequest> = {}) =>
      issuer.issueToken({
        owner: 'u1',
        scope: 'jobs:read jobs:write',
        audience: 'roadtrip',
        lifetimeSeconds: 60,
        ...change,
      }),
    async close() {
      await Promise.all([api.close(), issuer.close(), web.close()]);
      await rm(folder, { recursive: true });
    },
  };
}

export const withToken = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });

function testRoutes(target: HttpApiRoute['target'], clock: ManualClock): readonly HttpApiRoute[] {
  const refuse: HttpApiRoute['target']['invoke'] = async () => ({
    status: 'refused',
    reason: 'TooManyRequestsException',
  });
  const hang = () => new Promise<never>(() => queueMicrotask(() => clock.advance(30_000)));
  return [
    { routeKey: 'GET /jobs/recent', target },
    { routeKey: 'GET /jobs/{job_id}', target },
    { routeKey: 'ANY /jobs/{job_id}', target },
    { routeKey: 'GET /files/{proxy+}', target },
    { routeKey: 'POST /bodies', target },
    { routeKey: 'GET /private', target, authorizer: 'jwt', scopes: ['jobs:read', 'ops:read'] },
    { routeKey: 'GET /signed-in', target, authorizer: 'jwt' },
    { routeKey: 'ANY /guarded', target, authorizer: 'jwt' },
    { routeKey: 'GET /busy', target: { invoke: refuse } },
    { routeKey: 'GET /stuck', target: { invoke: hang } },
  ];
}
