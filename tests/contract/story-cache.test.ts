import { randomUUID } from 'node:crypto';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DynamoDbStoryCache } from '../../shared/adapters/dynamodb/dynamodb-story-cache.ts';
import type { StoryCache } from '../../shared/domain/ports.ts';
import { acceptedAt } from '../support/job-builder.ts';
import { startJobTable } from '../support/job-table.ts';
import { MemoryStoryCache } from '../support/memory-story-cache.ts';
import { aStoredStory } from '../support/stored-story.ts';

const now = acceptedAt;
const later = now + 60_000;

/** What every story cache promises (shared/domain/ports.ts), whatever it is made of. */
function describeStoryCache(name: string, start: () => Promise<{ cache: StoryCache; close(): Promise<void> }>): void {
  describe(name, () => {
    let cache: StoryCache;
    let close: () => Promise<void>;
    let key: string;
    beforeAll(async () => {
      ({ cache, close } = await start());
    }, 60_000);
    afterAll(() => close());
    beforeEach(() => {
      key = randomUUID();
    });

    it('knows nothing of a key that nobody has written for', async () => {
      expect(await cache.find(key, now)).toEqual({ kind: 'nothing' });
    });

    it('gives back a story exactly as it was kept, also to those who want to write it', async () => {
      const story = aStoredStory({ content: 'é'.repeat(9_000), cached: true });
      await cache.keep(key, story, later);
      expect(await cache.find(key, now)).toEqual({ kind: 'story', story, expiresAt: later });
      const turn = await cache.takeTurn(key, { holder: 'a', now, until: later });
      expect(turn).toEqual({ kind: 'story', story, expiresAt: later });
    });

    it('forgets a story at its hour, not when the row happens to be deleted', async () => {
      await cache.keep(key, aStoredStory(), later);
      expect((await cache.find(key, later - 1)).kind).toBe('story');
      expect((await cache.find(key, later)).kind).toBe('nothing');
      expect(await cache.takeTurn(key, { holder: 'a', now: later, until: later + 1 })).toEqual({ kind: 'ours' });
      expect((await cache.find(key, now)).kind, 'and it does not come back').not.toBe('story');
    });

    it('gives one of twenty the turn, and the same one again', async () => {
      const holders = Array.from({ length: 20 }, (_, index) => `job ${index}`);
      const turns = await Promise.all(holders.map((holder) => cache.takeTurn(key, { holder, now, until: later })));
      expect(turns.filter(({ kind }) => kind === 'ours')).toHaveLength(1);
      expect(turns.filter(({ kind }) => kind === 'being_written')).toHaveLength(19);
      const first = holders[turns.findIndex(({ kind }) => kind === 'ours')] ?? '';
      expect(await cache.takeTurn(key, { holder: first, now, until: later })).toEqual({ kind: 'ours' });
      expect(await cache.find(key, now)).toEqual({ kind: 'being_written' });
    });

    it('passes the turn on when its time is over', async () => {
      await cache.takeTurn(key, { holder: 'a', now, until: later });
      expect((await cache.takeTurn(key, { holder: 'b', now: later - 1, until: later })).kind).toBe('being_written');
      expect((await cache.takeTurn(key, { holder: 'b', now: later, until: later + 9 })).kind).toBe('ours');
    });

    it('passes the turn on when it is given up, by its holder only', async () => {
      await cache.takeTurn(key, { holder: 'a', now, until: later });
      await cache.giveUp(key, 'b');
      expect((await cache.takeTurn(key, { holder: 'b', now, until: later })).kind).toBe('being_written');
      await cache.giveUp(key, 'a');
      expect(await cache.find(key, now)).toEqual({ kind: 'nothing' });
      expect((await cache.takeTurn(key, { holder: 'b', now, until: later })).kind).toBe('ours');
    });

    it('ends the turn with the story, which nobody can give up any more', async () => {
      await cache.takeTurn(key, { holder: 'a', now, until: later });
      await cache.keep(key, aStoredStory(), later);
      await cache.giveUp(key, 'a');
      await cache.giveUp(randomUUID(), 'a');
      expect((await cache.find(key, now)).kind).toBe('story');
    });
  });
}

describeStoryCache('the story cache in memory', async () => ({ cache: new MemoryStoryCache(), close: async () => {} }));

describeStoryCache('the story cache on DynamoDB', async () => {
  const { client, tableName, close } = await startJobTable();
  return { cache: new DynamoDbStoryCache(client, tableName), close };
});

describe('a story that another release kept in a form of its own', () => {
  it('is written anew', async () => {
    const { client, tableName, close } = await startJobTable();
    const item = { pk: 'C#k', sk: 'C', story: '{"title":1}' };
    const Item = {
      ...Object.fromEntries(Object.entries(item).map(([name, text]) => [name, { S: text }])),
      expires_at: { N: String(later) },
    };
    await client.send(new PutItemCommand({ TableName: tableName, Item }));
    const cache = new DynamoDbStoryCache(client, tableName);
    expect(await cache.find('k', now)).toEqual({ kind: 'nothing' });
    expect(await cache.takeTurn('k', { holder: 'a', now, until: later })).toEqual({ kind: 'ours' });
    await close();
  });
});
