import { Duration, Stack } from 'aws-cdk-lib';
import { Queue, QueueEncryption, RedrivePermission } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { maxReceiveCount, retentionDays, visibilityFactor } from '../../shared/catalog/queues.ts';
import type { DeployedQueue } from './deployed-queues.ts';

/** Time-out of the function that takes messages out of a dead-letter queue. */
export const buryTimeout = Duration.minutes(1);

/** One priority class: its queue and its dead-letter queue. */
export class PriorityQueue extends Construct {
  readonly definition: DeployedQueue;
  readonly queue: Queue;
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, definition: DeployedQueue) {
    super(scope, id);
    this.definition = definition;
    const stack = Stack.of(this);
    // A name, because a dead-letter queue that admits only its own queue must know that queue's ARN, and CloudFormation
    // refuses two queues that refer to each other. No property that changes here replaces a queue, and a lost queue is
    // refilled from the job records.
    const queueName = `${stack.stackName}-${definition.name}`;
    this.deadLetters = new Queue(this, 'DeadLetters', {
      ...encrypted,
      retentionPeriod: Duration.days(retentionDays.deadLetters),
      visibilityTimeout: Duration.seconds(buryTimeout.toSeconds() * visibilityFactor),
      redriveAllowPolicy: {
        redrivePermission: RedrivePermission.BY_QUEUE,
        sourceQueues: [Queue.fromQueueArn(this, 'Source', stack.formatArn({ service: 'sqs', resource: queueName }))],
      },
    });
    this.queue = new Queue(this, 'Queue', {
      ...encrypted,
      queueName,
      retentionPeriod: Duration.days(retentionDays.queue),
      visibilityTimeout: definition.visibilityTimeout,
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount },
    });
  }
}

const encrypted = { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true } as const;
