import { setTimeout as wait } from 'node:timers/promises';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import { createLambdaClient } from '../../shared/adapters/lambda/lambda-client.ts';
import { LambdaQueueConsumers } from '../../shared/adapters/lambda/lambda-queue-consumers.ts';
import { endRaises } from '../../shared/jobs/raise-concurrency.ts';
import { endPauses, remediate } from '../../shared/jobs/remediate.ts';
import { environmentOf } from '../../shared/runtime/environment.ts';
import { jobPorts, remediationStore } from '../../shared/runtime/job-ports.ts';
import { emitMetrics, logger } from '../../shared/runtime/telemetry.ts';
import { alarmNotices } from './alarm-notices.ts';

const environment = environmentOf('remediate');

const ports = {
  ...jobPorts(environment),
  wait,
  remediations: remediationStore(environment),
  consumers: new LambdaQueueConsumers(createLambdaClient(), environment.QUEUE_CONSUMERS),
  concurrency: environment.QUEUE_CONCURRENCY,
  dryRun: environment.REMEDIATION === 'dry_run',
};

/** An alarm's notice is acted upon; every run, scheduled ones above all, ends the pauses and raises whose time is over. */
export const handler = middy<unknown, void>()
  .use(injectLambdaContext(logger))
  .use(emitMetrics)
  .handler(async (event): Promise<void> => {
    await endPauses(ports);
    await endRaises(ports);
    for (const notice of alarmNotices(event, environment.STAGE)) await remediate(notice, ports);
  });
