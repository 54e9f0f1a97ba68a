import * as z from 'zod';
import { createTopics, type Topics } from './aws/sns/topic-delivery.ts';
import type { TriggerOptions } from './cloud-triggers.ts';
import { ignored, readProperties } from './read-properties.ts';
import type { ResolvedTemplate } from './template/resolve.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sns-subscription.html */
const SubscriptionProperties = z.strictObject({
  TopicArn: z.string(),
  Protocol: z.string(),
  Endpoint: z.string(),
  Region: ignored,
  RedrivePolicy: ignored,
  DeliveryPolicy: ignored,
});

export interface TopicsOptions extends TriggerOptions {
  /** An http address of this machine, subscribed to every topic as whoever is on call would be. */
  readonly onCall?: string | undefined;
}

/** The template's topics. A subscription that leads away from this machine is reported and gets nothing: nobody is paged from here. */
export function createTemplateTopics(template: ResolvedTemplate, options: TopicsOptions): Topics {
  const { functions, clock, log, onCall } = options;
  const invoke = async (functionArn: string, event: unknown) => {
    const result = await functions.find(functionArn).invoke(event);
    if (result.status === 'failed') throw new Error(result.error.errorMessage);
    if (result.status === 'refused') throw new Error(result.reason);
  };
  const topics = createTopics(clock, { invoke, post }, log);
  for (const topic of template.resourcesOf('AWS::SNS::Topic')) {
    const arn = String(topic.ref);
    topics.createTopic(arn);
    if (onCall !== undefined) topics.subscribe(arn, { arn: `${arn}:on-call`, protocol: 'http', endpoint: onCall });
  }
  for (const resource of template.resourcesOf('AWS::SNS::Subscription')) {
    const { TopicArn, Protocol: protocol, Endpoint: endpoint } = readProperties(SubscriptionProperties, resource);
    try {
      topics.subscribe(TopicArn, { arn: String(resource.ref), protocol, endpoint });
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      log(error.message);
    }
  }
  return topics;
}

/** https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html */
const longestAnswerMs = 15_000;

async function post(url: string, headers: Readonly<Record<string, string>>, body: string): Promise<void> {
  const answer = await fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(longestAnswerMs) });
  if (!answer.ok) throw new Error(`answered ${answer.status}`);
}
