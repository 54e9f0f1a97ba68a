import { systemClock } from '../../infra/local/clock.ts';
import type { PlayedClock } from '../../infra/local/time-lapse.ts';

const minuteMs = 60_000;

interface Appointment {
  readonly dueAt: number;
  readonly keep: () => void;
}

/** A clock that goes as the machine's, and leaps over whole minutes when a test says so. */
export class LeapingClock implements PlayedClock {
  readonly #leaps: { readonly madeAt: number; readonly ms: number }[] = [];
  readonly #appointments = new Set<Appointment>();
  #ahead = 0;

  now(): number {
    return systemClock.now() + this.#ahead;
  }

  ahead(): number {
    return this.#ahead;
  }

  /** What was recorded just when a leap was made came before it. */
  at(moment: number): number {
    const made = this.#leaps.filter(({ madeAt }) => madeAt < moment);
    return made.reduce((sum, { ms }) => sum + ms, moment);
  }

  after(delayMs: number, callback: () => void): () => void {
    const forget = () => {
      cancelTimer();
      this.#appointments.delete(appointment);
    };
    const keep = () => {
      forget();
      callback();
    };
    const appointment = { dueAt: this.now() + delayMs, keep };
    // Longer than any test; a timer cannot wait for more than 2^31 - 1 ms.
    const cancelTimer = systemClock.after(Math.min(delayMs, 86_400_000), keep);
    this.#appointments.add(appointment);
    return forget;
  }

  /** So many minutes pass, one by one; what was to happen meanwhile happens. */
  minutes(count: number): void {
    for (let passed = 0; passed < count; passed += 1) this.leap(minuteMs);
  }

  /** All of it passes at once: what is due more than once on the way happens once. */
  leap(ms: number): void {
    this.#leaps.push({ madeAt: systemClock.now(), ms });
    this.#ahead += ms;
    const due = [...this.#appointments].filter(({ dueAt }) => dueAt <= this.now());
    for (const { keep } of due.sort((one, other) => one.dueAt - other.dueAt)) keep();
  }
}
