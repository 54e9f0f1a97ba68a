import * as z from 'zod';
import { type DeliveryFailure, deliveryFailures } from '../webhooks.ts';
import { JobId } from './submit.ts';

const endStatuses = ['completed', 'failed', 'cancelled', 'expired'] as const;

const jobId = '01JDHV7Q5W6T1PQ8Z3N4K5M6R7';

/** What a receiver is sent when a job has ended: which one and how, and where the rest is read. */
export const WebhookEvent = z
  .object({
    type: z.enum(['job.completed', 'job.failed', 'job.cancelled', 'job.expired']),
    timestamp: z.iso.datetime().meta({ description: 'When the job ended.' }),
    data: z.object({
      job_id: JobId,
      type: z.string().meta({ description: 'The kind of job, such as `generate_story`.' }),
      status: z.enum(endStatuses),
      status_url: z.string().meta({ description: 'Where the owner reads the job with its result.' }),
      created_at: z.iso.datetime(),
      ended_at: z.iso.datetime(),
      degraded: z.array(z.string()).optional(),
      error: z.object({ code: z.string(), message: z.string() }).optional(),
    }),
  })
  .meta({
    id: 'WebhookEvent',
    examples: [
      {
        type: 'job.completed',
        timestamp: '2026-07-04T18:30:42Z',
        data: {
          job_id: jobId,
          type: 'generate_story',
          status: 'completed',
          status_url: `/api/v1/jobs/status/${jobId}`,
          created_at: '2026-07-04T18:30:15Z',
          ended_at: '2026-07-04T18:30:42Z',
        },
      },
    ],
  });

export type WebhookEvent = z.infer<typeof WebhookEvent>;

export const DeliverWebhookInput = z.object({ url: z.string(), event: WebhookEvent });

export const StoredDelivery = z
  .object({ status_code: z.int(), delivered_at: z.iso.datetime() })
  .meta({ examples: [{ status_code: 204, delivered_at: '2026-07-04T18:30:43Z' }] });

const failureNames = Object.keys(deliveryFailures).filter((name): name is DeliveryFailure =>
  Object.hasOwn(deliveryFailures, name),
);

/** What came of one attempt: the receiver's status, or why none was heard. */
export const DeliveryAttempt = z.object({
  at: z.iso.datetime(),
  status_code: z.int().optional(),
  failure: z.enum(failureNames).optional(),
});

export type DeliveryAttempt = z.infer<typeof DeliveryAttempt>;

export const WebhookDelivery = DeliveryAttempt.extend({
  attempt: z.int().min(1),
  next_at: z.iso.datetime().optional().meta({ description: 'When the next attempt is due; absent if there is none.' }),
}).meta({
  id: 'WebhookDelivery',
  examples: [{ attempt: 1, at: '2026-07-04T18:30:43Z', status_code: 503, next_at: '2026-07-04T18:30:48Z' }],
});

export const WebhookSecret = z
  .object({ secret: z.string().meta({ description: 'What the caller’s webhooks are signed with.' }) })
  .meta({ id: 'WebhookSecret', examples: [{ secret: 'whsec_jEHryvymGX9TqEUcaMORmJrLWkessB/g76zSDDkgrI8=' }] });

/** The largest event, bytes: those about payments have a few thousand. */
export const longestEventBytes = 262_144;

export const WebhookReceipt = z
  .object({ received: z.literal(true) })
  .meta({ id: 'WebhookReceipt', examples: [{ received: true }] });
