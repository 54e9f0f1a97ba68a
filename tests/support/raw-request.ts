import { type IncomingHttpHeaders, request } from 'node:http';
import { text } from 'node:stream/consumers';

export interface RawRequest {
  readonly method: string;
  /** Path and query exactly as they go over the wire: nothing is encoded, nothing normalized. */
  readonly target: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** Sends a request as it is, which `fetch` would not: it mends paths and refuses methods. */
export function sendRaw(baseUrl: string, { method, target, headers = {}, body }: RawRequest): Promise<RawAnswer> {
  const { hostname, port } = new URL(baseUrl);
  const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, method, path: target, headers: { ...headers, ...length } }, (answer) => {
      text(answer).then((whole) => {
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text: whole });
      }, reject);
    });
    sent.once('error', reject);
    sent.end(body);
  });
}
