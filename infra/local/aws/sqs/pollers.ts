import type { Clock } from '../../clock.ts';

/** The long polls of one queue, first come first served: a poll ends with messages, after its wait, or when its caller is gone. */
export class Pollers<Message> {
  readonly #clock: Clock;
  readonly #waiting = new Set<{ serve(): boolean; leave(): void }>();
  #servePlanned = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Waits up to `waitMs` until `take` finds messages; empty when it finds none. */
  wait(take: () => readonly Message[], waitMs: number, signal: AbortSignal | undefined): Promise<readonly Message[]> {
    return new Promise((resolve) => {
      const end = (messages: readonly Message[]) => {
        cancelTimer();
        signal?.removeEventListener('abort', leave);
        this.#waiting.delete(poller);
        resolve(messages);
      };
      const leave = () => end([]);
      const serve = () => {
        const messages = take();
        if (messages.length > 0) end(messages);
        return messages.length > 0;
      };
      const poller = { serve, leave };
      const cancelTimer = this.#clock.after(waitMs, leave);
      signal?.addEventListener('abort', leave);
      this.#waiting.add(poller);
    });
  }

  /** Serves after the running step, so that a batch sent in one call can be received in one call. */
  wake(): void {
    if (this.#servePlanned || this.#waiting.size === 0) return;
    this.#servePlanned = true;
    queueMicrotask(() => {
      this.#servePlanned = false;
      this.serve();
    });
  }

  /** Each message wakes one poller; those who find none wait on. */
  serve(): void {
    for (const poller of this.#waiting) {
      if (!poller.serve()) return;
    }
  }

  close(): void {
    for (const poller of this.#waiting) poller.leave();
  }
}
