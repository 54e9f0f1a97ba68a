import type { ZodOpenApiPathItemObject } from 'zod-openapi';
import { WebhookEvent } from '../../shared/catalog/schemas/webhook.ts';
import { deliveryRetrySeconds, deliveryTimeoutSeconds } from '../../shared/catalog/webhooks.ts';

/** What receivers are sent, by the name of the event. */
export function webhooks(): Record<string, ZodOpenApiPathItemObject> {
  return {
    job_ended: {
      post: {
        operationId: 'job_ended',
        summary: 'Tells the receiver that a job was submitted with as `callback_url` that the job has ended',
        description: `Standard Webhooks: signed with the secret of \`GET /webhooks/secret\`. Sent until it is answered with 2xx within ${deliveryTimeoutSeconds} s, ${deliveryRetrySeconds.length + 1} times at most, over three days; redirects are not followed, \`Retry-After\` is heeded. It may come more than once.`,
        security: [],
        parameters: headers.map(({ name, description, schema }) => ({
          name,
          in: 'header' as const,
          required: true,
          description,
          schema,
        })),
        requestBody: { required: true, content: { 'application/json': { schema: WebhookEvent } } },
        responses: {
          '2XX': { description: 'Taken; not sent again' },
          '410': { description: 'Not wanted any more; never sent again' },
          default: { description: 'Not taken; sent again later' },
        },
      },
    },
  };
}

const text = { type: 'string' as const };

const headers = [
  { name: 'webhook-id', description: 'The same for every attempt: handle each id once.', schema: text },
  {
    name: 'webhook-timestamp',
    description: 'When the attempt was made, seconds since the epoch.',
    schema: { type: 'string' as const, pattern: '^\\d+$' },
  },
  {
    name: 'webhook-signature',
    description:
      '`v1,` and the base64 HMAC-SHA-256 of `id.timestamp.body`; several, separated by spaces, while secrets are exchanged.',
    schema: { type: 'string' as const, pattern: '^v1,' },
  },
];
