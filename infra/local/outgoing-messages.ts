import { randomUUID } from 'node:crypto';
import { appendFileSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';
import type { Clock } from './clock.ts';

/** A push or a mail that left the service. Nothing leaves this machine. */
const OutgoingMessage = z.object({
  id: z.string(),
  at: z.iso.datetime(),
  channel: z.enum(['push', 'email']),
  /** ARN of the endpoint, or the address. */
  to: z.string(),
  /** Whether AWS would bring it to its recipient: SES also takes mail for addresses that want or get none. */
  delivered: z.boolean(),
  /** As the service was asked to send it. */
  content: z.record(z.string(), z.unknown()),
});

export type OutgoingMessage = z.infer<typeof OutgoingMessage>;

/**
 * What can be wrong with a recipient. `refused`: never taken (EndpointDisabled, MessageRejected). `throttled` and `unavailable`: not taken now.
 * `unanswered`: taken, and the answer is an internal error. `suppressed` and `unsubscribed`: taken by SES and not delivered.
 */
const troubles = ['refused', 'throttled', 'unavailable', 'unanswered', 'suppressed', 'unsubscribed'] as const;

export type Trouble = (typeof troubles)[number];

/** What was sent, in a file of the data folder, one line of JSON each, and who cannot be sent to. */
export class OutgoingMessages {
  readonly #file: string;
  readonly #clock: Clock;
  readonly #scripted = new Map<string, { readonly trouble: Trouble; remaining: number }>();

  constructor(dataFolder: string, clock: Clock) {
    this.#file = path.join(dataFolder, 'sent-messages.jsonl');
    this.#clock = clock;
  }

  /** Everything that was sent on this data folder, oldest first. */
  all(): readonly OutgoingMessage[] {
    const text = readIfThere(this.#file);
    return text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => OutgoingMessage.parse(JSON.parse(line)));
  }

  /** Answers the message's id. */
  add(message: Omit<OutgoingMessage, 'id' | 'at'>): string {
    const sent = { id: randomUUID(), at: new Date(this.#clock.now()).toISOString(), ...message };
    appendFileSync(this.#file, `${JSON.stringify(sent)}\n`, { mode: 0o600 });
    return sent.id;
  }

  /** Has a recipient in trouble for the next `times` sends. */
  trouble(to: string, trouble: Trouble, times: number): void {
    this.#scripted.set(to, { trouble, remaining: times });
  }

  /** Whether a look-up would show it; uses nothing up. */
  isIn(to: string, trouble: Trouble): boolean {
    const scripted = this.#scripted.get(to);
    return (scripted && scripted.remaining > 0 ? scripted.trouble : namedBy(to)) === trouble;
  }

  /** The trouble of one send. A recipient called like a trouble always has it: `suppressed@example.com`, or an endpoint with the id `refused`. */
  takeTrouble(to: string): Trouble | undefined {
    const scripted = this.#scripted.get(to);
    if (!scripted || scripted.remaining <= 0) return namedBy(to);
    scripted.remaining -= 1;
    return scripted.trouble;
  }
}

function namedBy(to: string): Trouble | undefined {
  const name = to.includes('@') ? to.split('@')[0] : to.split('/').at(-1);
  return troubles.find((trouble) => trouble === name);
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  }
}
