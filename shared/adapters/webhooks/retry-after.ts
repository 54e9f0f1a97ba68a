import { longestRetryAfterSeconds } from '../../catalog/webhooks.ts';

/** Seconds of a `Retry-After` in either of its forms (RFC 9110, 10.2.3), at most a day; undefined when there is none or it makes no sense. */
export function retryAfterSeconds(value: string | undefined, now: number): number | undefined {
  if (value === undefined) return undefined;
  const seconds = /^\d{1,9}$/.test(value) ? Number(value) : secondsUntil(value, now);
  return Number.isNaN(seconds) ? undefined : Math.min(longestRetryAfterSeconds, Math.max(0, seconds));
}

/** `Date.parse` takes much for a date that is none; every HTTP date ends so. */
function secondsUntil(date: string, now: number): number {
  return date.endsWith(' GMT') ? Math.ceil((Date.parse(date) - now) / 1_000) : Number.NaN;
}
