import type { StoredStory } from '../../shared/catalog/schemas/story.ts';
import type { CacheEntry, CacheTurn, StoryCache } from '../../shared/domain/ports.ts';

interface Slot {
  readonly story?: { readonly story: StoredStory; readonly expiresAt: number };
  readonly turn?: { readonly holder: string; readonly until: number };
}

/** Shared stories in memory, as the contract suite asks of every story cache. Tests may make it fail. */
export class MemoryStoryCache implements StoryCache {
  readonly slots = new Map<string, Slot>();
  /** Called at the start of every operation; what it throws, the operation rejects with. */
  fault: (operation: keyof StoryCache) => void = () => {};

  async find(key: string, now: number): Promise<CacheEntry> {
    this.fault('find');
    return this.#entry(key, now);
  }

  async takeTurn(key: string, turn: { holder: string; until: number; now: number }): Promise<CacheTurn> {
    this.fault('takeTurn');
    const entry = this.#entry(key, turn.now);
    if (entry.kind === 'story') return entry;
    if (entry.kind === 'being_written' && this.slots.get(key)?.turn?.holder !== turn.holder) return entry;
    this.slots.set(key, { turn });
    return { kind: 'ours' };
  }

  async keep(key: string, story: StoredStory, expiresAt: number): Promise<void> {
    this.fault('keep');
    this.slots.set(key, { story: structuredClone({ story, expiresAt }) });
  }

  async giveUp(key: string, holder: string): Promise<void> {
    this.fault('giveUp');
    if (this.slots.get(key)?.turn?.holder === holder) this.slots.delete(key);
  }

  #entry(key: string, now: number): CacheEntry {
    const { story, turn } = this.slots.get(key) ?? {};
    if (story && story.expiresAt > now) return { kind: 'story', ...structuredClone(story) };
    return turn && turn.until > now ? { kind: 'being_written' } : { kind: 'nothing' };
  }
}
