import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type GatewayResponse, gatewayMessage } from './gateway-response.ts';

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html */
const BODY_LIMIT_BYTES = 10 * 1024 * 1024;

export interface HttpServer {
  readonly url: string;
  /** Cuts every connection. */
  close(): Promise<void>;
}

interface HttpServerOptions {
  readonly port: number;
  readonly host: string;
  readonly log: (line: string) => void;
  /** `body` is undefined when it was over the limit. A rejection becomes a bare 500. */
  readonly answer: (request: IncomingMessage, body: Buffer | undefined, requestId: string) => Promise<GatewayResponse>;
}

/** Rejects with EADDRINUSE when the port is taken. */
export async function serveHttp({ port, host, log, answer }: HttpServerOptions): Promise<HttpServer> {
  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const requestId = `${randomBytes(11).toString('base64url')}=`;
    try {
      send(request, response, await answer(request, await readBody(request), requestId), requestId);
    } catch (error) {
      log(`${request.method} ${request.url}: ${String(error)}`);
      if (!response.headersSent) send(request, response, gatewayMessage(500), requestId);
    }
  };
  // API Gateway's own limit is on the values, below the server's; the rest leaves room for names.
  const server = createServer({ maxHeaderSize: 64 * 1024 }, (request, response) => void serve(request, response));
  // Longer than clients keep theirs, or a request may meet a connection that is just being closed.
  server.keepAliveTimeout = 65_000;
  const boundPort = await listen(server, port, host);
  return {
    url: `http://${host}:${boundPort}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Reads to the end also what is too large: a client that still sends would not see the answer. */
async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size <= BODY_LIMIT_BYTES) chunks.push(chunk);
  }
  return size > BODY_LIMIT_BYTES ? undefined : Buffer.concat(chunks);
}

function send(request: IncomingMessage, response: ServerResponse, answer: GatewayResponse, requestId: string) {
  const { status, headers, body } = answer;
  const hasNoBody = status === 204 || status === 304 || request.method === 'HEAD';
  response.writeHead(status, {
    ...headers,
    'apigw-requestid': requestId,
    ...(status !== 204 && { 'content-length': body.length }),
  });
  response.end(hasNoBody ? undefined : body);
}

/** The error of a taken port keeps its code, EADDRINUSE, and says what to do. */
function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const message = `Port ${port} on ${host} is taken. Stop what uses it, or choose another with --port.`;
      reject(error.code === 'EADDRINUSE' ? Object.assign(error, { message }) : error);
    });
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}
