import { beforeEach, describe, expect, it } from 'vitest';
import { type QueueName, queueNames } from '../../../shared/catalog/queues.ts';
import type { DeadLetterEntry, DeadLetterPile } from '../../../shared/domain/ports.ts';
import { takeDeadLetters } from '../../../shared/jobs/dead-letters.ts';
import { endedJob } from '../../support/job-builder.ts';
import { MemoryJobStore } from '../../support/memory-job-store.ts';

let store: MemoryJobStore;
beforeEach(() => {
  store = new MemoryJobStore();
});

const everywhere: readonly DeadLetterPile[] = [...queueNames, 'unreadable'];

const die = (ended_at: number, queue: QueueName) =>
  store.place(endedJob('failed', { dead: queue, queue, ended_at })).id;

const unreadable = async (messageId: string, at: number) => {
  await store.keepUnreadable({ messageId, source: 'a-queue', body: '?', reason: '?', at });
  return messageId;
};

async function pages(limit: number, piles = everywhere): Promise<readonly string[][]> {
  const all: string[][] = [];
  for (let after: DeadLetterEntry | undefined; ; ) {
    const letters = await takeDeadLetters(piles, { atLeast: limit + 1, after }, store);
    all.push(letters.slice(0, limit).map(({ id }) => id));
    if (letters.length <= limit) return all;
    after = letters[limit - 1];
  }
}

describe('dead letters', () => {
  it('of all queues come in one order, each once, also when many died in one millisecond', async () => {
    const died: { id: string; at: number }[] = [];
    for (let index = 0; index < 60; index++) {
      const at = 1_000 + Math.floor(index / 8);
      const queue = queueNames[index % queueNames.length] ?? 'default';
      died.push({ id: die(at, queue), at });
    }
    died.push({ id: await unreadable('11111111-aaaa', 1_003), at: 1_003 });
    const inOrder = died.toSorted((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1)).map(({ id }) => id);
    for (const limit of [1, 7, 60, 100]) {
      const paged = await pages(limit);
      expect(paged.flat()).toEqual(inOrder);
      expect(paged.slice(0, -1).every((page) => page.length === limit)).toBe(true);
    }
  });

  it('fill the page although index entries are behind their records', async () => {
    const [lives, old, again] = [die(3, 'booking'), die(2, 'booking'), die(1, 'booking')];
    const behind = new MemoryJobStore();
    behind.deadLetters = store.deadLetters.bind(store);
    behind.place(endedJob('completed', { id: lives, queue: 'booking', ended_at: 9 }));
    behind.place(endedJob('failed', { id: old, dead: 'booking', queue: 'booking', ended_at: 2 }));
    behind.place(endedJob('failed', { id: again, dead: 'booking', queue: 'booking', ended_at: 8 }));
    const letters = await takeDeadLetters(['booking'], { atLeast: 1, after: undefined }, behind);
    expect(letters.map(({ id }) => id)).toEqual([old]);
  });

  it('of one queue leave those of others out', async () => {
    const mine = die(1, 'analytics');
    die(2, 'default');
    await unreadable('22222222-bbbb', 3);
    expect(await pages(10, ['analytics'])).toEqual([[mine]]);
  });
});
