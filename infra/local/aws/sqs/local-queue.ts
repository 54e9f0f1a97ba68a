import { randomUUID } from 'node:crypto';
import type { Clock } from '../../clock.ts';
import { type Entry, type ReceivedMessage, readReceiptHandle, receivedMessage, type SentMessage } from './entry.ts';
import { FairLine } from './fair-line.ts';
import { checkMessage, type MessageDraft } from './message.ts';
import { Pollers } from './pollers.ts';
import type { QueueSettings } from './queue-settings.ts';
import { SqsError } from './sqs-error.ts';

export interface QueueCounts {
  readonly visible: number;
  readonly inFlight: number;
  readonly delayed: number;
}

/** A message received this often leaves the age of the oldest: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html */
const poisonReceives = 3;
const nothingToCancel = () => {};

/**
 * One standard queue, in memory. The event source mapping, on AWS a part of the service, calls it directly; everyone
 * else comes over the wire.
 */
export class LocalQueue {
  readonly name: string;
  readonly arn: string;
  readonly settings: QueueSettings;
  /** Messages since the start; what a redrive moves here was not sent. */
  readonly flow = { sent: 0, received: 0, deleted: 0 };
  readonly #clock: Clock;
  readonly #deadLetterQueue: LocalQueue | undefined;
  /** Every message, oldest arrival first. */
  readonly #entries = new Map<string, Entry>();
  /** The visible ones; a message deleted meanwhile stays in the line, marked as gone, until its turn comes. */
  readonly #line = new FairLine<Entry>();
  readonly #pollers: Pollers<ReceivedMessage>;

  constructor(clock: Clock, arn: string, settings: QueueSettings, deadLetterQueue: LocalQueue | undefined) {
    this.name = arn.slice(arn.lastIndexOf(':') + 1);
    this.arn = arn;
    this.settings = settings;
    this.#clock = clock;
    this.#deadLetterQueue = deadLetterQueue;
    this.#pollers = new Pollers(clock);
  }

  /** Stores a message, hidden for `delaySeconds`, and returns its id; throws what SendMessage throws. */
  send(draft: MessageDraft, delaySeconds = this.settings.DelaySeconds): string {
    checkMessage(draft, this.settings.MaximumMessageSize);
    const id = randomUUID();
    this.flow.sent += 1;
    this.#accept(
      { ...draft, id, sentAt: this.#clock.now(), receiveCount: 0, firstReceivedAt: undefined },
      delaySeconds,
    );
    return id;
  }

  /** Waits up to `waitMs` for at most `max` messages and hides them for `visibilityTimeout` seconds; an aborted `signal` takes none. */
  receive(options: {
    readonly max: number;
    readonly waitMs: number;
    readonly visibilityTimeout?: number | undefined;
    readonly signal?: AbortSignal | undefined;
  }): Promise<readonly ReceivedMessage[]> {
    const { max, waitMs, signal, visibilityTimeout = this.settings.VisibilityTimeout } = options;
    if (signal?.aborted) return Promise.resolve([]);
    this.#pollers.serve();
    const take = () => this.#take(max, visibilityTimeout);
    const ready = take();
    return ready.length > 0 || waitMs === 0 ? Promise.resolve(ready) : this.#pollers.wait(take, waitMs, signal);
  }

  /** Succeeds, deleting nothing, when the message is gone or has been received again. */
  delete(receiptHandle: string): void {
    this.flow.deleted += 1;
    const entry = this.#find(receiptHandle);
    if (entry) this.#remove(entry);
  }

  /** Hides a message in flight for `seconds` from now; 0 shows it at once. */
  changeVisibility(receiptHandle: string, seconds: number): void {
    const entry = this.#find(receiptHandle);
    if (!entry) {
      const reason = 'Message does not exist or is not available for visibility timeout change.';
      throw new SqsError('InvalidParameterValue', `Value for parameter ReceiptHandle is invalid. Reason: ${reason}`);
    }
    if (entry.state !== 'inFlight') throw new SqsError('MessageNotInflight', 'The specified message is not in flight.');
    this.#hide(entry, 'inFlight', seconds);
  }

