import type { Problem } from './contract.ts';
import { type JobsError, NetworkError, ProblemError } from './errors.ts';
import type { Exchange } from './exchange.ts';

/** What came of one request. */
export type Outcome<Body> =
  | { readonly kind: 'answered'; readonly answer: Answer<Body> }
  | { readonly kind: 'refused'; readonly error: JobsError }
  /** Worth trying again, after `retryAfter` seconds if the server said so. */
  | { readonly kind: 'hindered'; readonly error: JobsError; readonly retryAfter?: number };

export interface Answer<Body> {
  readonly body: Body;
  readonly etag: string | undefined;
  /** Seconds. */
  readonly retryAfter: number | undefined;
}

const passingStatuses: readonly number[] = [429, 500, 502, 503, 504];

/**
 * Reads an answer; `isBody` tells whether a good one is what this API says, and not the login page of a hotel's network. It is shown
 * undefined for "not modified" (304), which nobody should accept who has not asked on condition.
 */
export function readAnswer<Body>(
  { response, text }: Exchange,
  isBody: (body: unknown) => body is Body,
  now: number,
): Outcome<Body> {
  const isUnchanged = response.status === 304;
  const body = isUnchanged ? undefined : parseJson(text);
  const retryAfter = secondsOf(response.headers.get('retry-after'), now);
  if (response.ok || isUnchanged) {
    if (isBody(body))
      return { kind: 'answered', answer: { body, etag: response.headers.get('etag') ?? undefined, retryAfter } };
    return { kind: 'hindered', error: new NetworkError('Something else than the API answered') };
  }
  const problem = problemOf(body);
  const error = new ProblemError(response.status, problem, retryAfter);
  const isPassing = passingStatuses.includes(response.status) || problem.code === 'idempotency_in_flight';
  return isPassing
    ? { kind: 'hindered', error, ...(retryAfter !== undefined && { retryAfter }) }
    : { kind: 'refused', error };
}

/** Seconds or an HTTP date (RFC 9110, 10.2.3). */
function secondsOf(retryAfter: string | null, now: number): number | undefined {
  if (retryAfter === null) return undefined;
  const seconds = /^\d+$/.test(retryAfter) ? Number(retryAfter) : (Date.parse(retryAfter) - now) / 1_000;
  return Number.isNaN(seconds) ? undefined : Math.max(0, seconds);
}

/** Null for what is not JSON: nothing that this API sends is that. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** The gateway's own refusals hold nothing but a message. */
function problemOf(body: unknown): Partial<Problem> {
  if (!isRecord(body)) return {};
  if (isProblem(body)) return body;
  return typeof body.message === 'string' ? { detail: body.message } : {};
}

function isProblem(body: Readonly<Record<string, unknown>>): body is Readonly<Record<string, unknown>> & Problem {
  const hasErrors = body.errors === undefined || Array.isArray(body.errors);
  return typeof body.code === 'string' && typeof body.detail === 'string' && hasErrors;
}

/** Anything that fields can be read from, lists included. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
