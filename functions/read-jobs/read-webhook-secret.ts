import type { Secrets } from '../../shared/domain/ports.ts';
import { webhookSecretsOf } from '../../shared/jobs/webhook-secrets.ts';
import type { HttpAnswer } from '../../shared/runtime/http-answer.ts';
import type { HttpRequest } from '../../shared/runtime/http-handler.ts';

/** What the caller's receivers need to know our messages. */
export async function readWebhookSecret(
  { owner }: HttpRequest<'read_webhook_secret'>,
  secrets: Secrets,
): Promise<HttpAnswer> {
  const [secret] = await webhookSecretsOf(owner, secrets);
  return { status: 200, body: { secret } };
}