  purge(): void {
    for (const entry of this.#entries.values()) this.#remove(entry);
  }

  counts(): QueueCounts {
    this.#removeExpired();
    const counts = { visible: 0, inFlight: 0, delayed: 0 };
    for (const { state } of this.#entries.values()) {
      if (state !== 'gone') counts[state] += 1;
    }
    return counts;
  }

  /** How long the oldest message has been here (in a dead-letter queue: since it was moved), in seconds; 0 when empty. */
  oldestAgeSeconds(): number {
    this.#removeExpired();
    for (const entry of this.#entries.values()) {
      if (entry.state === 'delayed' || entry.receivesHere >= poisonReceives) continue;
      return (this.#clock.now() - entry.arrivedAt) / 1000;
    }
    return 0;
  }

  /** Forgets every message and ends every poll, so that no timer holds the process. */
  close(): void {
    this.#pollers.close();
    this.purge();
  }

  #accept(message: SentMessage, delaySeconds: number, movedFrom?: string): void {
    const entry: Entry = {
      ...message,
      arrivedAt: this.#clock.now(),
      deadLetterSourceArn: movedFrom,
      state: 'delayed',
      receivesHere: 0,
      cancelTimer: nothingToCancel,
    };
    this.#entries.set(entry.id, entry);
    this.#hide(entry, 'delayed', delaySeconds);
  }

  #take(max: number, visibilityTimeout: number): readonly ReceivedMessage[] {
    const taken: Entry[] = [];
    while (taken.length < max) {
      const entry = this.#line.next();
      if (!entry) break;
      if (entry.state === 'gone') continue;
      if (this.#isExpired(entry)) this.#remove(entry);
      else if (!this.#moveToDeadLetterQueue(entry)) taken.push(entry);
    }
    this.flow.received += taken.length;
    // Not before the loop is over: a visibility time-out of 0 would put a message into this answer twice.
    return taken.map((entry) => {
      entry.receiveCount += 1;
      entry.receivesHere += 1;
      entry.firstReceivedAt ??= this.#clock.now();
      this.#hide(entry, 'inFlight', visibilityTimeout);
      return receivedMessage(entry, this.name);
    });
  }

  #find(receiptHandle: string): Entry | undefined {
    const { id, receiveCount } = readReceiptHandle(receiptHandle, this.name);
    const entry = this.#entries.get(id);
    return entry?.receiveCount === receiveCount ? entry : undefined;
  }

  #hide(entry: Entry, state: 'inFlight' | 'delayed', seconds: number): void {
    entry.cancelTimer();
    entry.state = state;
    if (seconds === 0) this.#show(entry);
    else entry.cancelTimer = this.#clock.after(seconds * 1000, () => this.#show(entry));
  }

  #show(entry: Entry): void {
    entry.cancelTimer = nothingToCancel;
    entry.state = 'visible';
    // A message without a group is a tenant of its own, as the fair queues' page says.
    this.#line.push(entry.groupId ?? entry.id, entry);
    this.#pollers.wake();
  }

  #moveToDeadLetterQueue(entry: Entry): boolean {
    const target = this.#deadLetterQueue;
    if (!target || entry.receivesHere < (this.settings.RedrivePolicy?.maxReceiveCount ?? Number.POSITIVE_INFINITY))
      return false;
    this.#remove(entry);
    target.#accept(entry, 0, this.arn);
    return true;
  }

  #remove(entry: Entry): void {
    entry.cancelTimer();
    entry.state = 'gone';
    this.#entries.delete(entry.id);
  }

  /** From the first sending, also in a dead-letter queue: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/setting-up-dead-letter-queue-retention.html */
  #isExpired(entry: Entry): boolean {
    return this.#clock.now() - entry.sentAt >= this.settings.MessageRetentionPeriod * 1000;
  }

  #removeExpired(): void {
    for (const entry of this.#entries.values()) {
      if (this.#isExpired(entry)) this.#remove(entry);
    }
  }
}
