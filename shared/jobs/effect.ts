import type * as z from 'zod';

/** One outside act of a job, and what to do when nobody knows whether it happened. */
export interface Effect<T> {
  /** What comes of it, small enough for the head of the job: ids, not documents. */
  readonly outcome: z.ZodType<T>;
  /** What the traveller reads meanwhile, and how far the step is then, 0 to 1. */
  readonly message?: string;
  readonly fraction?: number;
  /**
   * Does it. `key` is the provider's idempotency key, the same for every try. PermanentError: it was refused and did not happen. Any other
   * error: nobody knows.
   */
  act(key: string): Promise<T>;
  /** For an attempt that finds it begun by an earlier one. */
  readonly onUnknown: WhenUnknown<T>;
  /** Whether the job must take it back before it ends otherwise than completed. @default false */
  readonly takenBack?: boolean;
  /**
   * Whether there is no way back once it is begun: from then on neither a cancel nor a limit ends the job, which is tried until it completes.
   * A refusal takes that back. @default false
   */
  readonly commits?: boolean;
}

/** `lookUp` asks the provider: undefined, it did not happen. `repeat`: doing it twice is as doing it once. `assume`: it happened, and so came out. */
export type WhenUnknown<T> =
  | { readonly lookUp: (key: string) => Promise<T | undefined> }
  | { readonly repeat: true }
  | { readonly assume: T };

/** How one act is taken back, in the step `undo`. */
export interface TakingBack<T> {
  /** As in the effect. */
  readonly outcome: z.ZodType<T>;
  /** What came of an act of which nobody knows; undefined if it did not happen. */
  lookUp(key: string): Promise<T | undefined>;
  /** Takes it back, or finds that it is; may be done again. */
  act(done: T, key: string): Promise<void>;
}
