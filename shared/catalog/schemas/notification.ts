import * as z from 'zod';
import {
  longestPayloadBytes,
  mostRecipients,
  notificationTopics,
  type RecipientReason,
  type RecipientStatus,
  recipientReasons,
  recipientStatuses,
} from '../notifications.ts';
import { TimeZone } from './booking.ts';
import { submitOptions } from './submit.ts';
import { line, paragraphs } from './text.ts';

const ClockTime = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day as 22:00');

const QuietHours = z
  .strictObject({ start: ClockTime, end: ClockTime, time_zone: TimeZone.meta({ description: 'IANA time zone.' }) })
  .refine(({ start, end }) => start !== end, { path: ['end'], message: 'must not be the start' })
  .meta({
    id: 'QuietHours',
    description: 'From `start` until just before `end`, by the recipient’s clock; over midnight if `end` is earlier.',
    examples: [{ start: '22:00', end: '07:00', time_zone: 'America/Denver' }],
  });

const PushRecipient = z.strictObject({
  channel: z.literal('push'),
  endpoint: z
    .string()
    .max(400)
    .regex(
      /^arn:aws[\w-]*:sns:[\w-]+:\d{12}:endpoint\/(?:APNS|APNS_SANDBOX|GCM)\/[\w.-]+\/[\w-]+$/,
      'must be the ARN of an SNS platform endpoint of APNS, APNS_SANDBOX or GCM',
    )
    .meta({ description: 'ARN of the device’s SNS platform endpoint.' }),
  quiet_hours: QuietHours.optional(),
});

const EmailRecipient = z.strictObject({
  channel: z.literal('email'),
  address: z.email().max(254),
  quiet_hours: QuietHours.optional(),
});

export const Recipient = z.discriminatedUnion('channel', [PushRecipient, EmailRecipient]).meta({
  id: 'Recipient',
  examples: [{ channel: 'email', address: 'ada@example.com' }],
});

export type Recipient = z.infer<typeof Recipient>;

/** Names that APNs and FCM keep for themselves are refused by the pattern or the list. */
const DataKey = z
  .string()
  .regex(/^(?!aps$|from$|message_type$|google\.|gcm\.)[A-Za-z][\w.-]{0,39}$/, 'is not a name that both services allow');

const notificationFields = {
  recipients: z.array(Recipient).min(1).max(mostRecipients).refine(areDifferent, 'must be different recipients'),
  title: line(120).meta({ description: 'Title of a push, subject of a mail.' }),
  body: paragraphs(2_000),
  data: z.record(DataKey, z.string().max(400)).optional().meta({ description: 'For the app that gets the push.' }),
  topic: z.enum(notificationTopics).optional().meta({
    description:
      'What the mail can be unsubscribed from. Without one it is about the traveller’s own business, such as a booking.',
  }),
  collapse_key: z
    .string()
    .regex(/^[\w.:-]{1,64}$/, 'must be 1 to 64 letters, digits, dots, colons, hyphens or underscores')
    .optional()
    .meta({ description: 'Of two notifications with the same key, the newer replaces the older, on devices too.' }),
  urgent: z.boolean().default(false).meta({ description: 'Quiet hours do not hold it.' }),
};

const isPayloadShort = {
  fits: ({ title, body, data }: { title: string; body: string; data?: Record<string, string> | undefined }) =>
    new TextEncoder().encode(JSON.stringify({ title, body, data })).length <= longestPayloadBytes,
  message: `title, body and data together are more than ${longestPayloadBytes} bytes`,
};

export const SendNotificationRequest = z
  .strictObject({ ...notificationFields, ...submitOptions })
  .refine(isPayloadShort.fits, { path: ['body'], message: isPayloadShort.message })
  .meta({
    id: 'SendNotificationRequest',
    examples: [
      {
        recipients: [
          { channel: 'push', endpoint: 'arn:aws:sns:us-east-1:123456789012:endpoint/GCM/roadtrip/5f0c7f4e' },
          {
            channel: 'email',
            address: 'ada@example.com',
            quiet_hours: { start: '22:00', end: '07:00', time_zone: 'America/Denver' },
          },
        ],
        title: 'Your stories are ready',
        body: 'Twelve stories between Tucumcari and Santa Fe are waiting for you.',
        topic: 'stories',
        collapse_key: 'stories-ready',
      },
    ],
  });

/** The job's input: the request without its submit options. */
export const SendNotificationInput = z.object(notificationFields);

const statusNames = Object.keys(recipientStatuses).filter((name): name is RecipientStatus =>
  Object.hasOwn(recipientStatuses, name),
);
const reasonNames = Object.keys(recipientReasons).filter((name): name is RecipientReason =>
  Object.hasOwn(recipientReasons, name),
);

/** What came of one recipient. */
export const RecipientOutcome = z.object({
  status: z.enum(statusNames),
  reason: z.enum(reasonNames).optional(),
  message_id: z.string().optional().meta({ description: 'By which the mail or push service knows the message.' }),
});

export type RecipientOutcome = z.infer<typeof RecipientOutcome>;

/** What send_notification makes: an outcome for each recipient, in the order of the request. */
export const StoredNotification = z
  .object({
    sent: z.int().meta({ description: 'How many the services have taken.' }),
    recipients: z.array(RecipientOutcome.extend({ channel: z.enum(['push', 'email']) })),
  })
  .meta({
    examples: [
      {
        sent: 1,
        recipients: [
          { channel: 'push', status: 'sent', message_id: '94f20ce6-13c5-43a0-9a9e-ca52d816e90b' },
          { channel: 'email', status: 'unsubscribed' },
        ],
      },
    ],
  });

export type StoredNotification = z.infer<typeof StoredNotification>;

function areDifferent(recipients: readonly Recipient[]): boolean {
  return new Set(recipients.map(targetOf)).size === recipients.length;
}

/** Where the message goes: the endpoint, or the address, whose domain is not case sensitive. */
export function targetOf(recipient: Recipient): string {
  if (recipient.channel === 'push') return recipient.endpoint;
  const at = recipient.address.lastIndexOf('@');
  return recipient.address.slice(0, at) + recipient.address.slice(at).toLowerCase();
}
