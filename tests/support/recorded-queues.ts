import { longestDelaySeconds, type QueueName } from '../../shared/catalog/queues.ts';
import type { JobMessage } from '../../shared/domain/job.ts';
import type { JobQueues, Now } from '../../shared/domain/ports.ts';

export interface SentMessage {
  readonly queue: QueueName;
  readonly message: JobMessage;
  readonly owner: string;
  readonly delaySeconds: number;
  readonly sentAt: number;
  /** No consumer sees the message before. */
  readonly visibleAt: number;
}

const MOST_MESSAGES = 5_000;

/** Queues that keep what was sent, hide it for its delay, and refuse what SQS would refuse. */
export class RecordedQueues implements JobQueues {
  readonly sent: SentMessage[] = [];
  /** The messages no consumer has taken. */
  readonly waiting: SentMessage[] = [];
  /** Called before each send; what it throws, the send rejects with. */
  fault: () => void = () => {};
  /** How many messages from now on wait twice, each for two consumers. */
  doubled = 0;
  readonly #now: Now;

  constructor(now: Now) {
    this.#now = now;
  }

  async send(queue: QueueName, message: JobMessage, options: { owner: string; delaySeconds: number }): Promise<void> {
    const { owner, delaySeconds } = options;
    if (!Number.isInteger(delaySeconds) || delaySeconds < 0 || delaySeconds > longestDelaySeconds) {
      throw new RangeError(`SQS takes no delay of ${delaySeconds} s`);
    }
    this.fault();
    const sentAt = this.#now();
    const sent = { queue, message, owner, delaySeconds, sentAt, visibleAt: sentAt + delaySeconds * 1_000 };
    this.sent.push(sent);
    this.waiting.push(sent);
    if (this.doubled === 0) return;
    this.doubled -= 1;
    this.waiting.push(sent);
  }

  /** Takes the first message that a consumer could see now. Throws when messages go round without time passing. */
  receive(): SentMessage | undefined {
    if (this.sent.length > MOST_MESSAGES) throw new Error('Messages are sent round and round');
    const index = this.waiting.findIndex(({ visibleAt }) => visibleAt <= this.#now());
    return index < 0 ? undefined : this.waiting.splice(index, 1)[0];
  }

  /** Every send from now on rejects. */
  refuse(): void {
    this.fault = () => {
      throw new Error('SQS is out of reach');
    };
  }
}
