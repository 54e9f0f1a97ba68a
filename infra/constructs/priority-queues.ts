import { Stack } from 'aws-cdk-lib';
import { Grant } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { Configurable } from './configurable.ts';
import { type DeployedQueue, pascalCase } from './deployed-queues.ts';
import { PriorityQueue } from './priority-queue.ts';

/** The queues of the catalog. */
export class PriorityQueues extends Construct {
  readonly all: readonly PriorityQueue[];

  constructor(scope: Construct, id: string, queues: readonly DeployedQueue[]) {
    super(scope, id);
    this.all = queues.map((queue) => new PriorityQueue(this, `${pascalCase(queue.name)}Class`, queue));
  }

  /** Send to every queue: any job may continue on another one. */
  grantSend(fn: Configurable<'QUEUE_URLS'>): void {
    const urls = Object.fromEntries(this.all.map(({ definition, queue }) => [definition.name, queue.queueUrl]));
    fn.setVariable('QUEUE_URLS', Stack.of(fn).toJsonString(urls));
    Grant.addToPrincipal({
      grantee: fn,
      actions: ['sqs:SendMessage'],
      resourceArns: this.all.map(({ queue }) => queue.queueArn),
    });
  }

  /** Count what is in every queue and dead-letter queue. Needs `grantSend` too, which tells the queues' URLs. */
  grantCount(fn: Configurable<'DEAD_LETTER_URLS'>): void {
    const urls = Object.fromEntries(
      this.all.map(({ definition, deadLetters }) => [definition.name, deadLetters.queueUrl]),
    );
    fn.setVariable('DEAD_LETTER_URLS', Stack.of(fn).toJsonString(urls));
    Grant.addToPrincipal({
      grantee: fn,
      actions: ['sqs:GetQueueAttributes'],
      resourceArns: this.all.flatMap(({ queue, deadLetters }) => [queue.queueArn, deadLetters.queueArn]),
    });
  }
}
