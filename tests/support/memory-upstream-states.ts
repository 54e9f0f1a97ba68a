import type { UpstreamName } from '../../shared/catalog/upstreams.ts';
import {
  type UpstreamChange,
  type UpstreamState,
  type UpstreamStates,
  untouched,
} from '../../shared/domain/upstream.ts';

/** The upstreams' states in memory, as the contract suite asks. Tests may look, and make it fail. */
export class MemoryUpstreamStates implements UpstreamStates {
  readonly states = new Map<UpstreamName, UpstreamState>();
  /** How often a state was written. */
  writes = 0;
  /** Called at the start of every change; what it throws, the change rejects with. */
  fault: () => void = () => {};

  async change<Answer>(
    upstream: UpstreamName,
    _now: number,
    decide: (state: UpstreamState) => UpstreamChange<Answer>,
  ): Promise<Answer> {
    this.fault();
    const { answer, state } = decide(this.states.get(upstream) ?? untouched);
    if (state) {
      this.states.set(upstream, state);
      this.writes += 1;
    }
    return answer;
  }
}
