import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import * as z from 'zod';
import { type ReconciledCounts, reconcileJobs } from '../../shared/jobs/reconcile-jobs.ts';
import { environmentOf } from '../../shared/runtime/environment.ts';
import { jobPorts } from '../../shared/runtime/job-ports.ts';
import { emitMetrics, logger } from '../../shared/runtime/telemetry.ts';

const ports = jobPorts(environmentOf('reconcile-jobs'));

/** The schedule sends an event of its own; a restart of everything says so. */
const Scope = z.object({
  everything: z.boolean().default(false),
  abandoned_before: z.iso.datetime().optional(),
});

export const handler = middy<unknown, ReconciledCounts>()
  .use(injectLambdaContext(logger))
  .use(emitMetrics)
  .handler(async (event): Promise<ReconciledCounts> => {
    const { everything, abandoned_before } = Scope.parse(event ?? {});
    const abandonedBefore = abandoned_before === undefined ? 0 : Date.parse(abandoned_before);
    const counts = await reconcileJobs({ everything, abandonedBefore }, ports);
    ports.telemetry.count('reconciler_runs', {});
    ports.telemetry.note('jobs_reconciled', { ...counts, everything });
    return counts;
  });
