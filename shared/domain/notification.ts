import type { NotificationTopic } from '../catalog/notifications.ts';
import type { RecipientOutcome } from '../catalog/schemas/notification.ts';

/**
 * What a service answered to one message. `not_now`: it has certainly not taken it, and may if it is asked again; every other answer is the last
 * word on this recipient.
 */
export type SendAnswer = RecipientOutcome | NotNow;

export interface NotNow {
  readonly status: 'not_now';
  readonly reason: 'throttled' | 'unavailable' | 'misconfigured';
  /** The service's name for it, for the log. */
  readonly exception?: string;
  readonly retryAfterSeconds?: number | undefined;
}

/** Pushes to devices. One request a call, never repeated. Rejects only when the signal aborts: then nobody knows. */
export interface PushSender {
  send(message: PushMessage, signal: AbortSignal): Promise<SendAnswer>;
}

export interface PushMessage {
  /** ARN of an SNS platform endpoint. */
  readonly endpoint: string;
  readonly title: string;
  readonly body: string;
  readonly data: Readonly<Record<string, string>>;
  /** At most 64 bytes. */
  readonly collapseKey?: string | undefined;
}

/** Sends e-mail. One send a call, never repeated. Rejects only when the signal aborts: then nobody knows. */
export interface Mailer {
  send(mail: Mail, signal: AbortSignal): Promise<SendAnswer>;
}

export interface Mail {
  readonly address: string;
  readonly subject: string;
  readonly body: string;
  /** With one, the mail is not sent to who has unsubscribed from it, and says how to. */
  readonly topic?: NotificationTopic | undefined;
}

/** Knows of each collapse key which notification is the newest. Rejects only when the store fails. */
export interface CollapseKeys {
  /** Whether `order` is the newest so far; it is from then on. Asking again changes nothing. Orders are compared as text. */
  take(key: CollapseKey, order: string, now: number): Promise<boolean>;
}

/** A key counts for one recipient of one owner. */
export interface CollapseKey {
  readonly owner: string;
  readonly target: string;
  readonly key: string;
}
