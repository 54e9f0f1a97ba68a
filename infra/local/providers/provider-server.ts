import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { DueFault, ProviderFaults } from './provider-faults.ts';

export interface ProviderRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export interface ProviderAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: unknown;
}

interface ProviderOptions {
  readonly faults: ProviderFaults;
  /** What the request asks for, by the name that faults know it by. */
  readonly operationOf: (request: ProviderRequest) => string;
  /** `failure` is a 500 that the provider is to give, before or after it has done what was asked. */
  readonly answer: (request: ProviderRequest, failure: DueFault['moment'] | undefined) => ProviderAnswer;
  readonly throttled: ProviderAnswer;
  readonly log: (line: string) => void;
}

export interface Provider {
  readonly url: string;
  close(): Promise<void>;
}

/** Starts a provider on a free loopback port. */
export async function startProvider(options: ProviderOptions): Promise<Provider> {
  const server = createServer((incoming, outgoing) => {
    serve(incoming, outgoing, options).catch((error: unknown) => {
      options.log(`${incoming.method} ${incoming.url}: ${String(error)}`);
      outgoing.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function serve(incoming: IncomingMessage, outgoing: ServerResponse, options: ProviderOptions): Promise<void> {
  const request = await readRequest(incoming);
  const fault = options.faults.take(options.operationOf(request));
  if (fault?.how === 'throttle') return send(outgoing, options.throttled);
  const isCut = fault?.how === 'hang' || fault?.how === 'reset';
  if (isCut && fault.moment === 'before') return cut(outgoing, fault);
  const answer = options.answer(request, fault?.how === 'fail' ? fault.moment : undefined);
  if (isCut) return cut(outgoing, fault);
  send(outgoing, answer);
}

/** A call that hangs is given up by the caller, or when the provider closes. */
function cut(outgoing: ServerResponse, { how }: DueFault): void {
  if (how === 'reset') outgoing.destroy();
}

function send(outgoing: ServerResponse, { status, headers, body }: ProviderAnswer): void {
  outgoing.writeHead(status, { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers });
  outgoing.end(body === undefined ? undefined : JSON.stringify(body));
}

async function readRequest(incoming: IncomingMessage): Promise<ProviderRequest> {
  const { pathname: path, searchParams: query } = new URL(incoming.url ?? '/', 'http://provider');
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const body = Buffer.concat(chunks).toString('utf8');
  return { method: incoming.method ?? 'GET', path, query, headers: incoming.headers, body };
}
