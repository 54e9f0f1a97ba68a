import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { problems } from '../../shared/catalog/problems.ts';
import { problemsOf } from '../../shared/catalog/route-problems.ts';
import { type RouteDefinition, type RouteName, routeNames, routes } from '../../shared/catalog/routes.ts';
import { GatewayMessage } from '../../shared/catalog/schemas/gateway.ts';
import { ProblemDocument } from '../../shared/catalog/schemas/job.ts';
import { scopes } from '../../shared/catalog/scopes.ts';
import { type HostileRequest, hostileRequests } from '../support/hostile-requests.ts';
import { startTestCloud, type TestCloud } from '../support/local-cloud.ts';
import { type RawAnswer, sendRaw } from '../support/raw-request.ts';
import { loggedLines } from '../support/start-command.ts';

/** Keeps the whole test within a few seconds; which ones are sent differs from route to route. */
const MOST_A_ROUTE = 60;
const AT_ONCE = 8;

/** Statuses that API Gateway gives by itself, with a body of its own. */
const gatewayStatuses = [400, 401, 403, 413, 431];

/** What an odd path or method meets, which is then no longer the route's. */
const ofNoRoute = ['not_found', 'method_not_allowed'];

let cloud: TestCloud;
let token: string;
beforeAll(async () => {
  cloud = await startTestCloud();
  token = await cloud.issueToken({ owner: 'mallory', scope: Object.keys(scopes).join(' ') });
});
afterAll(() => cloud.close());

describe('hostile requests', () => {
  it('to any route are all answered as the contract says, and none of them is our fault', async () => {
    const requests = routeNames.flatMap((name, index) =>
      spread(hostileRequests(name), MOST_A_ROUTE, index).map((request) => ({ name, request })),
    );
    const complaints: string[] = [];
    const next = requests.values();
    const worker = async () => {
      for (const { name, request } of next) {
        const answer = await send(request);
        const wrong = whatIsWrong(name, request, answer);
        if (wrong !== undefined) complaints.push(`${name}, ${request.what}: ${wrong}: ${answer.text.slice(0, 300)}`);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    expect(complaints).toEqual([]);
    expect(requests.length).toBeGreaterThan(routeNames.length * (MOST_A_ROUTE / 2));
  });

  it('leave the service as it was: nothing failed inside, and the next request is answered', async () => {
    expect(loggedLines(cloud.dataFolder).filter(({ message }) => message === 'request_failed')).toEqual([]);
    expect(cloud.troubles).toEqual([]);
    expect((await cloud.call('/jobs/recent?limit=1')).status).toBe(200);
  });
});

/** Some of the requests, evenly spread; another offset picks others. */
function spread<T>(all: readonly T[], count: number, offset: number): T[] {
  if (all.length <= count) return [...all];
  const start = (offset * 7) % all.length;
  return Array.from(
    { length: count },
    (_, index) => all[(start + Math.floor((index * all.length) / count)) % all.length],
  ).filter((request) => request !== undefined);
}

function send({ withToken, headers, ...request }: HostileRequest): Promise<RawAnswer> {
  const authorization: Readonly<Record<string, string>> = withToken ? { authorization: `Bearer ${token}` } : {};
  return sendRaw(cloud.apiUrl, { ...request, headers: { ...authorization, ...headers } });
}

/** Undefined for an answer that keeps the contract. */
function whatIsWrong(name: RouteName, { method }: HostileRequest, answer: RawAnswer): string | undefined {
  const { status, headers, text } = answer;
  if (status >= 500) return `status ${status}`;
  if (method === 'HEAD' || status === 204 || status === 304)
    return text === '' ? undefined : 'a body where none belongs';
  if (headers['content-length'] !== String(Buffer.byteLength(text))) return 'a wrong content-length';
  if (text.length > 300_000) return `${text.length} characters`;
  const body = headers['content-type']?.includes('json') ? parsed(text) : text;
  if (status < 400) return whatIsWrongWithSuccess(routes[name], status, body);
  if (gatewayStatuses.includes(status) && GatewayMessage.strict().safeParse(body).success) return undefined;
  return whatIsWrongWithProblem(routes[name], answer, body);
}

function whatIsWrongWithSuccess({ answers }: RouteDefinition, status: number, body: unknown): string | undefined {
  const schema = answers[status];
  if (!schema) return `an undocumented ${status}`;
  return schema.safeParse(body).error?.message;
}

function whatIsWrongWithProblem(
  route: RouteDefinition,
  { status, headers }: RawAnswer,
  body: unknown,
): string | undefined {
  if (headers['content-type'] !== 'application/problem+json') return `the type ${headers['content-type']}`;
  const problem = ProblemDocument.safeParse(body);
  if (!problem.success) return problem.error.message;
  const { code, type, instance, request_id } = problem.data;
  const known = Object.entries(problems).find(([name]) => name === code)?.[1];
  if (known?.status !== status || problem.data.status !== status) return `${code} with ${status}`;
  if (!ofNoRoute.includes(code) && !problemsOf(route).some((documented) => documented === code))
    return `an undocumented ${code}`;
  if (type !== `/problems/${code}`) return `the type ${type}`;
  if (request_id !== headers['apigw-requestid']) return `the request id ${request_id}`;
  return URL.canParse(instance, 'http://api.test') && /^[\x21-\x7e]*$/.test(instance)
    ? undefined
    : `the instance ${instance}`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
