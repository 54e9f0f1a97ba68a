import type { Secrets } from '../domain/ports.ts';
import { webhookSecret } from './webhook-signature.ts';

/**
 * The secrets that the owner's receivers may know: the current one first, then, while the master secret is being exchanged, the one before it.
 * Rejects when the master secret cannot be read.
 */
export async function webhookSecretsOf(owner: string, secrets: Secrets): Promise<readonly [string, ...string[]]> {
  const [current = '', ...earlier] = (await secrets.read('webhook_master')).split(',').map((master) => master.trim());
  if (current === '') throw new Error('The master secret of webhooks is empty');
  return [webhookSecret(current, owner), ...earlier.map((master) => webhookSecret(master, owner))];
}
