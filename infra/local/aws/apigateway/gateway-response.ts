import { STATUS_CODES } from 'node:http';
import * as z from 'zod';

export interface GatewayResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly body: Buffer;
}

const structuredResponse = z.object({
  statusCode: z.coerce.number().int().min(100).max(599),
  headers: z.record(z.string(), z.coerce.string()).nullish(),
  cookies: z.array(z.string()).nullish(),
  body: z.string().nullish(),
  isBase64Encoded: z.boolean().nullish(),
});

/** Set by the server itself, or not for a proxy to pass on. */
const OWN_HEADERS = /^(content-length|connection|keep-alive|transfer-encoding|upgrade)$/;

/** An answer of the gateway's own: a message and nothing of what went wrong inside. */
export function gatewayMessage(status: number, headers: Record<string, string> = {}): GatewayResponse {
  const message = status === 413 ? 'Request Entity Too Large' : (STATUS_CODES[status] ?? 'Internal Server Error');
  const body = Buffer.from(JSON.stringify({ message }));
  return { status, headers: { 'content-type': 'application/json', ...headers }, body };
}

/**
 * Reads what a function returned: an object with a `statusCode` is a response, anything else a JSON body of a 200.
 * A response that does not hold to the format is the gateway's 500. With CORS configured, `ownsCors`, the function's own
 * CORS headers are ignored.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html#http-api-develop-integrations-lambda.response
 */
export function proxyResponse(payload: unknown, ownsCors: boolean): GatewayResponse {
  if (typeof payload !== 'object' || payload === null || !('statusCode' in payload)) {
    const text = typeof payload === 'string' ? payload : JSON.stringify(payload);
    return { status: 200, headers: { 'content-type': 'application/json' }, body: Buffer.from(text) };
  }
  const parsed = structuredResponse.safeParse(payload);
  if (!parsed.success) return gatewayMessage(500);
  const { statusCode, headers, cookies, body, isBase64Encoded } = parsed.data;
  const kept = Object.entries(headers ?? {})
    .map(([name, value]) => [name.toLowerCase(), value] as const)
    .filter(([name]) => !OWN_HEADERS.test(name) && !(ownsCors && name.startsWith('access-control-')));
  return {
    status: statusCode,
    headers: {
      ...(body && { 'content-type': 'text/plain;charset=UTF-8' }),
      ...Object.fromEntries(kept),
      ...(cookies?.length && { 'set-cookie': cookies }),
    },
    body: Buffer.from(body ?? '', isBase64Encoded ? 'base64' : 'utf8'),
  };
}
