import type { DeliveryFailure } from '../catalog/webhooks.ts';

/** Posts messages to addresses that strangers have named. */
export interface WebhookSender {
  /** Makes one request and never follows a redirect. Rejects only when `signal` aborts. */
  send(request: WebhookRequest, signal: AbortSignal): Promise<WebhookAnswer>;
}

export interface WebhookRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export type WebhookAnswer =
  | { readonly kind: 'answered'; readonly status: number; readonly retryAfterSeconds?: number }
  | { readonly kind: 'unreachable'; readonly failure: DeliveryFailure };
