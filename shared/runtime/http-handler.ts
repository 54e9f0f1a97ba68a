import { createHash } from 'node:crypto';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import type {
  APIGatewayProxyEventV2,
  APIGatewayProxyEventV2WithJWTAuthorizer,
  APIGatewayProxyStructuredResultV2,
} from 'aws-lambda';
import type * as z from 'zod';
import { basePath, type RouteDefinition, type RouteName, routes } from '../catalog/routes.ts';
import { UnreadableRecordError } from '../domain/unreadable-record.ts';
import { fieldMessage } from './field-messages.ts';
import type { HttpAnswer } from './http-answer.ts';
import { jsonBody } from './http-body.ts';
import { keyErrors } from './idempotency.ts';
import { type FieldError, fieldErrors, ProblemError, problemAnswer, wrongFields } from './problem.ts';
import { emitMetrics, logger, telemetry } from './telemetry.ts';

/** A request whose every part fits the catalog's row of its route. */
export interface HttpRequest<R extends RouteName> {
  readonly route: R;
  readonly params: PartOf<R, 'params'>;
  readonly query: PartOf<R, 'query'>;
  readonly body: PartOf<R, 'body'>;
  /** The body before parsing: what an idempotency key stands for. */
  readonly rawBody: unknown;
  /** The body's text, exactly as it was sent: what a signature is over. */
  readonly text: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Hash of the token's issuer and subject; empty on a route that needs no token. */
  readonly owner: string;
  /** Milliseconds until the function is stopped. */
  remaining(): number;
}

type PartOf<R extends RouteName, P extends 'params' | 'query' | 'body'> = (typeof routes)[R] extends {
  readonly [K in P]: infer S extends z.ZodType;
}
  ? z.infer<S>
  : undefined;

export type RouteHandlers<R extends RouteName> = {
  readonly [K in R]: (request: HttpRequest<K>) => Promise<HttpAnswer>;
};

/**
 * A function behind the HTTP API. The gateway has matched the route and checked the token; here the request is parsed by the catalog's
 * schemas and every failure becomes a problem document. No message of an unforeseen error leaves the log.
 */
export function httpHandler<R extends RouteName>(handlers: RouteHandlers<R>) {
  return middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>()
    .use(injectLambdaContext(logger))
    .use(emitMetrics)
    .handler(async (event, context) => {
      const startedAt = Date.now();
      const answered = await answer(event, handlers, () => context.getRemainingTimeInMillis());
      if (!answered.isHeld) telemetry.count('request_duration', {}, Date.now() - startedAt);
      return serialize(answered);
    });
}

async function answer<R extends RouteName>(
  event: APIGatewayProxyEventV2,
  handlers: RouteHandlers<R>,
  remaining: () => number,
): Promise<HttpAnswer> {
  const { requestId } = event.requestContext;
  try {
    const route = routeOf(event.routeKey, handlers);
    if (!route) throw unknownRoute(event);
    return await handlers[route](requestOf(route, event, remaining));
  } catch (error) {
    if (error instanceof ProblemError) return problemAnswer(error, event.rawPath, requestId);
    telemetry.warn('request_failed', { route: event.routeKey }, error);
    return problemAnswer(hidden(error), event.rawPath, requestId);
  }
}

/** What the client is told of an error that is ours. */
function hidden(error: unknown): ProblemError {
  if (error instanceof UnreadableRecordError) {
    return new ProblemError(
      'record_unreadable',
      'A record that the request needs cannot be read at the moment; it is kept',
    );
  }
  return new ProblemError(
    'internal_error',
    'The request could not be answered; it is safe to send it again with its idempotency key',
  );
}

function routeOf<R extends RouteName>(routeKey: string, handlers: RouteHandlers<R>): R | undefined {
  return namesOf(handlers).find((name) => routeKey === `${routes[name].method} ${basePath}${routes[name].path}`);
}

function namesOf<R extends RouteName>(handlers: RouteHandlers<R>): R[] {
  return Object.keys(handlers).filter((name): name is R => Object.hasOwn(handlers, name));
}

function requestOf<R extends RouteName>(
  route: R,
  event: APIGatewayProxyEventV2,
  remaining: () => number,
): HttpRequest<R>;
function requestOf(route: RouteName, event: APIGatewayProxyEventV2, remaining: () => number): unknown {
  const definition: RouteDefinition = routes[route];
  const owner = ownerOf(event);
  if (definition.scope && owner === '')
    throw new ProblemError('token_without_subject', 'The access token needs the claims iss and sub');
  const rawBody = definition.body && jsonBody(event);
  const params = parsed(definition.params, event.pathParameters ?? {});
  const query = parsed(definition.query, event.queryStringParameters ?? {});
  const body = parsed(definition.body, rawBody);
  const errors = [...params.errors, ...query.errors, ...body.errors];
  if (errors.length > 0) throw wrongFields([...errors, ...keyErrors(definition, event.headers['idempotency-key'])]);
  return {
    route,
    params: params.data,
    query: query.data,
    body: body.data,
    rawBody,
    text: event.isBase64Encoded ? Buffer.from(event.body ?? '', 'base64').toString('utf8') : (event.body ?? ''),
    headers: event.headers,
    owner,
    remaining,
  };
}

interface Parsed {
  readonly data?: unknown;
  readonly errors: readonly FieldError[];
}

/** No data for a part that the route does not have. */
function parsed(schema: z.ZodType | undefined, value: unknown): Parsed {
  if (!schema) return { errors: [] };
  const { data, error } = schema.safeParse(value, { error: fieldMessage });
  return { data, errors: error ? fieldErrors(error) : [] };
}

/** Two issuers may know the same subject, and the record needs neither in the clear. Empty when the token names nobody. */
function ownerOf(event: APIGatewayProxyEventV2): string {
  if (!isAuthorized(event)) return '';
  const { iss, sub } = event.requestContext.authorizer.jwt.claims;
  if (!iss || !sub) return '';
  return createHash('sha256').update(`${iss}\n${sub}`).digest('base64url').slice(0, 22);
}

function isAuthorized(event: APIGatewayProxyEventV2): event is APIGatewayProxyEventV2WithJWTAuthorizer {
  return 'authorizer' in event.requestContext;
}

function unknownRoute(event: APIGatewayProxyEventV2): ProblemError {
  const { method } = event.requestContext.http;
  const allowed = Object.values(routes).filter(({ path }) => matches(`${basePath}${path}`, event.rawPath));
  if (allowed.length === 0)
    return new ProblemError('not_found', `There is no ${event.rawPath}; see ${basePath}/openapi.json`);
  const allow = [...new Set(allowed.map((route) => route.method))].join(', ');
  return new ProblemError('method_not_allowed', `${method} is not possible here`, { headers: { allow } });
}

function matches(template: string, path: string): boolean {
  const steps = template.split('/');
  const given = path.split('/');
  return steps.length === given.length && steps.every((step, index) => step.startsWith('{') || step === given[index]);
}

function serialize({ status, body, text, headers }: HttpAnswer): APIGatewayProxyStructuredResultV2 {
  return {
    statusCode: status,
    headers: {
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(text !== undefined && { body: text }),
  };
}
