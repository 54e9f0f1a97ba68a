import { readPaymentEvent } from '../../shared/adapters/stripe/stripe-events.ts';
import { longestEventBytes } from '../../shared/catalog/schemas/webhook.ts';
import type { ReadSecret } from '../../shared/domain/booking.ts';
import type { EventLedger } from '../../shared/domain/payment-event.ts';
import type { Now } from '../../shared/domain/ports.ts';
import { heedPayment, type PaymentEventPorts } from '../../shared/jobs/heed-payment.ts';
import type { HttpAnswer } from '../../shared/runtime/http-answer.ts';
import type { HttpRequest } from '../../shared/runtime/http-handler.ts';
import { ProblemError } from '../../shared/runtime/problem.ts';

export interface WebhookPorts extends PaymentEventPorts {
  readonly ledger: EventLedger;
  readonly secret: ReadSecret;
  readonly now: Now;
}

/** 200 once the event has been dealt with, by this request or an earlier one; whatever else is answered, Stripe sends it again. */
export async function receiveStripeEvent(
  { text, headers }: Pick<HttpRequest<'receive_stripe_event'>, 'text' | 'headers'>,
  ports: WebhookPorts,
): Promise<HttpAnswer> {
  if (Buffer.byteLength(text) > longestEventBytes) {
    throw new ProblemError('payload_too_large', `At most ${longestEventBytes} bytes are read`);
  }
  const now = ports.now();
  const event = readPaymentEvent(text, headers['stripe-signature'], await ports.secret(), now);
  if (!event) throw new ProblemError('signature_invalid', 'The signature is not of this body, or too old');
  const turn = await ports.ledger.take(event.id, now);
  if (turn === 'in_flight') throw new ProblemError('event_in_flight', 'Another request brought the same event');
  if (turn === 'ours') {
    await heedPayment(event, ports);
    await ports.ledger.finish(event.id, ports.now());
  }
  return { status: 200, body: { received: true } };
}
