import type { DatabaseSync } from 'node:sqlite';
import { basePath, routes } from '../../shared/catalog/routes.ts';
import { type SecretName, secretParameter } from '../../shared/catalog/secrets.ts';
import type { Clock } from './clock.ts';
import { startPartner } from './providers/partner/partner.ts';
import { type ProviderFault, ProviderFaults } from './providers/provider-faults.ts';
import { ProviderStore } from './providers/provider-store.ts';
import type { StripeObjects } from './providers/stripe/objects.ts';
import { startStripe } from './providers/stripe/stripe.ts';

/** The services outside AWS that jobs call: the payment provider and the reservation partner. */
export interface LocalProviders {
  /** What takes the place of the addresses in functions' environments, by variable. */
  readonly addresses: Readonly<Record<'STRIPE_URL' | 'PARTNER_URL', string>>;
  /** What was charged and refunded. */
  readonly payments: StripeObjects;
  readonly webhookSecret: string;
  /** Makes a provider misbehave. */
  addFault(fault: ProviderFault): void;
  /** Begins to tell the API what happens to payments. */
  tell(apiUrl: string): void;
  close(): Promise<void>;
}

/** Starts them on free ports, with the secrets that callers read by parameter. What they were told before is in the database. Rejects if one cannot listen. */
export async function startProviders(
  database: DatabaseSync,
  secrets: ReadonlyMap<string, string>,
  options: { readonly clock: Clock; readonly log: (line: string) => void },
): Promise<LocalProviders> {
  const shared = { store: new ProviderStore(database), faults: new ProviderFaults(database), ...options };
  const secretOf = (name: SecretName) => secrets.get(secretParameter('local', name)) ?? '';
  const webhookSecret = secretOf('stripe_webhook');
  const stripe = await startStripe({ ...shared, secretKey: secretOf('stripe_key'), webhookSecret });
  const partner = await startPartner({ ...shared, token: secretOf('partner_token') });
  return {
    addresses: { STRIPE_URL: stripe.url, PARTNER_URL: partner.url },
    payments: stripe.objects,
    webhookSecret,
    addFault: (fault) => shared.faults.add(fault),
    tell: (apiUrl) => stripe.sendEventsTo(`${apiUrl}${basePath}${routes.receive_stripe_event.path}`),
    async close() {
      await Promise.all([stripe.close(), partner.close()]);
    },
  };
}
