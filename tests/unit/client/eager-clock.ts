import type { Clock } from '../../../shared/client/platform.ts';

/** A clock whose appointments come as soon as nothing else is to be done, each at its own time. */
export class EagerClock implements Clock {
  #now = Date.UTC(2026, 0, 1);
  /** Seconds of every appointment that was kept, in order. */
  readonly waited: number[] = [];

  now(): number {
    return this.#now;
  }

  /** Lets time pass that nobody has waited for, as on a phone that slept. */
  pass(seconds: number): void {
    this.#now += seconds * 1_000;
  }

  /** Resolves once everything that was under way has come to rest. */
  async settled(): Promise<void> {
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
  }

  after(milliseconds: number, callback: () => void): () => void {
    const due = this.#now + milliseconds;
    const handle = setImmediate(() => {
      this.#now = Math.max(this.#now, due);
      this.waited.push(milliseconds / 1_000);
      callback();
    });
    return () => clearImmediate(handle);
  }
}
