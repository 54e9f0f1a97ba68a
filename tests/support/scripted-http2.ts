import http2, { type ServerHttp2Session, type ServerHttp2Stream } from 'node:http2';
import type { AddressInfo } from 'node:net';

/** What a scripted upstream does with one request. */
export type Answer =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body: string | Uint8Array;
    }
  /** Takes the request and never says a word. */
  | { readonly kind: 'hang' }
  /** Sends headers and half of the body, then nothing more. */
  | { readonly kind: 'hang half-way'; readonly body: Uint8Array }
  /** Sends half of the body, then ends the stream as if it were whole, or resets it. */
  | { readonly kind: 'cut'; readonly body: Uint8Array; readonly how: 'end' | 'reset'; readonly status?: number };

export interface ScriptedServer {
  readonly endpoint: string;
  close(): Promise<void>;
}

/** A loopback server of HTTP/2 with prior knowledge, which is what Polly and Bedrock clients speak to an `http:` endpoint. */
export async function startScriptedHttp2(
  answer: (path: string, body: string) => Answer | Promise<Answer>,
): Promise<ScriptedServer> {
  const server = http2.createServer();
  const sessions = new Set<ServerHttp2Session>();
  server.on('session', (session) => {
    sessions.add(session);
    session.on('close', () => sessions.delete(session));
  });
  server.on('stream', (stream, headers) => {
    // A client that gives up resets its stream; the script goes on.
    stream.on('error', () => {});
    void readText(stream)
      .then((body) => answer(String(headers[':path']), body))
      .then((script) => play(stream, script));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${portOf(server.address())}`,
    close: () =>
      new Promise((resolve) => {
        for (const session of sessions) session.destroy();
        server.close(() => resolve());
      }),
  };
}

/** An error as restJson1 services send it: the name in a header, the message in the body. */
export function failure(status: number, name: string, headers: Readonly<Record<string, string>> = {}): Answer {
  return {
    kind: 'answer',
    status,
    headers: { 'content-type': 'application/json', 'x-amzn-errortype': name, ...headers },
    body: JSON.stringify({ message: `scripted ${name}` }),
  };
}

function play(stream: ServerHttp2Stream, script: Answer): void {
  if (stream.destroyed || script.kind === 'hang') return;
  if (script.kind === 'answer') {
    stream.respond({ ':status': script.status, ...script.headers });
    stream.end(script.body);
    return;
  }
  const status = script.kind === 'cut' ? script.status : undefined;
  stream.respond({ ':status': status ?? 200, 'content-type': 'audio/mpeg', 'x-amzn-requestcharacters': '10' });
  const half = script.body.subarray(0, Math.floor(script.body.length / 2));
  if (script.kind === 'hang half-way') stream.write(half);
  else if (script.how === 'end') stream.end(half);
  else stream.write(half, () => stream.close(http2.constants.NGHTTP2_CANCEL));
}

async function readText(stream: ServerHttp2Stream): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString();
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('The server listens on no port.');
  return address.port;
}
