import type { APIGatewayProxyEventV2, APIGatewayProxyEventV2WithJWTAuthorizer, Context } from 'aws-lambda';

export interface TestRequest {
  /** As the gateway names the route it matched, for example `POST /api/v1/jobs/story/generate`. */
  readonly routeKey: string;
  readonly method?: string;
  readonly path?: string;
  /** Sent as JSON, unless it is text, which is sent as it is. */
  readonly body?: unknown;
  readonly base64?: boolean;
  readonly headers?: Readonly<Record<string, string>>;
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  /** The token's claims; null for a request without a token. */
  readonly claims?: Readonly<Record<string, string>> | null;
}

/** The event that the HTTP API makes of a request (payload format 2.0), from a traveller with a token unless told otherwise. */
export function httpEvent(request: TestRequest): APIGatewayProxyEventV2 {
  const [method = 'GET', path = '/'] = request.routeKey.split(' ');
  const rawPath = request.path ?? path;
  const text = typeof request.body === 'string' ? request.body : JSON.stringify(request.body);
  const event: APIGatewayProxyEventV2 = {
    version: '2.0',
    routeKey: request.routeKey,
    rawPath,
    rawQueryString: '',
    headers: { 'content-type': 'application/json', ...request.headers },
    ...(request.params && { pathParameters: { ...request.params } }),
    ...(request.query && { queryStringParameters: { ...request.query } }),
    requestContext: {
      accountId: '000000000000',
      apiId: 'api',
      domainName: 'api.example',
      domainPrefix: 'api',
      http: {
        method: request.method ?? method,
        path: rawPath,
        protocol: 'HTTP/1.1',
        sourceIp: '127.0.0.1',
        userAgent: '',
      },
      requestId: 'request-1',
      routeKey: request.routeKey,
      stage: '$default',
      time: '01/Jan/2026:12:00:00 +0000',
      timeEpoch: 0,
    },
    ...(text !== undefined && { body: request.base64 ? Buffer.from(text).toString('base64') : text }),
    isBase64Encoded: request.base64 ?? false,
  };
  return request.claims === null
    ? event
    : withToken(event, request.claims ?? { iss: 'https://issuer.example', sub: 'anna' });
}

function withToken(
  event: APIGatewayProxyEventV2,
  claims: Readonly<Record<string, string>>,
): APIGatewayProxyEventV2WithJWTAuthorizer {
  const jwt = { claims: { ...claims }, scopes: ['jobs:write'] };
  return {
    ...event,
    requestContext: { ...event.requestContext, authorizer: { principalId: '', integrationLatency: 0, jwt } },
  };
}

/** What Lambda tells a function about its invocation. */
export function lambdaContext(remaining = 30_000): Context {
  return {
    callbackWaitsForEmptyEventLoop: false,
    functionName: 'function-under-test',
    functionVersion: '1',
    invokedFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:function-under-test',
    memoryLimitInMB: '512',
    awsRequestId: 'invocation-1',
    logGroupName: 'group',
    logStreamName: 'stream',
    getRemainingTimeInMillis: () => remaining,
    done: () => {},
    fail: () => {},
    succeed: () => {},
  };
}
