import { AbortError, NetworkError } from './errors.ts';
import type { Platform } from './platform.ts';
import { throwIfAborted } from './wait.ts';

/**
 * Seconds until a request counts as lost. The gateway itself gives up after 30
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html), but no route takes that long, and a phone that
 * has lost its network often hears nothing at all.
 */
export const requestSeconds = 15;

/** One request and its whole answer. */
export interface Exchange {
  readonly response: Response;
  readonly text: string;
}

/**
 * Sends one request, once. Rejects with NetworkError when no whole answer comes within so many seconds, and with AbortError as soon as
 * the signal is aborted, also where `fetch` itself does not listen to it: React Native's does not while a body is read.
 */
export function exchange(
  { fetch, clock }: Pick<Platform, 'fetch' | 'clock'>,
  url: string,
  init: RequestInit,
  { seconds, signal }: { readonly seconds: number; readonly signal: AbortSignal | undefined },
): Promise<Exchange> {
  return new Promise((resolve, reject) => {
    throwIfAborted(signal);
    const connection = new AbortController();
    const giveUp = (error: Error) => {
      settle();
      reject(error);
      connection.abort();
    };
    const onAbort = () => giveUp(new AbortError());
    const cancelTimer = clock.after(seconds * 1_000, () =>
      giveUp(new NetworkError(`No answer within ${seconds} seconds`)),
    );
    const settle = () => {
      cancelTimer();
      signal?.removeEventListener('abort', onAbort);
    };
    signal?.addEventListener('abort', onAbort);
    send(fetch, url, { ...init, signal: connection.signal }).then(
      (done) => {
        settle();
        resolve(done);
      },
      (cause: unknown) => giveUp(new NetworkError('The connection failed', { cause })),
    );
  });
}

async function send(fetch: Platform['fetch'], url: string, init: RequestInit): Promise<Exchange> {
  const response = await fetch(url, init);
  return { response, text: await response.text() };
}
