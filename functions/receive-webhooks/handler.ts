import { environmentOf } from '../../shared/runtime/environment.ts';
import { httpHandler } from '../../shared/runtime/http-handler.ts';
import { eventLedger, jobStore } from '../../shared/runtime/job-ports.ts';
import { paymentProvider } from '../../shared/runtime/provider-ports.ts';
import { secretsOf } from '../../shared/runtime/secrets.ts';
import { telemetry } from '../../shared/runtime/telemetry.ts';
import { receiveStripeEvent } from './receive-stripe-event.ts';

const environment = environmentOf('receive-webhooks');
const secrets = secretsOf(environment);
const ports = {
  store: jobStore(environment),
  ledger: eventLedger(environment),
  payments: paymentProvider(environment, secrets),
  secret: () => secrets.read('stripe_webhook'),
  telemetry,
  now: Date.now,
};

export const handler = httpHandler({
  receive_stripe_event: (request) => receiveStripeEvent(request, ports),
});
