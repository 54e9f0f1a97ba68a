import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { LambdaApplication, LambdaDeploymentConfig, LambdaDeploymentGroup } from 'aws-cdk-lib/aws-codedeploy';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Alias, Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { StageSettings } from '../stage-settings.ts';
import { acceptFinding } from './accepted-finding.ts';

/** Moves each function's `live` alias to a new version, and back when the new version fails. */
export class GradualDeployment extends Construct {
  readonly #application: LambdaApplication;
  readonly #role: Role;
  readonly #pace: StageSettings['deployment'];

  constructor(scope: Construct, id: string, { deployment }: Pick<StageSettings, 'deployment'>) {
    super(scope, id);
    this.#pace = deployment;
    this.#application = new LambdaApplication(this, 'Application');
    this.#role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('codedeploy.amazonaws.com'),
      managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName('service-role/AWSCodeDeployRoleForLambdaLimited')],
    });
    acceptFinding(
      this.#role,
      /^AwsSolutions-IAM4\[.*AWSCodeDeployRoleForLambdaLimited\]$/,
      'The role that AWS maintains for CodeDeploy; it can do no more than deployments of functions need.',
    );
  }

  /** The alias `live` of a function. Two minutes with a crash or time-out within five roll its deployment back. */
  release(scope: Construct, fn: LambdaFunction): Alias {
    const live = fn.addAlias('live');
    const failing = new Alarm(scope, 'VersionFails', {
      alarmDescription: `${scope.node.id}: the version now live crashes or times out. A deployment in progress is rolled back.`,
      metric: live.metricErrors({ period: Duration.minutes(1), statistic: 'Sum' }),
      threshold: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: 5,
      datapointsToAlarm: 2,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    new LambdaDeploymentGroup(scope, 'Deployment', {
      application: this.#application,
      role: this.#role,
      alias: live,
      deploymentConfig: deploymentConfigs[this.#pace],
      alarms: [failing],
      autoRollback: { failedDeployment: true, stoppedDeployment: true, deploymentInAlarm: true },
    });
    return live;
  }
}

const deploymentConfigs = {
  at_once: LambdaDeploymentConfig.ALL_AT_ONCE,
  canary: LambdaDeploymentConfig.CANARY_10PERCENT_5MINUTES,
} as const satisfies Record<StageSettings['deployment'], unknown>;
