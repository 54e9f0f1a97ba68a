import { jobTypes } from '../../../shared/catalog/job-types.ts';
import { DeliveryAttempt } from '../../../shared/catalog/schemas/webhook.ts';
import { PermanentError, TransientError } from '../../../shared/domain/errors.ts';
import type { WebhookAnswer } from '../../../shared/domain/webhook.ts';
import { attemptName } from '../../../shared/jobs/callback.ts';
import { processorFor } from '../../../shared/jobs/processor.ts';
import { webhookSecretsOf } from '../../../shared/jobs/webhook-secrets.ts';
import { webhookHeaders } from '../../../shared/jobs/webhook-signature.ts';
import type { ProcessorServices } from '../services.ts';

const GONE = 410;

/**
 * Posts one message to its receiver. Each request is an effect of its own, so that the owner can read what came of it; sending twice does no
 * harm, since both have the same `webhook-id`.
 */
export function deliverWebhook(services: Pick<ProcessorServices, 'webhooks' | 'secrets' | 'now'>) {
  return processorFor(jobTypes.deliver_webhook, {
    deliver: async ({ jobId, owner, attempt, input, signal, once }) => {
      const { url, event } = input;
      const body = JSON.stringify(event);
      const secrets = await webhookSecretsOf(owner, services.secrets());
      const heard: { answer?: WebhookAnswer } = {};
      const made = await once(attemptName(attempt), {
        outcome: DeliveryAttempt,
        onUnknown: { repeat: true },
        act: async () => {
          const now = services.now();
          const signed = webhookHeaders(secrets, { id: jobId, timestamp: Math.floor(now / 1_000), body });
          heard.answer = await services.webhooks().send({ url, headers: { ...plainHeaders, ...signed }, body }, signal);
          return attemptOf(heard.answer, now);
        },
      });
      return { result: { status_code: successOf(made, heard.answer), delivered_at: made.at } };
    },
  });
}

const plainHeaders = { 'content-type': 'application/json', 'user-agent': 'roadtrip-jobs-webhooks/1' } as const;

function attemptOf(answer: WebhookAnswer, now: number): DeliveryAttempt {
  const at = new Date(now).toISOString();
  return answer.kind === 'answered' ? { at, status_code: answer.status } : { at, failure: answer.failure };
}

/** The status of a receiver that took the message. Anything but 2xx is a failure, redirects too; 410 ends the delivery for good. */
function successOf({ status_code, failure }: DeliveryAttempt, answer: WebhookAnswer | undefined): number {
  if (status_code === undefined) throw new TransientError('webhook_unreachable', `Webhook: ${failure}`);
  if (status_code >= 200 && status_code < 300) return status_code;
  const message = `Webhook: answered ${status_code}`;
  if (status_code === GONE) throw new PermanentError('webhook_gone', message);
  const retryAfterSeconds = answer?.kind === 'answered' ? answer.retryAfterSeconds : undefined;
  throw new TransientError('webhook_refused', message, { retryAfterSeconds });
}
