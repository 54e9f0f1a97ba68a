import { Duration } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Schedule, ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { type ScheduledFunction, schedules } from '../../shared/catalog/functions.ts';
import { acceptFinding } from './accepted-finding.ts';
import { pascalCase } from './deployed-queues.ts';

/** Keeps the runs of schedules that could not be started, for the operators to see. */
export function missedRuns(scope: Construct): Queue {
  const queue = new Queue(scope, 'MissedRuns', {
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    retentionPeriod: Duration.days(14),
  });
  acceptFinding(queue, /^AwsSolutions-SQS3$/, 'Is a dead-letter queue itself, of schedules.');
  return queue;
}

/** Runs a function at the catalog's rate. A start that fails is not repeated for longer than a minute, because by then the next one is due. */
export function runRegularly(scope: Construct, name: ScheduledFunction, target: IFunction, missed: Queue): void {
  const { rateMinutes, does } = schedules[name];
  // Scheduler invokes asynchronously, and Lambda would repeat a failed run twice on its own, over six hours.
  target.configureAsyncInvoke({ retryAttempts: 0, maxEventAge: Duration.minutes(1) });
  new Schedule(scope, `${pascalCase(name)}Schedule`, {
    description: does,
    schedule: ScheduleExpression.rate(Duration.minutes(rateMinutes)),
    target: new LambdaInvoke(target, { deadLetterQueue: missed, retryAttempts: 2, maxEventAge: Duration.minutes(1) }),
  });
}
