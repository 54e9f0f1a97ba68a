import type { ViewPorts } from '../../shared/jobs/job-view.ts';
import type { JobPorts } from '../../shared/jobs/ports.ts';
import type { LimitPorts } from '../../shared/runtime/owner-limits.ts';

/** What cancel and retry need of the world. */
export type ControlPorts = JobPorts & ViewPorts & LimitPorts;
