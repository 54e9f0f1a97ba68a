import { isRecord } from './answer.ts';
import { ask, type Connection } from './ask.ts';
import { webhookSecretPath } from './paths.ts';

/** What the webhooks to the caller's receivers are signed with: the `secret` of `verifyWebhook`. */
export async function webhookSecret(connection: Connection, signal?: AbortSignal): Promise<string> {
  const request = { method: 'GET', path: webhookSecretPath, needsToken: true, isBody: isSecret, signal } as const;
  return (await ask(connection, request)).body.secret;
}

function isSecret(body: unknown): body is { readonly secret: string } {
  return isRecord(body) && typeof body.secret === 'string';
}
