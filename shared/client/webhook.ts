import { isRecord, parseJson } from './answer.ts';
import type { WebhookEvent } from './contract.ts';
import { JobsError } from './errors.ts';

export interface VerifyWebhookOptions {
  /** Seconds by which the sender's clock may differ. Default 300. */
  readonly tolerance?: number;
  /** Milliseconds since the epoch. Default: the clock's. */
  readonly now?: number;
}

/** The headers of a request as `fetch` or Node know them. */
export type WebhookHeaders =
  | { get(name: string): string | null }
  | Readonly<Record<string, string | readonly string[] | undefined>>;

/** The request is not a webhook of this service's, or is an old one sent again. Answer 400 and do nothing. */
export class WebhookVerificationError extends JobsError {
  override readonly name = 'WebhookVerificationError';
  readonly code: 'header_missing' | 'time_wrong' | 'signature_wrong' | 'body_wrong';

  constructor(code: WebhookVerificationError['code'], message: string) {
    super(message);
    this.code = code;
  }
}

const defaultTolerance = 300;

/**
 * Resolves to the event of a webhook whose signature and time are right; rejects with WebhookVerificationError whatever else a stranger sends. `body` must be the exact text that came,
 * before any parsing. The same `webhook-id` may come more than once: handle each id once. Needs WebCrypto, which receivers have (Node, Deno, Bun, workers). A `secret` that is not one
 * of ours is the receiver's own mistake, and another error.
 */
export async function verifyWebhook(
  headers: WebhookHeaders,
  body: string,
  secret: string,
  { tolerance = defaultTolerance, now = Date.now() }: VerifyWebhookOptions = {},
): Promise<WebhookEvent> {
  const id = headerOf(headers, 'webhook-id');
  const timestamp = headerOf(headers, 'webhook-timestamp');
  const signatures = headerOf(headers, 'webhook-signature').split(' ');
  if (!/^\d{1,12}$/.test(timestamp) || Math.abs(now / 1_000 - Number(timestamp)) > tolerance) {
    throw new WebhookVerificationError('time_wrong', 'The message is too old, or of the future');
  }
  const content = new TextEncoder().encode(`${id}.${timestamp}.${body}`);
  const key = await importKey(secret);
  for (const signature of signatures) if (await isOurs(key, signature, content)) return eventOf(body);
  throw new WebhookVerificationError('signature_wrong', 'No signature of the message fits the secret');
}

function headerOf(headers: WebhookHeaders, name: string): string {
  const value = isHeaders(headers) ? headers.get(name) : headers[name];
  if (typeof value === 'string' && value !== '') return value;
  throw new WebhookVerificationError('header_missing', `The header ${name} is missing`);
}

function isHeaders(headers: WebhookHeaders): headers is { get(name: string): string | null } {
  return typeof headers.get === 'function';
}

type Key = Awaited<ReturnType<typeof crypto.subtle.importKey>>;

function importKey(secret: string): Promise<Key> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  return crypto.subtle.importKey('raw', bytesOf(secret.replace(/^whsec_/, '')), algorithm, false, ['verify']);
}

/** The 32 bytes of HMAC-SHA-256. Looser forms are not all base64, and decoding one that is none throws. */
const base64OfSignature = /^[A-Za-z0-9+/]{43}=$/;

/** Compares in constant time, as WebCrypto's `verify` does. */
async function isOurs(key: Key, signature: string, content: Uint8Array<ArrayBuffer>): Promise<boolean> {
  const [version, value = ''] = signature.split(',');
  if (version !== 'v1' || !base64OfSignature.test(value)) return false;
  return crypto.subtle.verify('HMAC', key, bytesOf(value), content);
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

function eventOf(body: string): WebhookEvent {
  const event = parseJson(body);
  if (isEvent(event)) return event;
  throw new WebhookVerificationError('body_wrong', 'The message is signed, and yet no event');
}

function isEvent(event: unknown): event is WebhookEvent {
  return isRecord(event) && typeof event.type === 'string' && isRecord(event.data);
}
