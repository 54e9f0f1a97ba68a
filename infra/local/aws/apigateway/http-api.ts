import type { IncomingMessage } from 'node:http';
import { type Clock, systemClock } from '../../clock.ts';
import type { LocalFunction } from '../lambda/function.ts';
import { type CorsConfiguration, corsHeaders, preflightHeaders } from './cors.ts';
import { type GatewayResponse, gatewayMessage, proxyResponse } from './gateway-response.ts';
import { type HttpServer, serveHttp } from './http-server.ts';
import type { JwtAuthorizer, JwtContext } from './jwt-authorizer.ts';
import { proxyEvent } from './proxy-event.ts';
import { type RouteMatch, routeFinder } from './routes.ts';

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html */
const HEADERS_LIMIT_BYTES = 10_240;
const INTEGRATION_LIMIT_MS = 30_000;

export interface HttpApiRoute {
  readonly routeKey: string;
  readonly target: Pick<LocalFunction, 'invoke'>;
  /** A name among `authorizers`; none, the route is open. */
  readonly authorizer?: string | undefined;
  /** `AuthorizationScopes`: a token needs one of them. */
  readonly scopes?: readonly string[] | undefined;
}

export interface HttpApiOptions {
  readonly routes: readonly HttpApiRoute[];
  readonly cors?: CorsConfiguration | undefined;
  readonly authorizers?: Readonly<Record<string, JwtAuthorizer>>;
  /** 0 takes a free one. */
  readonly port: number;
  readonly host: string;
  /** One line for each answer of the gateway's own that hides a cause. */
  readonly log: (line: string) => void;
  /** Told of every answer. */
  readonly observe?: (answer: HttpApiAnswer) => void;
  readonly clock?: Clock;
}

/** One answer; times in milliseconds since the epoch. */
export interface HttpApiAnswer {
  readonly status: number;
  readonly startedAt: number;
  readonly endedAt: number;
}

/** What listens; `url` carries the port. */
export type HttpApi = HttpServer;

/**
 * An API Gateway HTTP API (payload format 2.0) in front of functions. Its own answers are API Gateway's: 401, 403, 404,
 * 413, 431, 500, 503. Rejects when the port is taken.
 */
export async function startHttpApi(options: HttpApiOptions): Promise<HttpApi> {
  return serveHttp({ ...options, answer: gateway(options) });
}

function gateway(options: HttpApiOptions) {
  const { cors, log, clock = systemClock } = options;
  const findRoute = routeFinder(options.routes);
  for (const { routeKey, authorizer } of options.routes) {
    if (authorizer === undefined || options.authorizers?.[authorizer]) continue;
    throw new Error(`Route ${routeKey} names an unknown authorizer: ${authorizer}`);
  }

  return async (request: IncomingMessage, body: Buffer | undefined, requestId: string): Promise<GatewayResponse> => {
    const receivedAt = clock.now();
    const target = request.url ?? '/';
    const path = target.split('?', 1)[0] ?? '/';

    const respond = async (): Promise<GatewayResponse> => {
      if (headerBytes(request) > HEADERS_LIMIT_BYTES) return gatewayMessage(431);
      if (!body) return gatewayMessage(413);
      const match = findOrReject(findRoute, request.method ?? 'GET', path);
      if (match === 'malformed') return gatewayMessage(400);
      const access = await authorize(options, match?.route, request.headers.authorization);
      if ('denied' in access) return access.denied;
      if (cors && isPreflight(request)) return preflight(cors, request);
      if (!match) return gatewayMessage(404);
      const { route, pathParameters } = match;
      const rawQueryString = target.slice(path.length + 1);
      const { routeKey } = route;
      const { jwt } = access;
      const event = { request, path, rawQueryString, body, requestId, routeKey, pathParameters, jwt, receivedAt };
      return integrate(route, proxyEvent(event), { clock, log, ownsCors: cors !== undefined });
    };

    const response = await respond();
    options.observe?.({ status: response.status, startedAt: receivedAt, endedAt: clock.now() });
    return { ...response, headers: { ...response.headers, ...corsHeaders(cors, request.headers.origin) } };
  };
}

type Find = (method: string, path: string) => RouteMatch<HttpApiRoute> | undefined;

function findOrReject(findRoute: Find, method: string, path: string) {
  try {
    return findRoute(method, path);
  } catch {
    return 'malformed';
  }
}

type Access = { readonly jwt: JwtContext | undefined } | { readonly denied: GatewayResponse };

/**
 * Comes before the answer to a preflight: an `ANY` or `$default` route with an authorizer refuses a browser's OPTIONS on
 * AWS too. https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
 */
async function authorize(
  options: HttpApiOptions,
  route: HttpApiRoute | undefined,
  header: string | undefined,
): Promise<Access> {
  const authorizer = options.authorizers?.[route?.authorizer ?? ''];
  if (!authorizer) return { jwt: undefined };
  const authorization = await authorizer(header, route?.scopes ?? []);
  if (authorization.status === 'allowed') return { jwt: authorization.jwt };
  const status = authorization.status === 'forbidden' ? 403 : 401;
  return { denied: gatewayMessage(status, { 'www-authenticate': authorization.wwwAuthenticate }) };
}

async function integrate(
  route: HttpApiRoute,
  event: unknown,
  { clock, log, ownsCors }: { clock: Clock; log: (line: string) => void; ownsCors: boolean },
): Promise<GatewayResponse> {
  const limit = Promise.withResolvers<'timed out'>();
  const cancel = clock.after(INTEGRATION_LIMIT_MS, () => limit.resolve('timed out'));
  const result = await Promise.race([route.target.invoke(event), limit.promise]);
  cancel();
  if (result === 'timed out') {
    log(`${route.routeKey}: no answer within ${INTEGRATION_LIMIT_MS / 1000} s`);
    return gatewayMessage(503);
  }
  if (result.status === 'succeeded') return proxyResponse(result.payload, ownsCors);
  if (result.status === 'failed') {
    log(`${route.routeKey}: ${result.error.errorType}: ${result.error.errorMessage}`);
    return gatewayMessage(500);
  }
  log(`${route.routeKey}: ${result.reason}`);
  return gatewayMessage(result.reason === 'RequestTooLargeException' ? 413 : 503);
}

const isPreflight = ({ method, headers }: IncomingMessage): boolean =>
  method === 'OPTIONS' && !!headers.origin && !!headers['access-control-request-method'];

const preflight = (cors: CorsConfiguration, request: IncomingMessage): GatewayResponse => ({
  status: 204,
  headers: preflightHeaders(cors, request.headers.origin),
  body: Buffer.alloc(0),
});

function headerBytes(request: IncomingMessage): number {
  const values = request.rawHeaders.filter((_, index) => index % 2 === 1);
  return values.reduce((total, value) => total + value.length, `${request.method} ${request.url} HTTP/1.1`.length);
}
