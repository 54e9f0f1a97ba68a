import type { Connection } from '../../../shared/client/ask.ts';
import { jobsClient } from '../../../shared/client/jobs-client.ts';
import { pollingFollower } from '../../../shared/client/poll.ts';
import { EagerClock } from './eager-clock.ts';

export interface Reply {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface SentRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  readonly body: string;
  /** What was sent as a form. */
  readonly form?: FormData;
}

/** What the server does with one request: answers, cuts the connection, or never says anything. */
export type Turn = Reply | 'cut' | 'silent' | ((request: SentRequest, clock: EagerClock) => Reply | 'cut' | 'silent');

/** A client of an API that answers as the script says, its last turn for ever, on a clock that does not let a test wait. */
export function scriptedApi(script: readonly Turn[], settings: Partial<Pick<Connection, 'patience' | 'token'>> = {}) {
  const requests: SentRequest[] = [];
  const clock = new EagerClock();
  let keys = 0;
  const connection: Connection = {
    baseUrl: 'https://api.test',
    token: () => 'a-token',
    patience: 120,
    platform: {
      fetch: (url, init) => {
        const request = sentRequest(url, init);
        const turn = script[Math.min(requests.push(request), script.length) - 1] ?? 'cut';
        return respond(typeof turn === 'function' ? turn(request, clock) : turn);
      },
      clock,
      random: () => 0.5,
      newKey: () => `key-${++keys}`,
    },
    ...settings,
  };
  return { client: jobsClient(connection, pollingFollower(connection)), connection, requests, clock };
}

export const jobId = '01JDHV7Q5W6T1PQ8Z3N4K5M6R7';

export const story = { title: 'Tucumcari Tonight', content: 'Tucumcari lies on Route 66.' };

export const tucumcari = { location: { latitude: 35.17, longitude: -103.72 } };

export function accepted(retryAfter = 2): Reply {
  const body = { job_id: jobId, status: 'accepted', status_url: `/api/v1/jobs/status/${jobId}` };
  return { status: 202, body, headers: { 'retry-after': String(retryAfter) } };
}

export function job(fields: Readonly<Record<string, unknown>>, headers: Readonly<Record<string, string>> = {}): Reply {
  return { status: 200, body: { job_id: jobId, type: 'generate_story', progress: 0, message: '', ...fields }, headers };
}

export const completed = job({ status: 'completed', progress: 100, result: story });

export function problem(status: number, code: string, headers: Readonly<Record<string, string>> = {}): Reply {
  const body = { type: `/problems/${code}`, title: 'A title', status, detail: 'A detail', code, request_id: 'r-1' };
  return { status, body, headers };
}

function sentRequest(url: string, { method = 'GET', headers, body }: RequestInit): SentRequest {
  return {
    method,
    url,
    headers: new Headers(headers),
    body: typeof body === 'string' ? body : '',
    ...(body instanceof FormData && { form: body }),
  };
}

function respond(turn: Reply | 'cut' | 'silent'): Promise<Response> {
  if (turn === 'cut') return Promise.reject(new TypeError('fetch failed'));
  if (turn === 'silent') return new Promise(() => {});
  const { status, body, headers = {} } = turn;
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return Promise.resolve(new Response(body === undefined ? null : text, { status, headers }));
}
