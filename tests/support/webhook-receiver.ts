import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { generate } from 'selfsigned';

export interface ReceivedWebhook {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What a receiver does with the n-th request, from 1. */
export type ReceiverScript = (request: ReceivedWebhook, count: number) => ScriptedReply;

export type ScriptedReply =
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string | Buffer }
  /** Says nothing at all, breaks the connection, or sends the headers and then nothing. */
  | 'hang'
  | 'break'
  | 'stall';

export interface WebhookReceiver extends AsyncDisposable {
  readonly origin: string;
  readonly port: number;
  /** What a client must trust to believe the receiver's certificate (PEM). */
  readonly certificateAuthority: string;
  readonly received: readonly ReceivedWebhook[];
  /** Connections that were opened, whether or not a request came over them. */
  connections(): number;
  close(): Promise<void>;
}

/** A certificate for `localhost` and `hooks.example.com` that vouches for itself, and its key (PEM): one for the whole of a test file. */
export function loopbackCertificate(): Promise<{ readonly certificate: string; readonly key: string }> {
  made ??= makeCertificate();
  return made;
}

let made: ReturnType<typeof makeCertificate> | undefined;

async function makeCertificate() {
  const names = ['localhost', 'hooks.example.com'].map((value) => ({ type: 2 as const, value }));
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'localhost' }], {
    keyType: 'ec',
    extensions: [
      { name: 'basicConstraints', cA: true },
      { name: 'subjectAltName', altNames: names },
    ],
  });
  return { certificate: cert, key };
}

/** An https server on a free loopback port, with a certificate of its own for `localhost` and `hooks.example.com`. */
export async function startWebhookReceiver(script: ReceiverScript = () => ({ status: 204 })): Promise<WebhookReceiver> {
  const { certificate: cert, key } = await loopbackCertificate();
  const received: ReceivedWebhook[] = [];
  let connections = 0;
  const server = createServer({ cert, key }, (request, response) => {
    void readRequest(request).then((webhook) => {
      received.push(webhook);
      reply(response, script(webhook, received.length));
    });
  });
  server.on('connection', () => {
    connections += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const port = portOf(server);
  const close = () =>
    new Promise<void>((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    });
  return {
    origin: `https://localhost:${port}`,
    port,
    certificateAuthority: cert,
    received,
    connections: () => connections,
    close,
    [Symbol.asyncDispose]: close,
  };
}

async function readRequest(request: IncomingMessage): Promise<ReceivedWebhook> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)]);
  return { path: request.url ?? '', headers: Object.fromEntries(headers), body: Buffer.concat(chunks).toString() };
}

function reply(response: ServerResponse, script: ScriptedReply): void {
  if (script === 'hang') return;
  if (script === 'break') {
    response.destroy();
  } else if (script === 'stall') {
    response.writeHead(200, { 'content-length': '10' }).flushHeaders();
  } else {
    response.writeHead(script.status, script.headers).end(script.body);
  }
}

function portOf(server: Server): number {
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server listens on no port.');
  return address.port;
}
