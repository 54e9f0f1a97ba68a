import type { RecipientReason } from '../catalog/notifications.ts';
import type { NotNow, SendAnswer } from '../domain/notification.ts';
import { describeAwsFailure } from './aws-failure.ts';

/** The names of the exceptions of one service that are about a recipient, and of those that ask for patience. */
export interface KnownRefusals {
  readonly refused: Readonly<Record<string, RecipientReason>>;
  readonly throttled: ReadonlySet<string>;
}

/**
 * What a failed request means for its message. An answer of 4xx or 503, and a connection that was never made, mean that it was not taken. Whatever
 * else goes wrong leaves that open: a time-out, a broken connection, an error of the service itself.
 * @see https://docs.aws.amazon.com/sns/latest/api/CommonErrors.html
 */
export function handOverFailure(error: unknown, { refused, throttled }: KnownRefusals): SendAnswer {
  const { name, isStated, status = 0, retryAfterSeconds } = describeAwsFailure(error);
  const reason = Object.hasOwn(refused, name) ? refused[name] : undefined;
  if (reason) return { status: 'refused', reason };
  const notNow = (why: NotNow['reason']): NotNow => ({
    status: 'not_now',
    reason: why,
    exception: systemCode(error) ?? name,
    retryAfterSeconds,
  });
  if (throttled.has(name) || status === 429) return notNow('throttled');
  if (status === 503 || unconnected.has(systemCode(error) ?? '')) return notNow('unavailable');
  if (status >= 400 && status < 500) return notNow(isStated ? 'misconfigured' : 'unavailable');
  return { status: 'unconfirmed' };
}

function systemCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined;
}

/** https://nodejs.org/api/errors.html#common-system-errors */
const unconnected: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);
