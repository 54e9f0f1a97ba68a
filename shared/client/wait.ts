import { AbortError } from './errors.ts';
import type { Clock } from './platform.ts';

/** Resolves after so many seconds. Rejects with AbortError as soon as the signal is aborted. */
export function wait(clock: Clock, seconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    throwIfAborted(signal);
    const onAbort = () => {
      cancel();
      reject(new AbortError());
    };
    const cancel = clock.after(seconds * 1_000, () => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    });
    signal?.addEventListener('abort', onAbort);
  });
}

/** What the promise gives. Rejects with AbortError as soon as the signal is aborted, whatever becomes of the promise. */
export function untilAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(new AbortError());
    if (signal?.aborted) onAbort();
    signal?.addEventListener('abort', onAbort);
    promise.then(resolve, reject).finally(() => signal?.removeEventListener('abort', onAbort));
  });
}

/** React Native's signals have no `throwIfAborted` of their own, nor a `reason`. */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new AbortError();
}
