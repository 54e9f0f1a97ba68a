import { failures } from '../catalog/failures.ts';
import { stepNames } from '../catalog/job-types.ts';
import { mostUnfinished, type OwnerLimitSettings } from '../catalog/owner-limits.ts';
import type { ScheduledType } from '../catalog/schemas/schedule.ts';
import { queueOf } from '../domain/accept.ts';
import type { RunFailure } from '../domain/schedule.ts';
import { type AdmitPorts, admit } from './admit.ts';

/** The job of a run. */
export interface RunJob {
  readonly id: string;
  readonly owner: string;
  readonly type: ScheduledType;
  readonly priority?: number | undefined;
  /** What it is expected to cost, if that is much. */
  readonly expectedMicroUsd: number;
}

export interface AdmitRunPorts extends AdmitPorts {
  readonly grant: OwnerLimitSettings;
  readonly now: () => number;
}

/**
 * Takes a run from what its owner may use, as a submit does, and tells why it may not; undefined when it may. The same run may be asked about
 * again: it is on the list of unfinished jobs once. Rejects never.
 */
export async function refusalOfRun(run: RunJob, ports: AdmitRunPorts): Promise<RunFailure | undefined> {
  const { grant } = ports;
  const queue = queueOf(run.type, stepNames(run.type)[0] ?? '', run.priority);
  const ask = {
    owner: run.owner,
    limitClass: 'scheduled',
    bucket: grant.buckets.scheduled,
    job: { id: run.id, queue, most: mostUnfinished(queue, grant) },
    budget: { dailyMicroUsd: grant.dailyBudgetMicroUsd, expectedMicroUsd: run.expectedMicroUsd },
    now: ports.now(),
  } as const;
  switch ((await admit(ask, ports)).kind) {
    case 'taken':
    case 'uncounted':
      return undefined;
    case 'budget_spent':
      return { code: 'daily_budget_spent', message: failures.daily_budget_spent };
    case 'too_many_unfinished':
    case 'rate_limited':
      return { code: 'too_many_unfinished', message: failures.too_many_unfinished };
  }
}
