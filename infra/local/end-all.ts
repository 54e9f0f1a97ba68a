/** Ends what was started. */
export type End = () => unknown;

/** In the opposite order of the starts, each once. One that fails does not keep the rest open. */
export async function endAll(ends: End[]): Promise<void> {
  const failures: unknown[] = [];
  for (let end = ends.pop(); end !== undefined; end = ends.pop()) {
    try {
      await end();
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, 'The local cloud did not close cleanly.');
}
