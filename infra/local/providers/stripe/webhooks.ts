import { createHmac } from 'node:crypto';
import * as z from 'zod';
import type { Clock } from '../../clock.ts';
import type { ProviderStore } from '../provider-store.ts';
import { newId } from './objects.ts';

interface WebhookOptions {
  readonly webhookSecret: string;
  readonly store: ProviderStore;
  readonly clock: Clock;
  readonly log: (line: string) => void;
}

/** How long the endpoint may take, and the longest pause before an event is sent again, milliseconds. */
const TIMEOUT_MS = 10_000;
const LONGEST_PAUSE_MS = 60_000;

const PendingEvent = z.looseObject({ id: z.string() });

/**
 * Sends events, signed, until the endpoint takes each with a 2xx; one that is not taken is kept over a restart. In no order to rely on, and
 * an event may come twice, as from Stripe itself. https://docs.stripe.com/webhooks
 */
export function startWebhooks({ webhookSecret, store, clock, log }: WebhookOptions) {
  let endpoint: string | undefined;
  let stopped = false;
  const appointments = new Set<() => void>();

  const send = async (id: string, pauseMs: number): Promise<void> => {
    const event = store.get('stripe_event', id, PendingEvent);
    if (stopped || endpoint === undefined || !event) return;
    const isTaken = await deliver(endpoint, JSON.stringify(event), webhookSecret, clock.now());
    if (stopped) return;
    if (isTaken) return store.remove('stripe_event', id);
    const cancel = clock.after(pauseMs, () => {
      appointments.delete(cancel);
      start(id, Math.min(pauseMs * 2, LONGEST_PAUSE_MS));
    });
    appointments.add(cancel);
  };
  const start = (id: string, pauseMs = 1_000): void => {
    send(id, pauseMs).catch((error: unknown) => log(`Event ${id}: ${String(error)}`));
  };

  return {
    emit(type: string, object: object): void {
      const id = newId('evt');
      const created = Math.floor(clock.now() / 1_000);
      store.put('stripe_event', id, { id, object: 'event', type, created, livemode: false, data: { object } });
      start(id);
    },
    sendTo(url: string): void {
      endpoint = url;
      for (const { id } of store.all('stripe_event', PendingEvent)) start(id);
    },
    stop(): void {
      stopped = true;
      for (const cancel of appointments) cancel();
    },
  };
}

async function deliver(endpoint: string, payload: string, secret: string, now: number): Promise<boolean> {
  try {
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'stripe-signature': signEvent(payload, secret, now),
      },
      body: payload,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}

/** The `Stripe-Signature` of a payload at a time, milliseconds (https://docs.stripe.com/webhooks/signature). */
export function signEvent(payload: string, secret: string, now: number): string {
  const timestamp = Math.floor(now / 1_000);
  const signature = createHmac('sha256', secret).update(`${timestamp}.${payload}`).digest('hex');
  return `t=${timestamp},v1=${signature}`;
}
