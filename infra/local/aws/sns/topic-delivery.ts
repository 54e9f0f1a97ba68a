import { randomUUID } from 'node:crypto';
import type { Clock } from '../../clock.ts';

export interface Notification {
  readonly subject?: string;
  readonly message: string;
}

/** How the local SNS reaches what is subscribed. Both reject when the other side did not take it. */
export interface Carriers {
  readonly invoke: (functionArn: string, event: unknown) => Promise<void>;
  readonly post: (url: string, headers: Readonly<Record<string, string>>, body: string) => Promise<void>;
}

export interface Topics {
  createTopic(arn: string): void;
  /** Subscribes a function or an HTTP address of this machine, confirmed at once. Throws RangeError for anything else. */
  subscribe(topicArn: string, subscription: Subscription): void;
  hasTopic(arn: string): boolean;
  /** Hands a notification to every subscription and answers its id; whoever fails is tried again twice. Throws RangeError without such a topic. */
  publish(topicArn: string, notification: Notification): string;
  /** Nothing is tried again. */
  close(): void;
}

export interface Subscription {
  readonly arn: string;
  readonly protocol: string;
  readonly endpoint: string;
}

/** As Lambda repeats what it was asked asynchronously: https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html */
const retryDelaysMs = [60_000, 120_000];

/** Topics and their subscriptions, as CloudFormation makes them. */
export function createTopics(clock: Clock, { invoke, post }: Carriers, log: (line: string) => void): Topics {
  const topics = new Map<string, Subscription[]>();
  const retries = new Set<() => void>();
  const subscriptionsOf = (topicArn: string) => {
    const subscriptions = topics.get(topicArn);
    if (!subscriptions) throw new RangeError(`There is no topic ${topicArn}.`);
    return subscriptions;
  };

  const deliver = async (subscription: Subscription, sent: SentNotification, attempt = 0): Promise<void> => {
    const { protocol, endpoint } = subscription;
    try {
      if (protocol === 'lambda') await invoke(endpoint, functionEvent(subscription, sent));
      else await post(endpoint, httpHeaders(subscription, sent), JSON.stringify(sent));
    } catch (error) {
      log(`${sent.TopicArn} → ${endpoint}: ${String(error)}`);
      const delayMs = retryDelaysMs[attempt];
      if (delayMs === undefined) return;
      const cancel = clock.after(delayMs, () => {
        retries.delete(cancel);
        void deliver(subscription, sent, attempt + 1);
      });
      retries.add(cancel);
    }
  };

  return {
    createTopic: (arn) => void topics.set(arn, topics.get(arn) ?? []),
    hasTopic: (arn) => topics.has(arn),
    subscribe(topicArn, subscription) {
      const { protocol, endpoint } = subscription;
      if (protocol !== 'lambda' && !(protocol.startsWith('http') && isOnThisMachine(endpoint))) {
        throw new RangeError(`The local SNS does not deliver to ${protocol} ${endpoint}.`);
      }
      subscriptionsOf(topicArn).push(subscription);
    },
    publish(topicArn, { subject, message }) {
      const sent = {
        Type: 'Notification',
        MessageId: randomUUID(),
        TopicArn: topicArn,
        ...(subject !== undefined && { Subject: subject }),
        Message: message,
        Timestamp: new Date(clock.now()).toISOString(),
      };
      for (const subscription of subscriptionsOf(topicArn)) void deliver(subscription, sent);
      return sent.MessageId;
    },
    close() {
      for (const cancel of retries) cancel();
    },
  };
}

/** Not signed: there is nobody here whose certificate could vouch for it. */
interface SentNotification {
  readonly MessageId: string;
  readonly TopicArn: string;
}

function isOnThisMachine(endpoint: string): boolean {
  return ['127.0.0.1', 'localhost'].includes(URL.parse(endpoint)?.hostname ?? '');
}

/** https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html */
function functionEvent({ arn }: Subscription, sent: SentNotification): object {
  const record = { EventSource: 'aws:sns', EventVersion: '1.0', EventSubscriptionArn: arn };
  return { Records: [{ ...record, Sns: { ...sent, MessageAttributes: {} } }] };
}

/** https://docs.aws.amazon.com/sns/latest/dg/http-header.html */
function httpHeaders({ arn }: Subscription, { MessageId, TopicArn }: SentNotification): Record<string, string> {
  return {
    'content-type': 'text/plain; charset=UTF-8',
    'x-amz-sns-message-type': 'Notification',
    'x-amz-sns-message-id': MessageId,
    'x-amz-sns-topic-arn': TopicArn,
    'x-amz-sns-subscription-arn': arn,
  };
}
