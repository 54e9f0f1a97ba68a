/** What is read of an event of the payment provider: which it is, what kind, and the payment it is about. All else is asked of the provider. */
export interface PaymentEvent {
  readonly id: string;
  readonly type: string;
  /** Undefined for an event about something else. */
  readonly paymentId: string | undefined;
}

/**
 * Which events have been dealt with. An event is dealt with by whoever takes it; one that was taken and not finished may be taken again after
 * a while. Rejects only when the store itself fails.
 */
export interface EventLedger {
  take(id: string, now: number): Promise<'ours' | 'finished' | 'in_flight'>;
  finish(id: string, now: number): Promise<void>;
}

/** How long an event that was taken belongs to whoever took it, milliseconds: longer than a function may run. */
export const eventHoldMilliseconds = 30_000;

/** How long an event is remembered, seconds: twice as long as the provider may send it again (https://docs.stripe.com/webhooks#retries). */
export const eventMemorySeconds = 30 * 86_400;
