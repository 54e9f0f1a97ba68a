import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';

export interface ConsumeOptions {
  readonly batchSize: number;
  /** Runs at a time for this queue. Pollers wait for a free one, where reserved concurrency would throw messages back. */
  readonly maxConcurrency: number;
}

/** Delivers a queue's messages to a function. A message that fails alone comes back alone. */
export function consume(fn: IFunction, queue: IQueue, { batchSize, maxConcurrency }: ConsumeOptions): void {
  fn.addEventSource(new SqsEventSource(queue, { batchSize, maxConcurrency, reportBatchItemFailures: true }));
}
