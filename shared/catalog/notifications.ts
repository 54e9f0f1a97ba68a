/** A job of more would hold more outcomes than the head of a record has room for. */
export const mostRecipients = 20;

/**
 * What a device is sent in all, bytes of UTF-8: APNs and FCM take 4,096, some of which are names of fields.
 * @see https://developer.apple.com/documentation/usernotifications/generating-a-remote-notification
 * @see https://firebase.google.com/docs/cloud-messaging/concept-options
 */
export const longestPayloadBytes = 3_500;

/** What a traveller may unsubscribe from by e-mail: topics of the account's contact list (docs/notifications.md). A mail without one is about their own business. */
export const notificationTopics = ['stories', 'journeys', 'offers'] as const;

export type NotificationTopic = (typeof notificationTopics)[number];

/** What can come of one recipient. */
export const recipientStatuses = {
  sent: 'The mail or push service has taken the message.',
  unconfirmed: 'It was handed over, and no answer came: it may have arrived, and is never sent again.',
  refused: 'The service will never take it for this recipient; the reason says why.',
  suppressed: 'Mail to the address has bounced or was complained about; it is on the account’s suppression list.',
  unsubscribed: 'The recipient has unsubscribed from the topic.',
  replaced: 'A newer notification with the same collapse key was sent or is about to be.',
  quiet: 'The quiet hours end after the deadline of the job.',
  failed: 'The service did not take it, however often it was asked.',
} as const satisfies Record<string, string>;

export type RecipientStatus = keyof typeof recipientStatuses;

/** Why a service refuses a recipient, or why a message could not be handed over. */
export const recipientReasons = {
  endpoint_disabled: 'The app was removed from the device, or its token is no longer good; register the device again.',
  endpoint_unknown: 'There is no such endpoint in this account, or it is not one of this app.',
  address_refused: 'The address or the message is not one that can be sent.',
  throttled: 'The service asked for fewer messages until time was up.',
  unavailable: 'The service could not be reached.',
  misconfigured: 'The service does not accept this stage’s settings.',
} as const satisfies Record<string, string>;

export type RecipientReason = keyof typeof recipientReasons;

/** How long it is remembered which notification of a collapse key is the newest, seconds: longer than one may wait. */
export const collapseMemorySeconds = 40 * 86_400;
