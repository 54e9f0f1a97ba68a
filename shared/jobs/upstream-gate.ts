import { upstreamFailures } from '../catalog/failures.ts';
import type { QueueName } from '../catalog/queues.ts';
import {
  callClassOf,
  lease,
  longestPauseMilliseconds,
  type UpstreamName,
  type UpstreamSettings,
} from '../catalog/upstreams.ts';
import { JobError, ThrottledError } from '../domain/errors.ts';
import type { Now, Telemetry } from '../domain/ports.ts';
import type { BreakerCause, UpstreamChange, UpstreamState, UpstreamStates } from '../domain/upstream.ts';
import { close, countFailure, type EntryAnswer, enter } from '../domain/upstream-breaker.ts';
import { mostNeeded } from '../domain/upstream-bucket.ts';

export interface GatePorts {
  readonly states: UpstreamStates;
  readonly settings: UpstreamSettings;
  /** Whose consumer this is: it tells urgent work from batch work. */
  readonly queue: QueueName;
  readonly telemetry: Telemetry;
  readonly now: Now;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  /** Resolves after so many milliseconds. */
  readonly pause: (milliseconds: number) => Promise<void>;
}

/** What one worker has of one upstream. */
interface Hold {
  tokens: number;
  /** Until when its tokens are good, milliseconds since the epoch. */
  until: number;
  /** Calls that were answered and not told of yet. */
  answered: number;
}

/** How often a call waits in place for tokens that others then take. */
const MOST_PAUSES = 2;

/**
 * What every call of an upstream passes. The tokens and the breaker of an upstream are shared by all workers; this one takes tokens by tens
 * and spends them without asking. When the states cannot be read or written, calls are let through.
 */
export class UpstreamGate {
  readonly #ports: GatePorts;
  readonly #holds = new Map<UpstreamName, Hold>();

  constructor(ports: GatePorts) {
    this.#ports = ports;
  }

  /**
   * Makes a call that takes `need` tokens, and learns from how it ends. Rejects with a ThrottledError, without calling, while the breaker is
   * open or no token is to be had soon; else as the call does.
   */
  async call<T>(upstream: UpstreamName, need: number, make: () => Promise<T>): Promise<T> {
    const isProbe = await this.#enter(upstream, need);
    let value: T;
    try {
      value = await make();
    } catch (error) {
      const cause = failureOf(error);
      if (cause) await this.#countFailure(upstream, cause, isProbe);
      else if (isAnswer(error)) await this.#countAnswer(upstream, isProbe);
      throw error;
    }
    await this.#countAnswer(upstream, isProbe);
    return value;
  }

  /** Whether this call is the one that tries for all. */
  async #enter(upstream: UpstreamName, need: number): Promise<boolean> {
    const hold = this.#holdOf(upstream);
    const { callClass, limits } = this.#of(upstream);
    const needed = Math.min(need, mostNeeded(callClass, limits));
    for (let pauses = 0; ; pauses++) {
      const now = this.#ports.now();
      if (hold.until > now && hold.tokens >= needed) {
        hold.tokens -= needed;
        return false;
      }
      const answer = await this.#ask(upstream, needed, now);
      if (answer === undefined) return false;
      if (answer.kind === 'granted') {
        hold.tokens = (hold.until > now ? hold.tokens : 0) + answer.tokens - needed;
        hold.until = now + lease.seconds * 1_000;
        return false;
      }
      if (answer.kind === 'probe') return true;
      if (answer.kind === 'open') throw this.#refusal(upstream, answer);
      if (answer.milliseconds > longestPauseMilliseconds || pauses === MOST_PAUSES) {
        throw new ThrottledError(`${upstream}: no tokens left for ${callClass} calls`);
      }
      await this.#ports.pause(answer.milliseconds);
    }
  }

  async #ask(upstream: UpstreamName, need: number, now: number): Promise<EntryAnswer | undefined> {
    const hold = this.#holdOf(upstream);
    const { callClass, limits } = this.#of(upstream);
    const { answered } = hold;
    const answer = await this.#change(upstream, now, (state) =>
      enter(state, limits, { callClass, need, now, answered }),
    );
    if (answer?.kind === 'granted') hold.answered -= answered;
    return answer;
  }

  async #countFailure(upstream: UpstreamName, cause: BreakerCause, isProbe: boolean): Promise<void> {
    const hold = this.#holdOf(upstream);
    const { limits } = this.#of(upstream);
    const { answered } = hold;
    const now = this.#ports.now();
    const after = await this.#change(upstream, now, (state) =>
      countFailure(state, limits, { cause, isProbe, answered, now }),
    );
    if (after === undefined) return;
    hold.answered -= answered;
    if (after === 'closed') return;
    hold.tokens = 0;
    if (after !== 'opened') return;
    this.#ports.telemetry.count('upstream_breaker_opened', { queue: this.#ports.queue });
    this.#ports.telemetry.warn('upstream_breaker_opened', { upstream, cause, again: isProbe });
  }

  async #countAnswer(upstream: UpstreamName, isProbe: boolean): Promise<void> {
    if (!isProbe) {
      this.#holdOf(upstream).answered += 1;
      return;
    }
    await this.#change(upstream, this.#ports.now(), close);
    this.#ports.telemetry.note('upstream_breaker_closed', { upstream });
  }

  async #change<Answer>(
    upstream: UpstreamName,
    now: number,
    decide: (state: UpstreamState) => UpstreamChange<Answer>,
  ): Promise<Answer | undefined> {
    try {
      return await this.#ports.states.change(upstream, now, decide);
    } catch (error) {
      this.#ports.telemetry.count('limits_unavailable', { queue: this.#ports.queue });
      this.#ports.telemetry.warn('upstream_state_unavailable', { upstream }, error);
      return undefined;
    }
  }

  /** The jobs come back after the cool-down, spread over as long again, so that the upstream does not meet all of them at once. */
  #refusal(upstream: UpstreamName, { milliseconds, cause }: Extract<EntryAnswer, { kind: 'open' }>): ThrottledError {
    const { queue, telemetry, random } = this.#ports;
    if (cause === 'outage') telemetry.count('upstream_unavailable', { queue });
    const { callClass, limits } = this.#of(upstream);
    return new ThrottledError(`${upstream}: not called for now, it ${reasons[cause]}`, {
      retryAfterSeconds: milliseconds / 1_000 + random() * limits.breaker.coolDownSeconds,
      isOutage: cause === 'outage' && callClass === 'urgent',
    });
  }

  #of(upstream: UpstreamName) {
    return { callClass: callClassOf(this.#ports.queue), limits: this.#ports.settings[upstream] };
  }

  #holdOf(upstream: UpstreamName): Hold {
    const hold = this.#holds.get(upstream) ?? { tokens: 0, until: 0, answered: 0 };
    this.#holds.set(upstream, hold);
    return hold;
  }
}

const reasons: Readonly<Record<BreakerCause, string>> = {
  throttled: 'asked for fewer calls',
  outage: 'does not answer',
};

/** What the error says of the upstream. Undefined: nothing bad. */
function failureOf(error: unknown): BreakerCause | undefined {
  if (!(error instanceof JobError)) return undefined;
  if (error.retry === 'throttled') return 'throttled';
  return upstreamFailures.has(error.code) ? 'outage' : undefined;
}

/** A refusal is an answer too. An attempt that ran out of time, or a fault of ours, says nothing. */
function isAnswer(error: unknown): boolean {
  return error instanceof JobError && error.code !== 'timed_out';
}
