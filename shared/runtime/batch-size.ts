import { mostStories, storiesPerRoute } from '../catalog/batches.ts';
import type { FieldError } from './problem.ts';

interface Batch {
  readonly routes: readonly unknown[];
  readonly themes: readonly string[];
}

/** How many stories a batch asks for at most: a short route may get fewer. */
export function storiesAskedFor({ routes, themes }: Batch): number {
  return routes.length * Math.max(1, new Set(themes).size) * storiesPerRoute;
}

/** What is wrong with a batch that asks for more than one may. */
export function tooManyStories(batch: Batch): FieldError | undefined {
  const stories = storiesAskedFor(batch);
  if (stories <= mostStories) return undefined;
  const message = `asks for ${stories} stories in all: ${storiesPerRoute} for each route and theme; at most ${mostStories}`;
  return { path: 'themes', message };
}
