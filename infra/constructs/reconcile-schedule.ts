import { Duration } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Schedule, ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { reconcileSchedule } from '../../shared/catalog/functions.ts';
import { acceptFinding } from './accepted-finding.ts';

export interface ReconcileScheduleProps {
  readonly target: IFunction;
}

/**
 * Runs the reconciler at the catalog's rate. A run that could not be started is kept as a dead letter, for the operators to
 * see; it is not repeated for longer than a minute, because by then the next one is due.
 */
export class ReconcileSchedule extends Construct {
  readonly missedRuns: Queue;

  constructor(scope: Construct, id: string, { target }: ReconcileScheduleProps) {
    super(scope, id);
    this.missedRuns = new Queue(this, 'MissedRuns', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    acceptFinding(this.missedRuns, /^AwsSolutions-SQS3$/, 'Is a dead-letter queue itself, of a schedule.');
    // Scheduler invokes asynchronously, and Lambda would repeat a failed run twice on its own, over six hours.
    target.configureAsyncInvoke({ retryAttempts: 0, maxEventAge: Duration.minutes(1) });
    new Schedule(this, 'Schedule', {
      description: 'Finds every job whose due time has passed',
      schedule: ScheduleExpression.rate(Duration.minutes(reconcileSchedule.rateMinutes)),
      target: new LambdaInvoke(target, {
        deadLetterQueue: this.missedRuns,
        retryAttempts: 2,
        maxEventAge: Duration.minutes(1),
      }),
    });
  }
}
