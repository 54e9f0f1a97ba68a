import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { LambdaApplication, LambdaDeploymentConfig, LambdaDeploymentGroup } from 'aws-cdk-lib/aws-codedeploy';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { type Alias, CfnAlias, type Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { cloudWatchName, runbookSection, versionAlarm } from '../../shared/catalog/alarms.ts';
import type { StageSettings } from '../stage-settings.ts';
import { acceptFinding } from './accepted-finding.ts';
import { kebabCase } from './deployed-queues.ts';

export interface GradualDeploymentProps extends Pick<StageSettings, 'deployment'> {
  readonly stage: string;
}

/**
 * Moves each function's `live` alias to a new version, and back when the new version fails. At most five move at a time: each takes calls
 * of Lambda's control plane, which stands 15 a second in all (https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html).
 * What was added first moves last: of a service that begins with its API, this is what accepts work, after what does it.
 */
export class GradualDeployment extends Construct {
  readonly #application: LambdaApplication;
  readonly #role: Role;
  readonly #stage: string;
  readonly #pace: StageSettings['deployment'];
  readonly #released: CfnAlias[] = [];

  constructor(scope: Construct, id: string, { stage, deployment }: GradualDeploymentProps) {
    super(scope, id);
    this.#stage = stage;
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

  /** The alias `live` of a function. Two minutes with a crash or time-out of the new version within five roll its deployment back. */
  release(scope: Construct, fn: LambdaFunction): Alias {
    const live = fn.addAlias('live');
    new LambdaDeploymentGroup(scope, 'Deployment', {
      application: this.#application,
      role: this.#role,
      alias: live,
      deploymentConfig: deploymentConfigs[this.#pace],
      alarms: [this.#watchVersion(scope, fn, live)],
      autoRollback: { failedDeployment: true, stoppedDeployment: true, deploymentInAlarm: true },
    });
    this.#takeTurn(live);
    return live;
  }

  /**
   * Only the new version counts, and the alarm is new with it: an alarm that is changed keeps its state until it is judged again
   * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html), and CodeDeploy stops a deployment whose
   * alarm fires already. That Lambda tells the version, it promises for aliases that are just moving
   * (https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-view.html). Not verified on AWS.
   */
  #watchVersion(scope: Construct, fn: LambdaFunction, live: Alias): Alarm {
    const { version } = fn.currentVersion;
    return new Alarm(scope, 'VersionFails', {
      alarmName: cloudWatchName(this.#stage, versionAlarm.name, `${kebabCase(scope.node.id)}-${version}`),
      alarmDescription: `${versionAlarm.impact} Runbook: ${runbookSection(versionAlarm.name)}`,
      metric: live.metricErrors({
        dimensionsMap: {
          FunctionName: fn.functionName,
          Resource: `${fn.functionName}:${live.aliasName}`,
          ExecutedVersion: version,
        },
        period: Duration.minutes(1),
        statistic: 'Sum',
      }),
      threshold: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: 5,
      datapointsToAlarm: 2,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
  }

  /** Backwards, since a function of the API may name consumers, and so cannot come before them. */
  #takeTurn(live: Alias): void {
    const alias = live.node.defaultChild;
    if (!(alias instanceof CfnAlias)) throw new Error(`${live.node.path} is no alias`);
    this.#released.at(-atATime)?.addResourceDependency(alias);
    this.#released.push(alias);
  }
}

const atATime = 5;

const deploymentConfigs = {
  at_once: LambdaDeploymentConfig.ALL_AT_ONCE,
  canary: LambdaDeploymentConfig.CANARY_10PERCENT_5MINUTES,
} as const satisfies Record<StageSettings['deployment'], unknown>;
