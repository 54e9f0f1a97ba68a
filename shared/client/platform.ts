/** What the client needs of the machine it runs on: browsers, React Native and Node all have it. */
export interface Platform {
  readonly fetch: Fetch;
  readonly clock: Clock;
  /** 0 up to 1. */
  readonly random: () => number;
  /** A new idempotency key: visible ASCII, at most 255 characters. */
  readonly newKey: () => string;
}

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Calls back after so many milliseconds, unless the returned function is called before. */
  after(milliseconds: number, callback: () => void): () => void;
}

/** The globals of a browser, React Native or Node. */
export function globalPlatform(ownFetch?: Fetch): Platform {
  return {
    // Looked up at each call, and called as a function: a browser's fetch refuses another `this`.
    fetch: ownFetch ?? ((url, init) => fetch(url, init)),
    clock: { now: Date.now, after },
    random: Math.random,
    newKey,
  };
}

function after(milliseconds: number, callback: () => void): () => void {
  const timer = setTimeout(callback, milliseconds);
  return () => clearTimeout(timer);
}

/**
 * React Native has no `crypto`, and a browser none outside https. A key only has to be new among those of one owner within a day, so
 * the time and 62 random bits do there.
 */
function newKey(): string {
  const { crypto }: { readonly crypto?: { randomUUID?: () => string } } = globalThis;
  if (crypto?.randomUUID) return crypto.randomUUID();
  const random = () => Math.floor(Math.random() * 2 ** 31).toString(36);
  return `${Date.now().toString(36)}-${random()}-${random()}`;
}
