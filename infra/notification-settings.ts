import * as z from 'zod';

/** What a stage needs to push and mail. What it names is made by hand, once an account (docs/notifications.md). */
export const NotificationSettings = z.strictObject({
  /** Sender of e-mail; its domain is a verified identity of the account. */
  mailFrom: z.email(),
  /** The account's one contact list, with the topics of the catalog. */
  contactList: z.string().regex(/^[\w-]{1,64}$/),
  /** Platform applications of SNS whose devices may be pushed to. */
  pushApplications: z.array(z.string().regex(/^(?:APNS|APNS_SANDBOX|GCM)\/[\w.-]+$/)).min(1),
});

export type NotificationSettings = z.infer<typeof NotificationSettings>;

const contactList = 'roadtrip-jobs';

export const notificationSettings = {
  prod: {
    mailFrom: 'hello@mail.roadtrip-jobs.example',
    contactList,
    pushApplications: ['APNS/roadtrip', 'GCM/roadtrip'],
  },
  staging: {
    mailFrom: 'hello@mail.staging.roadtrip-jobs.example',
    contactList,
    pushApplications: ['APNS/roadtrip-staging', 'GCM/roadtrip-staging'],
  },
  dev: {
    mailFrom: 'hello@mail.dev.roadtrip-jobs.example',
    contactList,
    pushApplications: ['APNS_SANDBOX/roadtrip-dev', 'GCM/roadtrip-dev'],
  },
} satisfies Record<string, NotificationSettings>;
