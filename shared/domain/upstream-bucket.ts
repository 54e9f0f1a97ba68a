import { type CallClass, lease, type UpstreamLimits } from '../catalog/upstreams.ts';

export interface TokenAsk {
  readonly callClass: CallClass;
  /** Tokens without which the call is not made. */
  readonly need: number;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

export type TokenAnswer =
  /** At least what was needed. `full` is when the bucket is full after it. */
  | { readonly kind: 'granted'; readonly tokens: number; readonly full: number }
  /** There will be enough then, if nobody else takes them. */
  | { readonly kind: 'wait'; readonly milliseconds: number };

type Bucket = Pick<UpstreamLimits, 'perSecond' | 'burst' | 'reservedForUrgent'>;

/**
 * Takes tokens of a bucket that is full again at `full`: a lease of up to ten, but no more than half of what the class may have now beyond its
 * need, so that leases shrink when tokens are scarce. Batch work takes nothing of the reserved share.
 */
export function takeTokens(full: number, bucket: Bucket, { callClass, need, now }: TokenAsk): TokenAnswer {
  const tokenMilliseconds = 1_000 / bucket.perSecond;
  const missing = Math.max(0, full - now) / tokenMilliseconds;
  const available = bucket.burst - missing - reserved(callClass, bucket);
  const needed = Math.min(need, mostNeeded(callClass, bucket));
  if (available + ROUNDING_MILLISECONDS / tokenMilliseconds < needed) {
    return { kind: 'wait', milliseconds: Math.max(1, Math.ceil((needed - available) * tokenMilliseconds)) };
  }
  const tokens = Math.max(needed, Math.min(lease.mostTokens, Math.floor(available / 2)));
  return { kind: 'granted', tokens, full: Math.max(full, now) + tokens * tokenMilliseconds };
}

/** A call that needs more tokens than there can ever be is made with all of them. */
export function mostNeeded(callClass: CallClass, bucket: Bucket): number {
  return Math.max(1, Math.floor(bucket.burst - reserved(callClass, bucket)));
}

function reserved(callClass: CallClass, { burst, reservedForUrgent }: Bucket): number {
  if (callClass === 'urgent') return 0;
  return Math.min(burst - 1, burst * reservedForUrgent); // a batch call can always be made once nobody else calls
}

/** A token that is there but for a microsecond is there: times of today, as numbers, are no finer. */
const ROUNDING_MILLISECONDS = 1e-3;
