import type { StoredStory } from '../catalog/schemas/story.ts';
import { storyCache } from '../catalog/story-cache.ts';
import { AwaitingError } from '../domain/errors.ts';
import type { Now, StoryCache, Telemetry } from '../domain/ports.ts';

export interface SharePorts {
  readonly cache: StoryCache;
  readonly telemetry: Telemetry;
  readonly now: Now;
  /** How long a story is told to others. */
  readonly keptSeconds: number;
}

/** Who asks, and for what. */
export interface Asking {
  readonly key: string;
  /** The job; no other has its id. */
  readonly holder: string;
  /** Whether it can wait for somebody else's story. */
  readonly mayWait: boolean;
}

export interface ToldStory {
  readonly story: StoredStory;
  /** Only better than none: not kept for others. */
  readonly degraded: boolean;
}

/**
 * The story under the key: the kept one, or the one that `write` makes while every other job with the key waits. Rejects with AwaitingError
 * when another job is writing it, and with whatever `write` rejects with; then the turn passes on at once. A writer that dies loses its turn
 * after a while.
 */
export async function shareStory(
  { key, holder, mayWait }: Asking,
  write: () => Promise<ToldStory>,
  ports: SharePorts,
): Promise<ToldStory> {
  const now = ports.now();
  const turn = await ports.cache.takeTurn(key, { holder, now, until: now + storyCache.lockSeconds * 1_000 });
  if (turn.kind === 'story') {
    ports.telemetry.count('stories_cached', storyDimensions);
    return { story: toldAgain(turn.story), degraded: false };
  }
  if (turn.kind === 'being_written' && mayWait) throw new AwaitingError('Another job is writing this story');
  let kept = false;
  try {
    const told = await write();
    ports.telemetry.count('stories_written', storyDimensions);
    kept = !told.degraded && (await keep(key, told.story, ports));
    return told;
  } finally {
    if (!kept && turn.kind === 'ours') await giveUp(key, holder, ports);
  }
}

export const storyDimensions = { type: 'generate_story', queue: 'ai_generation' } as const;

/** The story for another job, which spends nothing on it. */
export function toldAgain(story: StoredStory): StoredStory {
  return { ...story, usage: { input_tokens: 0, output_tokens: 0, cost_micro_usd: 0 }, cached: true };
}

/** The job has its story whether or not it could be kept for others. */
async function keep(
  key: string,
  story: StoredStory,
  { cache, telemetry, now, keptSeconds }: SharePorts,
): Promise<boolean> {
  try {
    await cache.keep(key, story, now() + keptSeconds * 1_000);
    return true;
  } catch (error) {
    telemetry.warn('story_not_kept', { key }, error);
    return false;
  }
}

async function giveUp(key: string, holder: string, { cache, telemetry }: SharePorts): Promise<void> {
  try {
    await cache.giveUp(key, holder);
  } catch (error) {
    telemetry.warn('turn_not_given_up', { key }, error);
  }
}
