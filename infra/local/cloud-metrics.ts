import type { HttpApiAnswer } from './aws/apigateway/http-api.ts';
import type { MetricStore } from './aws/cloudwatch/metric-store.ts';
import type { LocalQueue } from './aws/sqs/local-queue.ts';
import type { Clock } from './clock.ts';
import type { ObservedInvocation } from './cloud-functions.ts';
import { onlyVersion } from './template/resource-types.ts';
import type { PlayedClock } from './time-lapse.ts';

/** The store for those who know the machine's time alone: what they record is kept under what CloudWatch's clock showed then. */
export function inTimeOf(watching: PlayedClock, metrics: MetricStore): MetricStore {
  return { ...metrics, record: (metric, value, at, times) => metrics.record(metric, value, watching.at(at), times) };
}

/** What seconds that have passed until now by the machine's clock were by CloudWatch's; none are none. */
export function secondsBy(watching: PlayedClock, clock: Clock): (seconds: number) => number {
  return (seconds) => (seconds === 0 ? 0 : (watching.now() - watching.at(clock.now() - seconds * 1000)) / 1000);
}

/**
 * Records one run of a function, or its refusal, for the function, for the alias it was invoked by, and for the version that the alias led
 * to, at the time it began.
 * https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html
 */
export function recordInvocation(metrics: MetricStore, invocation: ObservedInvocation): void {
  const { functionName: FunctionName, alias, startedAt, endedAt, outcome, concurrent } = invocation;
  const isRun = outcome !== 'throttled';
  const figures = {
    Throttles: isRun ? 0 : 1,
    ...(isRun && { Invocations: 1, Errors: outcome === 'failed' ? 1 : 0, Duration: endedAt - startedAt }),
    ...(isRun && { ConcurrentExecutions: concurrent }),
  };
  const ofAlias = { FunctionName, Resource: `${FunctionName}:${alias}` };
  const ofVersion: Record<string, string> = { ...ofAlias, ExecutedVersion: onlyVersion };
  for (const dimensions of [{ FunctionName }, ...(alias === undefined ? [] : [ofAlias, ofVersion])]) {
    for (const [name, value] of Object.entries(figures)) {
      metrics.record({ namespace: 'AWS/Lambda', name, dimensions }, value, startedAt);
    }
  }
}

/** Records one answer of the HTTP API. https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-metrics.html */
export function recordAnswer(metrics: MetricStore, ApiId: string, { status, startedAt, endedAt }: HttpApiAnswer): void {
  const figures = {
    Count: 1,
    Latency: endedAt - startedAt,
    '4xx': status >= 400 && status < 500 ? 1 : 0,
    '5xx': status >= 500 ? 1 : 0,
  };
  const stageDimensions: Record<string, string> = { ApiId, Stage: '$default' };
  for (const dimensions of [{ ApiId }, stageDimensions]) {
    for (const [name, value] of Object.entries(figures)) {
      metrics.record({ namespace: 'AWS/ApiGateway', name, dimensions }, value, startedAt);
    }
  }
}

/**
 * Records what is in the queues, and what came and went since the last call. Every queue is active here, as on AWS one with a consumer is.
 * `played` tells an age by CloudWatch's clock.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html
 */
export function createQueueSampler(
  metrics: MetricStore,
  queues: readonly LocalQueue[],
  played: (seconds: number) => number,
): (at: number) => void {
  const seen = new Map(queues.map((queue) => [queue, { ...queue.flow }]));
  return (at) => {
    for (const [queue, before] of seen) {
      const { visible, inFlight, delayed } = queue.counts();
      const figures = {
        ApproximateNumberOfMessagesVisible: visible,
        ApproximateNumberOfMessagesNotVisible: inFlight,
        ApproximateNumberOfMessagesDelayed: delayed,
        ApproximateAgeOfOldestMessage: played(queue.oldestAgeSeconds()),
        NumberOfMessagesSent: queue.flow.sent - before.sent,
        NumberOfMessagesReceived: queue.flow.received - before.received,
        NumberOfMessagesDeleted: queue.flow.deleted - before.deleted,
      };
      seen.set(queue, { ...queue.flow });
      for (const [name, value] of Object.entries(figures)) {
        metrics.record({ namespace: 'AWS/SQS', name, dimensions: { QueueName: queue.name } }, value, at);
      }
    }
  };
}
