import { type MessageAttributeValue, PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import type { PushMessage, PushSender, SendAnswer } from '../../domain/notification.ts';
import { handOverFailure, type KnownRefusals } from '../hand-over-failure.ts';

/** Pushes through SNS platform endpoints to APNs and FCM. */
export class SnsPushSender implements PushSender {
  readonly #client: SNSClient;

  constructor(client: SNSClient) {
    this.#client = client;
  }

  async send(message: PushMessage, signal: AbortSignal): Promise<SendAnswer> {
    const request = new PublishCommand({
      TargetArn: message.endpoint,
      MessageStructure: 'json',
      Message: JSON.stringify(payloads(message)),
      MessageAttributes: attributes(message),
    });
    try {
      const { MessageId } = await this.#client.send(request, { abortSignal: signal });
      return MessageId === undefined ? { status: 'unconfirmed' } : { status: 'sent', message_id: MessageId };
    } catch (error) {
      signal.throwIfAborted();
      return handOverFailure(error, refusals);
    }
  }
}

/**
 * The message as each platform wants it; SNS sends the one of the endpoint's platform.
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-send-custom-platform-specific-payloads-mobile-devices.html
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-fcm-v1-payloads.html
 */
function payloads({ title, body, data, collapseKey }: PushMessage): Readonly<Record<string, string>> {
  const apns = JSON.stringify({ ...data, aps: { alert: { title, body }, sound: 'default' } });
  const android =
    collapseKey === undefined ? {} : { android: { collapse_key: collapseKey, notification: { tag: collapseKey } } };
  const gcm = JSON.stringify({ fcmV1Message: { message: { notification: { title, body }, data, ...android } } });
  return { default: body, APNS: apns, APNS_SANDBOX: apns, GCM: gcm };
}

/** https://docs.aws.amazon.com/sns/latest/dg/sns-message-attributes.html, reserved for mobile push */
function attributes({ collapseKey }: PushMessage): Record<string, MessageAttributeValue> {
  const text = (StringValue: string) => ({ DataType: 'String', StringValue });
  return {
    'AWS.SNS.MOBILE.APNS.PUSH_TYPE': text('alert'),
    ...(collapseKey !== undefined && { 'AWS.SNS.MOBILE.APNS.COLLAPSE_ID': text(collapseKey) }),
  };
}

/**
 * An endpoint that was deleted is an invalid parameter to SNS, and one of another account or app a lack of rights.
 * @see https://docs.aws.amazon.com/sns/latest/api/API_Publish.html#API_Publish_Errors
 */
const refusals: KnownRefusals = {
  refused: {
    EndpointDisabledException: 'endpoint_disabled',
    NotFoundException: 'endpoint_unknown',
    InvalidParameterException: 'endpoint_unknown',
    AuthorizationErrorException: 'endpoint_unknown',
  },
  throttled: new Set(['ThrottledException', 'Throttling', 'ThrottlingException']),
};
