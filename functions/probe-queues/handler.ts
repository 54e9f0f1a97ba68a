import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import { probeQueues } from '../../shared/jobs/probe-queues.ts';
import { environmentOf } from '../../shared/runtime/environment.ts';
import { jobPorts } from '../../shared/runtime/job-ports.ts';
import { emitMetrics, logger } from '../../shared/runtime/telemetry.ts';

const ports = jobPorts(environmentOf('probe-queues'));

export const handler = middy()
  .use(injectLambdaContext(logger))
  .use(emitMetrics)
  .handler(() => probeQueues(ports));
