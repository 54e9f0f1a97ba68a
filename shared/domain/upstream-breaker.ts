import { probeSeconds, type UpstreamLimits } from '../catalog/upstreams.ts';
import { type BreakerCause, type CallWindow, type UpstreamChange, type UpstreamState, untouched } from './upstream.ts';
import { type TokenAnswer, type TokenAsk, takeTokens } from './upstream-bucket.ts';

export type EntryAnswer =
  | Exclude<TokenAnswer, { kind: 'granted' }>
  | { readonly kind: 'granted'; readonly tokens: number }
  /** The one call that finds out whether the upstream answers again. */
  | { readonly kind: 'probe' }
  /** Nobody calls for so long. */
  | { readonly kind: 'open'; readonly milliseconds: number; readonly cause: BreakerCause };

/** What a call comes to before it is made. `answered` calls were made since the worker told last. */
export function enter(
  state: UpstreamState,
  limits: UpstreamLimits,
  ask: TokenAsk & { readonly answered: number },
): UpstreamChange<EntryAnswer> {
  const { now, answered } = ask;
  const { openUntil, isProbing, cause = 'outage' } = state;
  if (openUntil !== undefined && openUntil > now) {
    // What tries now is known long before its time is over.
    const milliseconds = Math.min(openUntil - now, isProbing ? limits.breaker.coolDownSeconds * 1_000 : Infinity);
    return { answer: { kind: 'open', milliseconds, cause } };
  }
  const taken = takeTokens(state.full, limits, ask);
  if (taken.kind === 'wait') return { answer: taken };
  const { tokens, full } = taken;
  const window = counted(state.window, limits, now, { answered });
  if (openUntil === undefined) return { answer: { kind: 'granted', tokens }, state: { ...state, full, window } };
  return {
    answer: { kind: 'probe' },
    state: { ...state, full, openUntil: now + probeSeconds * 1_000, isProbing: true },
  };
}

export interface FailedCall {
  readonly cause: BreakerCause;
  readonly isProbe: boolean;
  readonly answered: number;
  readonly now: number;
}

/** Counts a call that failed. A probe that failed, or one failure too many, opens the breaker. */
export function countFailure(
  state: UpstreamState,
  limits: UpstreamLimits,
  { cause, isProbe, answered, now }: FailedCall,
): UpstreamChange<'open' | 'opened' | 'closed'> {
  const openUntil = now + limits.breaker.coolDownSeconds * 1_000;
  if (isProbe) return { answer: 'opened', state: { ...state, openUntil, isProbing: false, cause } };
  if (state.openUntil !== undefined) return { answer: 'open' }; // the call began before
  const window = counted(state.window, limits, now, { answered, failed: 1, throttled: cause === 'throttled' ? 1 : 0 });
  if (window.failed < limits.breaker.failures || window.failed < window.answered) {
    return { answer: 'closed', state: { ...state, window } };
  }
  const why = 2 * window.throttled > window.failed ? 'throttled' : 'outage';
  return { answer: 'opened', state: { full: state.full, openUntil, cause: why, window: untouched.window } };
}

/** The probe was answered: everybody may call again. */
export function close(state: UpstreamState): UpstreamChange<undefined> {
  return { answer: undefined, state: { full: state.full, window: untouched.window } };
}

function counted(
  window: CallWindow,
  { breaker }: UpstreamLimits,
  now: number,
  { answered, failed = 0, throttled = 0 }: { answered: number; failed?: number; throttled?: number },
): CallWindow {
  const isOver = now - window.from >= breaker.windowSeconds * 1_000;
  const base = isOver ? { ...untouched.window, from: now } : window;
  return {
    from: base.from,
    answered: base.answered + answered,
    failed: base.failed + failed,
    throttled: base.throttled + throttled,
  };
}
