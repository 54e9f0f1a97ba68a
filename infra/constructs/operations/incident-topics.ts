import { ArnFormat, Duration, SecretValue, Stack, Validations } from 'aws-cdk-lib';
import { SlackChannelConfiguration } from 'aws-cdk-lib/aws-chatbot';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { SubscriptionProtocol, Topic } from 'aws-cdk-lib/aws-sns';
import { LambdaSubscription, UrlSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { StageSettings } from '../../stage-settings.ts';
import { acceptFinding } from '../accepted-finding.ts';

export interface IncidentTopicsProps extends Pick<StageSettings, 'pagerDutySecret' | 'slack'> {
  readonly stage: string;
}

/**
 * Where alarms go: pages wake somebody, through PagerDuty; warnings are read in the morning. A delivery that failed for good is kept.
 * What PagerDuty shows of it is not verified here; the address is its Amazon CloudWatch integration's.
 */
export class IncidentTopics extends Construct {
  readonly pages: Topic;
  readonly warnings: Topic;
  /** Alarms that something is done about by itself. */
  readonly remediations: Topic;
  readonly #undelivered: Queue;

  constructor(scope: Construct, id: string, { stage, pagerDutySecret, slack }: IncidentTopicsProps) {
    super(scope, id);
    this.pages = this.#topic('Pages', `${stage}: pages`);
    this.warnings = this.#topic('Warnings', `${stage}: warnings`);
    this.remediations = this.#topic('Remediations', `${stage}: remediations`);
    this.#undelivered = this.#keepUndelivered();
    if (pagerDutySecret !== undefined) {
      // The address holds the key to page people with, so it is not in the template.
      const url = SecretValue.secretsManager(pagerDutySecret).unsafeUnwrap();
      const protocol = SubscriptionProtocol.HTTPS;
      this.pages.addSubscription(new UrlSubscription(url, { protocol, deadLetterQueue: this.#undelivered }));
    }
    if (slack) {
      new SlackChannelConfiguration(this, 'Slack', {
        slackChannelConfigurationName: `${Stack.of(this).stackName}-alarms`,
        slackWorkspaceId: slack.workspaceId,
        slackChannelId: slack.channelId,
        notificationTopics: [this.pages, this.warnings],
      });
    }
  }

  /** Has the function told of those alarms. */
  remediateWith(fn: IFunction): void {
    this.remediations.addSubscription(new LambdaSubscription(fn, { deadLetterQueue: this.#undelivered }));
    const reason = 'An alias of a function is an endpoint as good as the function.';
    Validations.of(fn).acknowledge({ id: 'CloudFormation-Validate::W3694', reason });
  }

  #topic(id: string, displayName: string): Topic {
    const topic = new Topic(this, id, { displayName: `Roadtrip Jobs ${displayName}`, enforceSSL: true });
    // A policy of a topic replaces the default one, by which CloudWatch of the same account may publish.
    topic.addToResourcePolicy(publishing(topic, 'cloudwatch.amazonaws.com'));
    return topic;
  }

  #keepUndelivered(): Queue {
    const queue = new Queue(this, 'Undelivered', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    acceptFinding(queue, /^AwsSolutions-SQS3$/, 'Is a dead-letter queue itself, of a subscription.');
    return queue;
  }
}

/** An AWS service may publish what happens in this account. */
export function publishing(
  topic: Topic,
  service: 'cloudwatch.amazonaws.com' | 'budgets.amazonaws.com',
): PolicyStatement {
  const stack = Stack.of(topic);
  const alarms = stack.formatArn({
    service: 'cloudwatch',
    resource: 'alarm',
    resourceName: '*',
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  return new PolicyStatement({
    principals: [new ServicePrincipal(service)],
    actions: ['sns:Publish'],
    resources: [topic.topicArn],
    conditions: {
      StringEquals: { 'aws:SourceAccount': stack.account },
      ...(service === 'cloudwatch.amazonaws.com' && { ArnLike: { 'aws:SourceArn': alarms } }),
    },
  });
}
