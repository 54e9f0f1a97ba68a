import {
  GetContactCommand,
  GetSuppressedDestinationCommand,
  type SESv2Client,
  SendEmailCommand,
} from '@aws-sdk/client-sesv2';
import type { NotificationTopic } from '../../catalog/notifications.ts';
import type { Mail, Mailer, SendAnswer } from '../../domain/notification.ts';
import { handOverFailure, type KnownRefusals } from '../hand-over-failure.ts';

export interface MailSettings {
  /** A verified identity, or an address of one; `Name <address>` is possible. */
  readonly from: string;
  /** The account's contact list, which has every topic. */
  readonly contactList: string;
}

/**
 * Sends through Amazon SES. SES takes mail for addresses that it then does not deliver to, because they are suppressed or have unsubscribed, so
 * both are looked up before. A look-up that fails is left out: these calls have tiny quotas, and SES heeds its lists itself.
 * @see https://docs.aws.amazon.com/ses/latest/dg/sending-email-suppression-list.html
 * @see https://docs.aws.amazon.com/ses/latest/dg/sending-email-subscription-management.html
 */
export class SesMailer implements Mailer {
  readonly #client: SESv2Client;
  readonly #settings: MailSettings;

  constructor(client: SESv2Client, settings: MailSettings) {
    this.#client = client;
    this.#settings = settings;
  }

  async send(mail: Mail, signal: AbortSignal): Promise<SendAnswer> {
    signal.throwIfAborted();
    if (await this.#isSuppressed(mail.address, signal)) return { status: 'suppressed' };
    if (mail.topic && (await this.#hasUnsubscribed(mail.address, mail.topic, signal)))
      return { status: 'unsubscribed' };
    if (signal.aborted) return { status: 'not_now', reason: 'unavailable' }; // not handed over: another attempt may be made
    try {
      const { MessageId } = await this.#client.send(this.#sendCommand(mail), { abortSignal: signal });
      return MessageId === undefined ? { status: 'unconfirmed' } : { status: 'sent', message_id: MessageId };
    } catch (error) {
      signal.throwIfAborted();
      return handOverFailure(error, refusals);
    }
  }

  /** With a topic, SES adds the headers of one-click unsubscribing, and puts the page's address in the place of the placeholder. */
  #sendCommand({ address, subject, body, topic }: Mail): SendEmailCommand {
    const footer = topic ? `\n\n--\nNo more mail about ${topic}: {{amazonSESUnsubscribeUrl}}` : '';
    return new SendEmailCommand({
      FromEmailAddress: this.#settings.from,
      Destination: { ToAddresses: [address] },
      Content: { Simple: { Subject: utf8(subject), Body: { Text: utf8(body + footer) } } },
      ...(topic && {
        ListManagementOptions: { ContactListName: this.#settings.contactList, TopicName: topic },
      }),
    });
  }

  async #isSuppressed(EmailAddress: string, abortSignal: AbortSignal): Promise<boolean> {
    try {
      await this.#client.send(new GetSuppressedDestinationCommand({ EmailAddress }), { abortSignal });
      return true;
    } catch {
      return false;
    }
  }

  async #hasUnsubscribed(EmailAddress: string, topic: NotificationTopic, abortSignal: AbortSignal): Promise<boolean> {
    const ContactListName = this.#settings.contactList;
    try {
      const contact = await this.#client.send(new GetContactCommand({ ContactListName, EmailAddress }), {
        abortSignal,
      });
      const preferences = [...(contact.TopicPreferences ?? []), ...(contact.TopicDefaultPreferences ?? [])];
      const preference = preferences.find(({ TopicName }) => TopicName === topic);
      return contact.UnsubscribeAll === true || preference?.SubscriptionStatus === 'OPT_OUT';
    } catch {
      return false;
    }
  }
}

function utf8(Data: string) {
  return { Data, Charset: 'UTF-8' };
}

/** https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html#API_SendEmail_Errors */
const refusals: KnownRefusals = {
  refused: { MessageRejected: 'address_refused', BadRequestException: 'address_refused' },
  throttled: new Set(['TooManyRequestsException', 'LimitExceededException', 'ThrottlingException']),
};
