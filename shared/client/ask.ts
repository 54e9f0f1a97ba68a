import { type Answer, type Outcome, readAnswer } from './answer.ts';
import { NetworkError } from './errors.ts';
import { exchange, requestSeconds } from './exchange.ts';
import { basePath } from './paths.ts';
import type { Platform } from './platform.ts';
import { throwIfAborted, wait } from './wait.ts';

/** The API and the way to it. */
export interface Connection {
  /** Without `basePath` and without a slash at the end. */
  readonly baseUrl: string;
  readonly token: () => string | Promise<string>;
  /** Seconds. */
  readonly patience: number;
  readonly platform: Platform;
}

export interface ApiRequest<Body> {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Below `basePath`. */
  readonly path: string;
  /** JSON. */
  readonly body?: string;
  readonly needsToken: boolean;
  readonly idempotencyKey?: string;
  /** Whether a POST without a key may be sent again, because doing it twice changes nothing. */
  readonly repeatable?: true;
  /** The ETag of the answer already known. */
  readonly knownEtag?: string | undefined;
  readonly isBody: (body: unknown) => body is Body;
  readonly signal?: AbortSignal | undefined;
}

/** Bounds of the wait between two tries, seconds; it doubles with each, with full jitter. */
const firstBackoff = 0.5;
const longestBackoff = 20;

/**
 * Asks until the API answers. Lost connections, 429 and 5xx are tried again, never sooner than the server's Retry-After; a POST only
 * because its idempotency key makes it safe. Rejects with ProblemError for a refusal, AbortError, and after `patience` seconds without
 * an answer with the last failure, a NetworkError or ProblemError. The time a phone sleeps does not count. An error of `token` is passed on.
 */
export async function ask<Body>(connection: Connection, request: ApiRequest<Body>): Promise<Answer<Body>> {
  const isRepeatable = request.method !== 'POST' || request.idempotencyKey !== undefined || request.repeatable === true;
  return persist(connection, { isRepeatable, requestSeconds, signal: request.signal }, () =>
    attempt(connection, request),
  );
}

export interface Persistence {
  readonly isRepeatable: boolean;
  /** The longest that one try may take. */
  readonly requestSeconds: number;
  readonly signal: AbortSignal | undefined;
}

/** Tries until there is an answer, as `ask` does. */
export async function persist<Body>(
  connection: Pick<Connection, 'patience' | 'platform'>,
  { isRepeatable, requestSeconds: longestTry, signal }: Persistence,
  tryOnce: () => Promise<Outcome<Body>>,
): Promise<Answer<Body>> {
  const { clock, random } = connection.platform;
  let spentSeconds = 0;
  for (let failures = 0; ; failures += 1) {
    throwIfAborted(signal);
    const startedAt = clock.now();
    const outcome = await tryOnce();
    if (outcome.kind === 'answered') return outcome.answer;
    if (outcome.kind === 'refused' || !isRepeatable) throw outcome.error;
    const backoff = random() * Math.min(longestBackoff, firstBackoff * 2 ** failures);
    const pause = Math.max(backoff, outcome.retryAfter ?? 0);
    spentSeconds += Math.min(longestTry, (clock.now() - startedAt) / 1_000) + pause;
    if (spentSeconds > connection.patience) throw outcome.error;
    await wait(clock, pause, signal);
  }
}

async function attempt<Body>(connection: Connection, request: ApiRequest<Body>): Promise<Outcome<Body>> {
  const { baseUrl, platform } = connection;
  const headers = await headersOf(connection, request);
  const init = { method: request.method, headers, ...(request.body !== undefined && { body: request.body }) };
  try {
    const url = `${baseUrl}${basePath}${request.path}`;
    const done = await exchange(platform, url, init, { seconds: requestSeconds, signal: request.signal });
    return readAnswer(done, request.isBody, platform.clock.now());
  } catch (error) {
    if (error instanceof NetworkError) return { kind: 'hindered', error };
    throw error;
  }
}

async function headersOf<Body>(
  { token }: Connection,
  { body, needsToken, idempotencyKey, knownEtag }: ApiRequest<Body>,
): Promise<Record<string, string>> {
  return {
    accept: 'application/json, application/problem+json',
    ...(needsToken && { authorization: `Bearer ${await token()}` }),
    ...(body !== undefined && { 'content-type': 'application/json' }),
    ...(idempotencyKey !== undefined && { 'idempotency-key': `"${idempotencyKey}"` }),
    ...(knownEtag !== undefined && { 'if-none-match': knownEtag }),
  };
}
