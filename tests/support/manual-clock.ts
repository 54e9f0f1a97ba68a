import type { Clock } from '../../infra/local/clock.ts';

interface Appointment {
  readonly dueAt: number;
  readonly callback: () => void;
}

/** A clock that stands still until a test moves it. */
export class ManualClock implements Clock {
  #now: number;
  readonly #appointments = new Set<Appointment>();

  /** Starts at `now`, milliseconds since the epoch. */
  constructor(now = Date.UTC(2026, 0, 1)) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  after(delayMs: number, callback: () => void): () => void {
    const appointment = { dueAt: this.#now + delayMs, callback };
    this.#appointments.add(appointment);
    return () => void this.#appointments.delete(appointment);
  }

  /** Appointments not yet kept nor taken back. */
  get pending(): number {
    return this.#appointments.size;
  }

  /** Moves on by `ms` milliseconds, keeping the appointments on the way, earliest first, each at its own time. */
  advance(ms: number): void {
    const end = this.#now + ms;
    for (let next = this.#nextUntil(end); next !== undefined; next = this.#nextUntil(end)) {
      this.#appointments.delete(next);
      this.#now = Math.max(this.#now, next.dueAt);
      next.callback();
    }
    this.#now = end;
  }

  #nextUntil(end: number): Appointment | undefined {
    let earliest: Appointment | undefined;
    for (const appointment of this.#appointments) {
      if (appointment.dueAt > end) continue;
      if (earliest === undefined || appointment.dueAt < earliest.dueAt) earliest = appointment;
    }
    return earliest;
  }
}
