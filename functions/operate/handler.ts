import { setTimeout as wait } from 'node:timers/promises';
import { createCloudWatchClient } from '../../shared/adapters/cloudwatch/cloudwatch-client.ts';
import { CloudWatchQueueHistory } from '../../shared/adapters/cloudwatch/cloudwatch-queue-history.ts';
import { createLambdaClient } from '../../shared/adapters/lambda/lambda-client.ts';
import { LambdaQueueConsumers } from '../../shared/adapters/lambda/lambda-queue-consumers.ts';
import { createSqsClient } from '../../shared/adapters/sqs/sqs-client.ts';
import { SqsQueueCounter } from '../../shared/adapters/sqs/sqs-queue-counter.ts';
import { routes } from '../../shared/catalog/routes.ts';
import { environmentOf } from '../../shared/runtime/environment.ts';
import { httpHandler } from '../../shared/runtime/http-handler.ts';
import { jobPorts, remediationStore } from '../../shared/runtime/job-ports.ts';
import { acceptJob } from '../../shared/runtime/submit-route.ts';
import { listDeadLetters } from './list-dead-letters.ts';
import { openMetricsText } from './open-metrics.ts';
import { queueStats } from './read-queue-stats.ts';
import { redriveDeadLetters } from './redrive-dead-letters.ts';
import { switchQueue } from './switch-queue.ts';

const environment = environmentOf('operate');
const ports = {
  ...jobPorts(environment),
  wait,
  remediations: remediationStore(environment),
  consumers: new LambdaQueueConsumers(createLambdaClient(), environment.QUEUE_CONSUMERS),
  history: new CloudWatchQueueHistory(createCloudWatchClient(), environment.STAGE, environment.QUEUE_URLS),
  counter: new SqsQueueCounter(createSqsClient(), environment.QUEUE_URLS, environment.DEAD_LETTER_URLS),
};

export const handler = httpHandler({
  probe_queue: (request) =>
    acceptJob(request, { options: {}, plan: () => ({ type: 'probe', input: {}, queue: request.params.queue }) }, ports),
  pause_queue: (request) => switchQueue(request, 'off', ports),
  resume_queue: (request) => switchQueue(request, 'on', ports),
  read_queue_stats: async () => ({ status: 200, body: await queueStats(ports) }),
  read_metrics: async () => ({
    status: 200,
    text: openMetricsText(await queueStats(ports)),
    headers: { 'content-type': routes.read_metrics.mediaType },
  }),
  list_dead_letters: (request) => listDeadLetters(request, ports),
  redrive_dead_letters: (request) => redriveDeadLetters(request, ports),
});
