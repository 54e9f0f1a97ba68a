import { storiesPerRoute } from '../catalog/batches.ts';
import { expectedStoryMicroUsd } from '../catalog/prices.ts';

interface Batch {
  readonly routes: readonly unknown[];
  readonly themes: readonly string[];
}

/** How many stories a batch asks for at most: a short route may get fewer. */
export function storiesAskedFor({ routes, themes }: Batch): number {
  return routes.length * Math.max(1, new Set(themes).size) * storiesPerRoute;
}

/** What the stories of a batch are expected to cost in all, micro-dollars. */
export function expectedBatchMicroUsd(batch: Batch & { readonly include_voice: boolean }): number {
  return storiesAskedFor(batch) * expectedStoryMicroUsd[batch.include_voice ? 'voice' : 'text'];
}
