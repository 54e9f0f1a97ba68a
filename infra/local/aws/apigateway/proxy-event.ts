import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { JwtContext } from './jwt-authorizer.ts';

/** Everything else, form posts included, reaches the function as base64. */
const TEXT_BODY = /^(text\/|application\/(json|javascript|xml)\b|application\/[\w.-]+\+(json|xml)\b)/i;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

export interface ProxyRequest {
  readonly request: IncomingMessage;
  readonly path: string;
  readonly rawQueryString: string;
  readonly body: Buffer;
  readonly requestId: string;
  readonly routeKey: string;
  readonly pathParameters: Readonly<Record<string, string>>;
  readonly jwt: JwtContext | undefined;
  readonly receivedAt: number;
}

/**
 * The event of payload format 2.0.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export function proxyEvent(input: ProxyRequest) {
  const { request, body, routeKey, rawQueryString, pathParameters } = input;
  const headers = headersOf(request, input.receivedAt);
  const rawPath = decodeURIComponent(input.path);
  const isBase64Encoded = body.length > 0 && !TEXT_BODY.test(headers['content-type'] ?? '');
  const query = joined(new URLSearchParams(rawQueryString));
  return {
    version: '2.0',
    routeKey,
    rawPath,
    rawQueryString,
    cookies: request.headers.cookie?.split(/;\s*/),
    headers,
    queryStringParameters: Object.keys(query).length > 0 ? query : undefined,
    requestContext: {
      accountId: '000000000000',
      apiId: 'local',
      ...(input.jwt && { authorizer: { jwt: input.jwt } }),
      domainName: request.headers.host ?? 'localhost',
      domainPrefix: 'local',
      http: {
        method: request.method,
        path: rawPath,
        protocol: `HTTP/${request.httpVersion}`,
        sourceIp: request.socket.remoteAddress,
        userAgent: request.headers['user-agent'] ?? '',
      },
      requestId: input.requestId,
      routeKey,
      stage: '$default',
      time: commonLogTime(new Date(input.receivedAt)),
      timeEpoch: input.receivedAt,
    },
    pathParameters: Object.keys(pathParameters).length > 0 ? pathParameters : undefined,
    body: body.length > 0 ? body.toString(isBase64Encoded ? 'base64' : 'utf8') : undefined,
    isBase64Encoded,
  };
}

function headersOf(request: IncomingMessage, receivedAt: number): Record<string, string> {
  const pairs = Array.from({ length: request.rawHeaders.length / 2 }, (_, index): [string, string] => [
    request.rawHeaders[index * 2]?.toLowerCase() ?? '',
    request.rawHeaders[index * 2 + 1] ?? '',
  ]);
  return {
    'x-amzn-trace-id': traceId(receivedAt),
    ...joined(pairs.filter(([name]) => name !== 'cookie')),
    'x-forwarded-for': request.socket.remoteAddress ?? '',
    'x-forwarded-port': String(request.socket.localPort),
    'x-forwarded-proto': 'http',
  };
}

/** https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader */
function traceId(receivedAt: number): string {
  const seconds = Math.floor(receivedAt / 1000).toString(16);
  return `Root=1-${seconds}-${randomBytes(12).toString('hex')}`;
}

/** Repeated names become one value, joined by commas. */
function joined(pairs: Iterable<[string, string]>): Record<string, string> {
  const values = new Map<string, string>();
  for (const [name, value] of pairs) values.set(name, values.has(name) ? `${values.get(name)},${value}` : value);
  return Object.fromEntries(values);
}

/** `12/Mar/2020:19:03:58 +0000` */
function commonLogTime(time: Date): string {
  const day = String(time.getUTCDate()).padStart(2, '0');
  return `${day}/${MONTHS[time.getUTCMonth()]}/${time.getUTCFullYear()}:${time.toISOString().slice(11, 19)} +0000`;
}
