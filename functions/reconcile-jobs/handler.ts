import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import * as z from 'zod';
import { fireSchedules } from '../../shared/jobs/fire-schedules.ts';
import { reconcileJobs } from '../../shared/jobs/reconcile-jobs.ts';
import type { SweepCounts } from '../../shared/jobs/sweep-shards.ts';
import { environmentOf } from '../../shared/runtime/environment.ts';
import { jobPorts, limiting, scheduleStore } from '../../shared/runtime/job-ports.ts';
import { emitMetrics, logger } from '../../shared/runtime/telemetry.ts';

const environment = environmentOf('reconcile-jobs');
const ports = { ...jobPorts(environment), ...limiting(environment), schedules: scheduleStore(environment) };

/** The schedule sends an event of its own; a restart of everything says so. */
const Scope = z.object({
  everything: z.boolean().default(false),
  abandoned_before: z.iso.datetime().optional(),
});

export const handler = middy<unknown, Reconciled>()
  .use(injectLambdaContext(logger))
  .use(emitMetrics)
  .handler(async (event): Promise<Reconciled> => {
    const { everything, abandoned_before } = Scope.parse(event ?? {});
    const abandonedBefore = abandoned_before === undefined ? 0 : Date.parse(abandoned_before);
    const work = [reconcileJobs({ everything, abandonedBefore }, ports), fireSchedules(ports)] as const;
    await Promise.allSettled(work); // neither is cut short because the other could not read a shard
    const [jobs, schedules] = await Promise.all(work);
    ports.telemetry.count('reconciler_runs', {});
    ports.telemetry.note('jobs_reconciled', { ...jobs, everything });
    ports.telemetry.note('schedules_fired', { ...schedules });
    return { jobs, schedules };
  });

interface Reconciled {
  readonly jobs: SweepCounts;
  readonly schedules: SweepCounts;
}
