import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import { createCloudWatchClient } from '../../shared/adapters/cloudwatch/cloudwatch-client.ts';
import { CloudWatchHourlyHistory } from '../../shared/adapters/cloudwatch/cloudwatch-hourly-history.ts';
import { analyzePatterns } from '../../shared/jobs/analyze-patterns.ts';
import { environmentOf } from '../../shared/runtime/environment.ts';
import { jobStore } from '../../shared/runtime/job-ports.ts';
import { logger, telemetry } from '../../shared/runtime/telemetry.ts';

const environment = environmentOf('analyze-patterns');

const ports = {
  store: jobStore(environment),
  history: new CloudWatchHourlyHistory(createCloudWatchClient(), environment.STAGE),
  telemetry,
  now: Date.now,
  capacity: environment.QUEUE_CAPACITY,
};

export const handler = middy()
  .use(injectLambdaContext(logger))
  .handler(() => analyzePatterns(ports));
