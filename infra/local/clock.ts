/** The one clock of the local cloud. Tests drive it by hand; `npm start` uses the machine's. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Calls back once after `delayMs` milliseconds; the returned function takes the appointment back. */
  after(delayMs: number, callback: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after(delayMs, callback) {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
};

/** Runs something again and again, first after one interval; answers how to stop. */
export function every(intervalMs: number, clock: Clock, run: () => void): () => void {
  let cancel = () => {};
  const wait = () => {
    cancel = clock.after(intervalMs, () => {
      run();
      wait();
    });
  };
  wait();
  return () => cancel();
}
