import { Stack } from 'aws-cdk-lib';
import { Grant } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Configurable } from './configurable.ts';

export interface ConsumeOptions {
  readonly batchSize: number;
  /** Runs at a time for this queue. Pollers wait for a free one, where reserved concurrency would throw messages back. */
  readonly maxConcurrency: number;
}

/** Delivers a queue's messages to a function. A message that fails alone comes back alone. Tells the mapping, which can be switched off. */
export function consume(fn: IFunction, queue: IQueue, { batchSize, maxConcurrency }: ConsumeOptions): QueueConsumer {
  const source = new SqsEventSource(queue, { batchSize, maxConcurrency, reportBatchItemFailures: true });
  fn.addEventSource(source);
  return { mappingId: source.eventSourceMappingId, mappingArn: source.eventSourceMappingArn };
}

export interface QueueConsumer {
  readonly mappingId: string;
  readonly mappingArn: string;
}

/** See how queues are being consumed; pause, resume or limit the consumer of each, or of `only` some. `consumers` are by queue. */
export function grantConsumerChanges(
  fn: Configurable<'QUEUE_CONSUMERS'>,
  consumers: Readonly<Record<string, QueueConsumer>>,
  only: readonly string[] = Object.keys(consumers),
): void {
  const ids = Object.entries(consumers).map(([queue, { mappingId }]) => [queue, mappingId]);
  fn.setVariable('QUEUE_CONSUMERS', Stack.of(fn).toJsonString(Object.fromEntries(ids)));
  Grant.addToPrincipal({
    grantee: fn,
    actions: ['lambda:GetEventSourceMapping', 'lambda:UpdateEventSourceMapping'],
    resourceArns: only.flatMap((queue) => consumers[queue]?.mappingArn ?? []),
  });
}
