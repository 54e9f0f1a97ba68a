import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { Clock } from '../../clock.ts';
import type { ProviderFaults } from '../provider-faults.ts';
import { type Provider, type ProviderAnswer, type ProviderRequest, startProvider } from '../provider-server.ts';
import type { ProviderStore } from '../provider-store.ts';
import { parseForm } from './form.ts';
import { newId, type StripeObjects, stripeObjects } from './objects.ts';
import {
  cancelIntent,
  captureIntent,
  confirmIntent,
  createIntent,
  createRefund,
  type PaymentsContext,
} from './payments.ts';
import { StripeError } from './stripe-error.ts';
import { startWebhooks } from './webhooks.ts';

export interface StripeOptions {
  readonly secretKey: string;
  readonly webhookSecret: string;
  readonly store: ProviderStore;
  readonly faults: ProviderFaults;
  readonly clock: Clock;
  readonly log: (line: string) => void;
}

export interface LocalStripe extends Provider {
  readonly objects: StripeObjects;
  /** Begins to send events, those of an earlier start first. */
  sendEventsTo(url: string): void;
}

/** Stripe, as far as its SDK is used here: PaymentIntents with manual capture, refunds, idempotency keys, signed events. */
export async function startStripe(options: StripeOptions): Promise<LocalStripe> {
  const { store, faults, clock, log } = options;
  const objects = stripeObjects(store);
  const webhooks = startWebhooks(options);
  const provider = await startProvider({
    faults,
    log,
    operationOf: ({ method, path }) => `stripe.${routeOf(method, path)?.operation ?? 'other'}`,
    throttled: { status: 429, body: { error: { type: 'invalid_request_error', code: 'rate_limit' } } },
    answer(request, failure) {
      const context = { objects, now: Math.floor(clock.now() / 1_000), emit: webhooks.emit };
      const answer = store.atomically(() => answerTo(request, failure, context, options));
      return { ...answer, headers: { 'request-id': newId('req'), ...answer.headers } };
    },
  });
  return {
    ...provider,
    objects,
    sendEventsTo: webhooks.sendTo,
    async close() {
      webhooks.stop();
      await provider.close();
    },
  };
}

type Failure = 'before' | 'after' | undefined;

function answerTo(
  request: ProviderRequest,
  failure: Failure,
  context: PaymentsContext,
  { secretKey, store }: StripeOptions,
): ProviderAnswer {
  if (request.headers.authorization !== `Bearer ${secretKey}`) {
    return new StripeError(401, { type: 'invalid_request_error', message: 'Invalid API Key provided' }).answer;
  }
  const key = request.headers['idempotency-key'];
  if (request.method !== 'POST' || typeof key !== 'string') return perform(request, failure, context);
  return onceForKey(key, request, store, () => perform(request, failure, context));
}

const KeptAnswer = z.object({ fingerprint: z.string(), answer: z.object({ status: z.number(), body: z.unknown() }) });

/** Whatever came of the first request with the key comes of the next ones, also a 500 (https://docs.stripe.com/api/idempotent_requests). */
function onceForKey(
  key: string,
  { path, body }: ProviderRequest,
  store: ProviderStore,
  first: () => ProviderAnswer,
): ProviderAnswer {
  const fingerprint = createHash('sha256').update(`${path}\n${body}`).digest('hex');
  const kept = store.get('stripe_key', key, KeptAnswer);
  if (kept && kept.fingerprint !== fingerprint) {
    const message = `Keys for idempotent requests can only be used with the same parameters they were first used with: ${key}`;
    return new StripeError(400, { type: 'idempotency_error', message }).answer;
  }
  if (kept) return { ...kept.answer, headers: { 'idempotent-replayed': 'true' } };
  const answer = first();
  store.put('stripe_key', key, { fingerprint, answer });
  return answer;
}

const broken = new StripeError(500, { type: 'api_error', message: 'An unknown error occurred' }).answer;

function perform(request: ProviderRequest, failure: Failure, context: PaymentsContext): ProviderAnswer {
  if (failure === 'before') return broken;
  try {
    const route = routeOf(request.method, request.path);
    if (!route) throw new StripeError(404, { type: 'invalid_request_error', message: 'Unrecognized request URL' });
    const body = route.run(context, route.id, parseForm(request.body), request.query);
    return failure === 'after' ? broken : { status: 200, body };
  } catch (error) {
    if (error instanceof StripeError) return error.answer;
    throw error;
  }
}

function routeOf(method: string, path: string) {
  for (const { pattern, operation, run } of routes) {
    const match = pattern.exec(`${method} ${path}`);
    if (match) return { operation, run, id: match[1] ?? '' };
  }
  return undefined;
}

interface StripeRoute {
  readonly pattern: RegExp;
  readonly operation: string;
  readonly run: (
    context: PaymentsContext,
    id: string,
    form: Readonly<Record<string, unknown>>,
    query: URLSearchParams,
  ) => unknown;
}

const routes: readonly StripeRoute[] = [
  { pattern: /^POST \/v1\/payment_intents$/, operation: 'create', run: (on, _, form) => createIntent(form, on) },
  { pattern: /^GET \/v1\/payment_intents\/(\w+)$/, operation: 'retrieve', run: (on, id) => on.objects.intent(id) },
  {
    pattern: /^POST \/v1\/payment_intents\/(\w+)\/confirm$/,
    operation: 'confirm',
    run: (on, id, form) => confirmIntent(id, form, on),
  },
  {
    pattern: /^POST \/v1\/payment_intents\/(\w+)\/capture$/,
    operation: 'capture',
    run: (on, id) => captureIntent(id, on),
  },
  {
    pattern: /^POST \/v1\/payment_intents\/(\w+)\/cancel$/,
    operation: 'cancel',
    run: (on, id) => cancelIntent(id, on),
  },
  { pattern: /^POST \/v1\/refunds$/, operation: 'refund', run: (on, _, form) => createRefund(form, on) },
  {
    pattern: /^GET \/v1\/refunds$/,
    operation: 'refunds',
    run: (on, _, __, query) => ({
      object: 'list',
      url: '/v1/refunds',
      has_more: false,
      data: on.objects.refundsOf(query.get('payment_intent') ?? ''),
    }),
  },
];
