import { once } from 'node:events';
import http from 'node:http';
import http2 from 'node:http2';
import net, { type Socket } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Clock } from '../clock.ts';
import { decodeAwsChunked } from './aws-chunked.ts';
import { AwsFailure, failureResponse } from './aws-failure.ts';
import type { AwsRequest, AwsResponse, AwsService } from './aws-service.ts';
import { readClaim, type SignedRequest, verifySignature } from './signature.ts';

type IncomingRequest = http.IncomingMessage | http2.Http2ServerRequest;
type OutgoingResponse = http.ServerResponse | http2.Http2ServerResponse;

interface EndpointOptions {
  readonly services: readonly AwsService[];
  /** The secret that belongs to an access key id, or undefined when nobody has it. */
  readonly secretOf: (accessKeyId: string) => string | undefined;
  readonly host: '127.0.0.1';
  /** 0 takes a free port. */
  readonly port: number;
  readonly clock: Clock;
}

interface AwsEndpoint {
  readonly url: string;
  close(): Promise<void>;
}

const maxBodyBytes = 64 * 1024 * 1024;
/** Longer than any SDK keeps an idle connection, so that we never close one under a request. */
const keepAliveMs = 120_000;

/**
 * Starts the one AWS endpoint of the local cloud: HTTP/1.1 and HTTP/2 with prior knowledge on one loopback port, signatures
 * checked, each request handed to the service named in its credential scope. Unsigned CORS preflights and browser form posts go
 * to S3, which verifies the latter by their policy.
 */
export async function startAwsEndpoint(options: EndpointOptions): Promise<AwsEndpoint> {
  const services = new Map<string, AwsService>(options.services.map((service) => [service.signingName, service]));
  const onRequest = (incoming: IncomingRequest, outgoing: OutgoingResponse) => {
    void serve(incoming, outgoing, services, options);
  };
  const http1 = http.createServer({ keepAliveTimeout: keepAliveMs, requestTimeout: 0 }, onRequest);
  const overHttp2 = http2.createServer(onRequest);
  const sockets = new Set<Socket>();
  const listener = net.createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    dispatchByPreface(socket, http1, overHttp2);
  });
  await once(listener.listen(options.port, options.host), 'listening');
  const address = listener.address();
  const port = typeof address === 'object' && address !== null ? address.port : options.port;
  return {
    url: `http://${options.host}:${port}`,
    async close() {
      listener.close();
      for (const socket of sockets) socket.destroy();
      await once(listener, 'close');
    },
  };
}

/** Polly and Bedrock clients open with "PRI * HTTP/2.0" (RFC 9113, section 3.4); no HTTP/1 method starts with "PRI". */
function dispatchByPreface(socket: Socket, http1: http.Server, overHttp2: http2.Http2Server): void {
  const onReadable = () => {
    const head: unknown = socket.read(3);
    if (!Buffer.isBuffer(head)) return;
    socket.off('readable', onReadable);
    socket.unshift(head);
    (head.toString('latin1') === 'PRI' ? overHttp2 : http1).emit('connection', socket);
  };
  socket.on('readable', onReadable);
}

async function serve(
  incoming: IncomingRequest,
  outgoing: OutgoingResponse,
  services: ReadonlyMap<string, AwsService>,
  options: EndpointOptions,
): Promise<void> {
  const hangUp = new AbortController();
  incoming.on('error', () => hangUp.abort());
  outgoing.on('error', () => hangUp.abort());
  outgoing.on('close', () => outgoing.writableFinished || hangUp.abort());
  let service = incoming.headers['x-amz-target'] ? 'json' : 's3';
  try {
    const request = await readRequest(incoming);
    const claim = readClaim(request);
    service = claim?.service ?? service;
    if (claim) {
      verifySignature(request, claim, options.secretOf(claim.accessKeyId), options.clock.now());
    } else if (!isUnsignedByDesign(request)) {
      const message = 'Request is missing Authentication Token';
      throw new AwsFailure('MissingAuthenticationTokenException', message, { s3Code: 'AccessDenied' });
    }
    const handler = services.get(service);
    if (!handler) throw new AwsFailure('UnknownService', `No stand-in for the service "${service}"`, { status: 501 });
    await send(outgoing, await handler.handle(awsRequest(request, claim?.accessKeyId, hangUp.signal)));
  } catch (error) {
    if (hangUp.signal.aborted) return;
    await send(outgoing, failureResponse(asFailure(error), service)).catch(() => incoming.destroy());
  }
}

function isUnsignedByDesign({ method, headers }: SignedRequest): boolean {
  return method === 'OPTIONS' || (method === 'POST' && /^multipart\/form-data/.test(headers['content-type'] ?? ''));
}

function asFailure(error: unknown): AwsFailure {
  if (error instanceof AwsFailure) return error;
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return new AwsFailure('InternalServerError', detail, { s3Code: 'InternalError', status: 500 });
}

async function readRequest(incoming: IncomingRequest): Promise<SignedRequest> {
  const [path = '/', ...query] = (incoming.url ?? '/').split('?');
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value !== undefined && !name.startsWith(':')) headers[name] = String(value);
  }
  headers.host ??= String(incoming.headers[':authority'] ?? '');
  const body = await readBody(incoming);
  return { method: incoming.method ?? 'GET', path, rawQuery: query.join('?'), headers, body };
}

/** A body that is too long is read to its end, so that the caller hears of it. */
async function readBody(incoming: IncomingRequest): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  incoming.on('data', (chunk: Buffer) => {
    length += chunk.length;
    if (length <= maxBodyBytes) chunks.push(chunk);
  });
  await once(incoming, 'end');
  if (length <= maxBodyBytes) return Buffer.concat(chunks);
  const message = 'Your proposed upload exceeds the maximum allowed size';
  throw new AwsFailure('RequestEntityTooLarge', message, { s3Code: 'EntityTooLarge', status: 413 });
}

/** What the service sees of a request: the framing of a streamed upload is taken off. */
function awsRequest(request: SignedRequest, accessKeyId: string | undefined, signal: AbortSignal): AwsRequest {
  const { method, path, rawQuery, headers, body } = request;
  const seen = { method, path, query: new URLSearchParams(rawQuery), headers, body, accessKeyId, signal };
  if (!headers['x-amz-content-sha256']?.startsWith('STREAMING-')) return seen;
  const { content, trailers } = decodeAwsChunked(body);
  const { 'content-encoding': encodings = '', ...others } = headers;
  const kept = encodings
    .split(/\s*,\s*/)
    .filter((encoding) => encoding !== 'aws-chunked')
    .join();
  return { ...seen, headers: { ...others, ...trailers, ...(kept && { 'content-encoding': kept }) }, body: content };
}

async function send(outgoing: OutgoingResponse, { status, headers, body }: AwsResponse): Promise<void> {
  outgoing.statusCode = status;
  for (const [name, value] of Object.entries(headers ?? {})) outgoing.setHeader(name, value);
  if (body instanceof Readable) return pipeline(body, outgoing);
  if (body !== undefined && !outgoing.hasHeader('content-length')) {
    outgoing.setHeader('content-length', Buffer.byteLength(body));
  }
  outgoing.end(body ?? '');
}
