import * as z from 'zod';
import type { FailureCode } from '../../catalog/failures.ts';
import { type JobError, PermanentError, ThrottledError, TransientError } from '../../domain/errors.ts';

/**
 * What a refusal of the partner means to a job, by its status and `code`. 5xx and whatever is not understood leave open whether the thing was
 * done; a token that is not accepted is ours to repair, and worth waiting for.
 */
export function partnerFailure(method: string, { status, headers }: Response, body: unknown): JobError {
  const { code } = Refusal.parse(body ?? {});
  const message = `Partner: ${method} ${status} ${code}`.trim();
  if (status === 429) {
    const seconds = Number(headers.get('retry-after') ?? Number.NaN);
    return new ThrottledError(message, Number.isFinite(seconds) ? { retryAfterSeconds: seconds } : {});
  }
  if (status === 401 || status === 403) return new TransientError('partner_misconfigured', message);
  if (status >= 500 || status === 408 || status < 400) return new TransientError('partner_unavailable', message);
  return new PermanentError(
    refusals[code] ?? (method === 'DELETE' ? 'cancellation_refused' : 'reservation_refused'),
    message,
  );
}

/** No answer, or one that says nothing. */
export function unreadableAnswer(what: string, status: number | undefined, cause?: unknown): TransientError {
  const message = `Partner: ${what} ${status === undefined ? 'was not answered' : `had an unusable ${status}`}`;
  return new TransientError('partner_unavailable', message, { cause });
}

const refusals: Readonly<Record<string, FailureCode>> = {
  venue_full: 'venue_full',
  venue_unknown: 'venue_unknown',
  too_late: 'cancellation_refused',
};

const Refusal = z.object({ code: z.string().max(64).catch('') }).catch({ code: '' });
