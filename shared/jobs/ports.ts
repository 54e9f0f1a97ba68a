import type { Spending } from '../domain/owner-limits.ts';
import type { JobQueues, JobStore, Now, Telemetry } from '../domain/ports.ts';

/** What the use cases need of the world. The runtime hands in adapters, tests hand in fakes. */
export interface JobPorts {
  readonly store: JobStore;
  readonly queues: JobQueues;
  readonly spending: Spending;
  readonly telemetry: Telemetry;
  readonly now: Now;
  /** Uniform in [0, 1). */
  readonly random: () => number;
}
