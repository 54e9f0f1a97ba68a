import Stripe from 'stripe';
import type { ReadSecret } from '../../domain/booking.ts';

/** How long Stripe may take to answer one call, milliseconds; a charge waits for the card's bank. */
const TIMEOUT_MILLISECONDS = 8_000;

/**
 * Stripe at the given address, with the key as it is at this moment: one client for as long as the key stays the same. A call is tried once
 * (when a connection is cut the SDK asks once more by itself, under the same idempotency key); what an unclear end means is for the job to
 * find out.
 */
export function stripeClients(baseUrl: string, secretKey: ReadSecret): () => Promise<Stripe> {
  let latest: { readonly key: string; readonly client: Stripe } | undefined;
  return async () => {
    const key = await secretKey();
    if (latest?.key !== key) latest = { key, client: createStripeClient(baseUrl, key) };
    return latest.client;
  };
}

function createStripeClient(baseUrl: string, key: string): Stripe {
  const { protocol, hostname, port } = new URL(baseUrl);
  const isPlain = protocol === 'http:';
  return new Stripe(key, {
    protocol: isPlain ? 'http' : 'https',
    host: hostname,
    port: port === '' ? (isPlain ? 80 : 443) : Number(port),
    timeout: TIMEOUT_MILLISECONDS,
    maxNetworkRetries: 0,
    telemetry: false,
  });
}
