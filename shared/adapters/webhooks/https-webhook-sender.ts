import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { Agent, request as httpsRequest, type RequestOptions } from 'node:https';
import type { LookupFunction } from 'node:net';
import { callbackPorts, deliveryTimeoutSeconds } from '../../catalog/webhooks.ts';
import { callbackObjection, hostOf } from '../../domain/callback-url.ts';
import type { WebhookAnswer, WebhookRequest, WebhookSender } from '../../domain/webhook.ts';
import { failureOf } from './delivery-failure.ts';
import { type Address, type LookUp, lookUp, PrivateAddressError, publicAddresses } from './public-addresses.ts';
import { retryAfterSeconds } from './retry-after.ts';

export interface HttpsWebhookSenderOptions {
  /** Origins that need not be public, and who signs their certificates (PEM). Only the local stage has any. */
  readonly test?: TestReceivers | undefined;
  /** @default the system's */
  readonly lookUp?: LookUp;
  readonly timeoutMilliseconds?: number;
  /** Ports that URLs may name. @default the catalog's */
  readonly ports?: readonly number[];
  readonly now?: () => number;
}

export interface TestReceivers {
  readonly origins: readonly string[];
  readonly certificateAuthority?: string | undefined;
}

/** What is read of an answer's body, bytes: nobody looks at it, but hanging up at once would look like an error to the receiver. */
const LARGEST_ANSWER_BYTES = 1_024;

const LARGEST_HEADERS_BYTES = 8_192;

/**
 * Posts over a connection of its own, to an address that was checked: the name is looked up once, every address it has must be public, and the
 * connection is made to one of those. Redirects, proxies and other protocols are not followed.
 */
export class HttpsWebhookSender implements WebhookSender {
  readonly #test: TestReceivers;
  readonly #lookUp: LookUp;
  readonly #timeoutMilliseconds: number;
  readonly #ports: readonly number[];
  readonly #now: () => number;

  constructor(options: HttpsWebhookSenderOptions = {}) {
    this.#test = options.test ?? { origins: [] };
    this.#lookUp = options.lookUp ?? lookUp;
    this.#timeoutMilliseconds = options.timeoutMilliseconds ?? deliveryTimeoutSeconds * 1_000;
    this.#ports = options.ports ?? callbackPorts;
    this.#now = options.now ?? Date.now;
  }

  async send(request: WebhookRequest, signal: AbortSignal): Promise<WebhookAnswer> {
    const timeout = AbortSignal.timeout(this.#timeoutMilliseconds);
    try {
      return await this.#post(request, AbortSignal.any([signal, timeout]));
    } catch (error) {
      signal.throwIfAborted();
      return { kind: 'unreachable', failure: timeout.aborted ? 'timed_out' : failureOf(error) };
    }
  }

  async #post({ url: text, headers, body }: WebhookRequest, signal: AbortSignal): Promise<WebhookAnswer> {
    const objection = callbackObjection(text, this.#test.origins, this.#ports);
    if (objection !== undefined) throw new PrivateAddressError(`The URL ${objection}`);
    const url = new URL(text);
    const isTest = this.#test.origins.includes(url.origin);
    const addresses = await publicAddresses(hostOf(url), { lookUp: this.#lookUp, signal, isTest });
    const outgoing = httpsRequest(url, {
      ...connection(addresses),
      ...(isTest && this.#test.certificateAuthority && { ca: this.#test.certificateAuthority }),
      method: 'POST',
      headers: { ...headers, 'content-length': Buffer.byteLength(body) },
      signal,
    });
    // Reported to whoever waits; a connection that breaks after the answer is nobody's concern.
    outgoing.on('error', () => {});
    outgoing.end(body);
    const [response]: IncomingMessage[] = await once(outgoing, 'response');
    return this.#answer(response);
  }

  async #answer(response: IncomingMessage | undefined): Promise<WebhookAnswer> {
    await drain(response);
    const retryAfter = retryAfterSeconds(response?.headers['retry-after'], this.#now());
    return {
      kind: 'answered',
      status: response?.statusCode ?? 0,
      ...(retryAfter !== undefined && { retryAfterSeconds: retryAfter }),
    };
  }
}

function connection(addresses: readonly Address[]): RequestOptions {
  return {
    // Its own for each request: no connection is shared between owners, none outlives the attempt, and no proxy variable is heeded.
    agent: new Agent({ keepAlive: false, maxCachedSessions: 0 }),
    lookup: answering(addresses),
    maxHeaderSize: LARGEST_HEADERS_BYTES,
    rejectUnauthorized: true,
  };
}

/** A look-up that knows only the checked addresses, so that a name which changes its mind meanwhile changes nothing. */
function answering(addresses: readonly Address[]): LookupFunction {
  return (_host, { all }, callback) => {
    const [first] = addresses;
    if (all) callback(null, [...addresses]);
    else if (first) callback(null, first.address, first.family);
  };
}

/** The status is known already: whatever becomes of the body changes nothing. */
async function drain(response: IncomingMessage | undefined): Promise<void> {
  let bytes = 0;
  try {
    for await (const chunk of response ?? []) {
      bytes += Buffer.byteLength(chunk);
      if (bytes > LARGEST_ANSWER_BYTES) break; // leaving the loop closes the connection
    }
  } catch {
    response?.destroy();
  }
}
