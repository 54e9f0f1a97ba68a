/**
 * Runs `work` for every item, at most `limit` at a time, and gives the results in the items' order. The first failure aborts
 * the others through their signal, starts no more, and is what the promise rejects with, once all have stopped.
 */
export async function mapBounded<Item, Result>(
  items: readonly Item[],
  limit: number,
  signal: AbortSignal,
  work: (item: Item, signal: AbortSignal) => Promise<Result>,
): Promise<readonly Result[]> {
  const stop = new AbortController();
  const either = AbortSignal.any([signal, stop.signal]);
  const results = new Map<number, Result>();
  const failures: unknown[] = [];
  const queue = items.entries();

  const run = async () => {
    for (const [index, item] of queue) {
      if (either.aborted) return;
      try {
        results.set(index, await work(item, either));
      } catch (error) {
        failures.push(error);
        stop.abort(error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, run));

  if (failures.length > 0) throw failures[0];
  signal.throwIfAborted();
  return Array.from(results)
    .sort(([left], [right]) => left - right)
    .map(([, result]) => result);
}
