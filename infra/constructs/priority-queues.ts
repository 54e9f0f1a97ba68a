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
}
