import { mostStories, storiesPerRoute } from '../catalog/batches.ts';
import { storiesAskedFor } from '../domain/batch-stories.ts';
import type { FieldError } from './problem.ts';

/** What is wrong with a batch that asks for more than one may. */
export function tooManyStories(batch: Parameters<typeof storiesAskedFor>[0]): FieldError | undefined {
  const stories = storiesAskedFor(batch);
  if (stories <= mostStories) return undefined;
  const message = `asks for ${stories} stories in all: ${storiesPerRoute} for each route and theme; at most ${mostStories}`;
  return { path: 'themes', message };
}
