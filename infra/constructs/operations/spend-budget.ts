import { CfnBudget } from 'aws-cdk-lib/aws-budgets';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { cloudWatchName } from '../../../shared/catalog/alarms.ts';
import { publishing } from './incident-topics.ts';

export interface SpendBudgetProps {
  readonly stage: string;
  readonly dailyUsd: number;
  readonly warnings: Topic;
}

/**
 * Warns when the account has cost more in one day than the stage allows. AWS knows the costs of a day only hours later; `model_cost_high`
 * knows the model's at once. It counts the whole account: give each stage its own.
 * @see https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-managing-costs.html
 */
export class SpendBudget extends Construct {
  constructor(scope: Construct, id: string, { stage, dailyUsd, warnings }: SpendBudgetProps) {
    super(scope, id);
    warnings.addToResourcePolicy(publishing(warnings, 'budgets.amazonaws.com'));
    new CfnBudget(this, 'Budget', {
      budget: {
        budgetName: cloudWatchName(stage, 'spend_high'),
        budgetType: 'COST',
        timeUnit: 'DAILY',
        budgetLimit: { amount: dailyUsd, unit: 'USD' },
      },
      notificationsWithSubscribers: [
        {
          notification: {
            notificationType: 'ACTUAL',
            comparisonOperator: 'GREATER_THAN',
            threshold: 100,
            thresholdType: 'PERCENTAGE',
          },
          subscribers: [{ subscriptionType: 'SNS', address: warnings.topicArn }],
        },
      ],
    });
  }
}
