import { setTimeout } from 'node:timers/promises';
import type * as z from 'zod';
import { immediateMilliseconds } from '../../shared/catalog/intents.ts';
import type { GenerateStoryInput, StoredStory } from '../../shared/catalog/schemas/story.ts';
import type { StoryCache, Telemetry } from '../../shared/domain/ports.ts';
import { storyDimensions } from '../../shared/jobs/share-story.ts';
import { storyKey, storyRequestOf } from '../../shared/narrator/story-request.ts';

export interface KeptStoryPorts {
  readonly cache: Pick<StoryCache, 'find'>;
  /** Settings of the model that writes what is not kept. */
  readonly model: object;
  readonly telemetry: Telemetry;
  readonly now: () => number;
  /** How the look is bounded: a timer, unless a test has a clock of its own. */
  readonly pauseBeforeGivingUp?: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

/** The story if it is kept. A cache that cannot be read, or not in time, is no reason to refuse anyone. */
export async function keptStory(
  input: z.infer<typeof GenerateStoryInput>,
  { cache, model, telemetry, now, pauseBeforeGivingUp = pause }: KeptStoryPorts,
): Promise<StoredStory | undefined> {
  const at = now();
  const key = storyKey(storyRequestOf(input), new Date(at), model);
  const looked = new AbortController();
  try {
    const entry = await Promise.race([cache.find(key, at), pauseBeforeGivingUp(LOOK_MILLISECONDS, looked.signal)]);
    if (entry?.kind !== 'story') return undefined;
    telemetry.count('stories_cached', storyDimensions);
    return entry.story;
  } catch (error) {
    telemetry.warn('cache_not_read', { key }, error);
    return undefined;
  } finally {
    looked.abort();
  }
}

/** Leaves time to accept a job after all. */
const LOOK_MILLISECONDS = immediateMilliseconds / 2;

/** Resolves also when it is aborted: nobody waits for it then. */
async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await setTimeout(milliseconds, undefined, { signal }).catch(() => undefined);
}
