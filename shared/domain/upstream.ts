import type { UpstreamName } from '../catalog/upstreams.ts';

/** What all workers know of one upstream (docs/adr/0014-upstreams-are-shared.md). Times are milliseconds since the epoch. */
export interface UpstreamState {
  /** When its bucket is full again; a time that has passed means full (the generic cell rate algorithm, ITU-T I.371). */
  readonly full: number;
  /** While it is in the future nobody calls; once it has passed, the first to come may try. Absent: closed. */
  readonly openUntil?: number | undefined;
  /** Whether one call is trying; if its worker dies, another one may at `openUntil`. */
  readonly isProbing?: boolean | undefined;
  /** Why the breaker opened: too many calls, or no answers. */
  readonly cause?: BreakerCause | undefined;
  /** What came of the calls since `from`, as far as the workers have told. */
  readonly window: CallWindow;
}

export type BreakerCause = 'throttled' | 'outage';

export interface CallWindow {
  readonly from: number;
  readonly answered: number;
  readonly failed: number;
  /** Of those that failed: how many were asked to come later. */
  readonly throttled: number;
}

/** An upstream that nobody has called for a while. */
export const untouched: UpstreamState = { full: 0, window: { from: 0, answered: 0, failed: 0, throttled: 0 } };

/** An answer by the state, and the state after it; without one nothing changes. */
export interface UpstreamChange<Answer> {
  readonly answer: Answer;
  readonly state?: UpstreamState;
}

/** The states, shared by all workers. */
export interface UpstreamStates {
  /**
   * Answers by the state and changes it, in one. `decide` is pure, and called again when another worker was faster. An answer that changes
   * nothing may come from a state that is up to a second old. Rejects when the store fails, and then nobody may be held up.
   */
  change<Answer>(
    upstream: UpstreamName,
    now: number,
    decide: (state: UpstreamState) => UpstreamChange<Answer>,
  ): Promise<Answer>;
}
