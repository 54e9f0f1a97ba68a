import { noRemediation, type RemediationState, type RemediationStore } from '../../shared/domain/remediation.ts';

/** The state of remediation in memory. */
export class MemoryRemediations implements RemediationStore {
  state: RemediationState = noRemediation;
  /** Called between a read and the write that follows. */
  meanwhile = () => {};

  async read() {
    return this.state;
  }

  async replace(before: RemediationState, after: RemediationState) {
    this.meanwhile();
    if (this.state.version !== before.version) return false;
    this.state = { ...after, version: before.version + 1 };
    return true;
  }
}
