import { describe, expect, it } from 'vitest';
import type { QueueName } from '../../shared/catalog/queues.ts';
import { type Job, newestReadableVersion } from '../../shared/domain/job.ts';
import { claim, redrive } from '../../shared/domain/transitions.ts';
import { UnreadableRecordError } from '../../shared/domain/unreadable-record.ts';
import { acceptedAt, acceptedJob, endedJob, heldJob, newId } from '../support/job-builder.ts';
import type { JobStoreFixture } from './job-store.ts';
import { aChange } from './job-store-changing.ts';

/** What is kept beside the heads, and how heads are found again. */
export function describeKeeping(given: () => JobStoreFixture): void {
  describe('keeps values', () => {
    const job = { id: newId(), visit: 2, attempt: 3 };
    const texts = [0, 1, 2_000, 2_040, 2_100, 30_000].map((length) => ({ text: 'é'.repeat(length / 2) }));

    it.each(texts.map((value) => [JSON.stringify(value).length, value] as const))(
      'of %i characters and reads them back',
      async (_, value) => {
        const kept = await given().store.keep(job, 'result', value);
        expect('inline' in kept).toBe(Buffer.byteLength(JSON.stringify(value)) <= 2_048);
        expect(await given().store.read(job.id, kept)).toEqual(value);
      },
    );

    it('of two attempts apart, so that a late one overwrites nothing', async () => {
      const first = await given().store.keep(job, 'result', { text: 'a'.repeat(5_000) });
      const second = await given().store.keep({ ...job, attempt: 4 }, 'result', { text: 'b'.repeat(5_000) });
      expect(await given().store.read(job.id, first)).toEqual({ text: 'a'.repeat(5_000) });
      expect(await given().store.read(job.id, second)).toEqual({ text: 'b'.repeat(5_000) });
    });

    it('that only add a little to what is there, beside the part that holds the rest', async () => {
      const story = { title: 'Tucumcari', content: 'x'.repeat(5_000), facts: [{ text: 'a' }] };
      const known = { value: story, as: await given().store.keep(job, 'result', story) };
      const spoken = { ...structuredClone(story), audio_key: 'speech/1.mp3', title: 'Tucumcari, spoken' };
      const kept = await given().store.keep({ ...job, attempt: 4 }, 'result', spoken, known);
      expect(kept).toEqual({ ...known.as, more: { audio_key: 'speech/1.mp3', title: 'Tucumcari, spoken' } });
      const { id } = await given().place(acceptedJob({ id: job.id, result: kept }));
      const found = await given().store.find(id, 'strong');
      expect(found?.result && (await given().store.read(id, found.result))).toEqual(spoken);
      const again = { ...spoken, audio_key: 'speech/2.mp3' };
      const third = await given().store.keep({ ...job, attempt: 5 }, 'result', again, { value: spoken, as: kept });
      expect(await given().store.read(id, third)).toEqual(again);
      expect('part' in third && third.part).toBe('part' in known.as && known.as.part);
    });

    it('that lack something of what is there, or add much to it, whole', async () => {
      const story = { title: 'Tucumcari', content: 'x'.repeat(5_000) };
      const as = await given().store.keep(job, 'result', story);
      const others = [{ content: story.content }, { ...story, words: 'y'.repeat(3_000) }, [story]];
      for (const [index, value] of others.entries()) {
        const kept = await given().store.keep({ ...job, attempt: 10 + index }, 'result', value, { value: story, as });
        expect(kept).not.toHaveProperty('more');
        expect(await given().store.read(job.id, kept)).toEqual(value);
        expect(await given().store.read(job.id, as)).toEqual(story);
      }
    });

    it('and rejects one that is not there, rather than giving nothing', async () => {
      await expect(given().store.read(newId(), { part: 'P#result#9#9' })).rejects.toThrow();
    });
  });

  describe('finds what is due', () => {
    it('soonest first, one shard at a time, not what is due later, not what has ended', async () => {
      const shard = 100;
      const due = (due_at: number) => given().place(acceptedJob({ due_shard: shard, due_at }));
      const [third, first, second] = [await due(3_000), await due(1_000), await due(2_000)];
      await due(4_001);
      await given().place(acceptedJob({ due_shard: shard + 1, due_at: 1_500 }));
      const ended = await due(500);
      await given().store.apply(aChange(ended, { remove: ['due_at'] }));
      await expect.poll(() => listed(given().store.due(shard, 4_000))).toEqual([first.id, second.id, third.id]);
    });

    it('page after page, when there is more than one answer of DynamoDB can hold', async () => {
      const shard = 200;
      const ids = Array.from({ length: 1_300 }, (_, index) => `${String(index).padStart(5, '0')}${'x'.repeat(1_000)}`);
      for (let start = 0; start < ids.length; start += 50) {
        const batch = ids.slice(start, start + 50);
        await Promise.all(
          batch.map((id, at) => given().store.accept(acceptedJob({ id, due_shard: shard, due_at: start + at }))),
        );
      }
      await expect.poll(async () => (await listed(given().store.due(shard, 1e15))).length).toBe(ids.length);
      expect((await listed(given().store.due(shard, 1e15))).map((id) => id.slice(0, 5))).toEqual(
        ids.map((id) => id.slice(0, 5)),
      );
    }, 60_000);
  });

  describe('lists the jobs of an owner', () => {
    it('newest first, page after page, from anywhere on, and nobody else’s', async () => {
      const owner = `owner of ${newId()}`;
      const jobs = [];
      for (let count = 0; count < 120; count++) jobs.push(await given().place(acceptedJob({ owner })));
      await given().place(acceptedJob());
      const newestFirst = jobs.map(({ id }) => id).toReversed();
      const idsOf = async (before?: string) => (await listed(given().store.ofOwner(owner, before))).map(({ id }) => id);
      await expect.poll(() => idsOf()).toEqual(newestFirst);
      expect(await idsOf(newestFirst[70])).toEqual(newestFirst.slice(71));
      expect(await idsOf(newestFirst.at(-1))).toEqual([]);
    });

    it('without the children of batches and what follows from the end of jobs, also once they have changed', async () => {
      const owner = `owner of ${newId()}`;
      const accept = async (fields: Partial<Job>) => {
        const job = acceptedJob({ owner, ...fields });
        await given().store.accept(job);
        return job;
      };
      const own: Job[] = [];
      for (let count = 0; count < 25; count++) own.push(await accept({}));
      const children = Array.from({ length: 600 }, (_, index) => accept({ parent: { id: newId(), index } }));
      const [child] = await Promise.all(children);
      const follower = await accept({ type: 'deliver_webhook', follows: newId() });
      for (const job of [child, follower, own[3]])
        if (job) await given().store.apply(aChange(job, { set: { progress: 5 } }));
      const newest = await accept({});
      const expected = [...own, newest].map(({ id }) => id).toReversed();
      const ids = async () => (await listed(given().store.ofOwner(owner))).map(({ id }) => id);
      await expect.poll(ids).toEqual(expected);
    });
  });

  describe('finds jobs by their ids', () => {
    it('all at once, in the order asked, leaving out those there are not, more than one answer of DynamoDB holds', async () => {
      const ids: string[] = [];
      for (let count = 0; count < 230; count++) ids.push((await given().place(acceptedJob())).id);
      const asked = [newId(), ...ids.toReversed(), newId()];
      const { jobs, unreadable } = await given().store.findAll(asked, 'strong');
      expect(jobs.map(({ id }) => id)).toEqual(ids.toReversed());
      expect(unreadable).toEqual([]);
      expect(await given().store.findAll([], 'strong')).toEqual({ jobs: [], unreadable: [] });
    });
  });

  describe('lists dead letters', () => {
    const dead = (ended_at: number, queue: QueueName = 'notifications') =>
      given().place(endedJob('failed', { dead: queue, queue, ended_at }));

    it('of one queue, in either direction, from any moment on, page after page', async () => {
      const ids = [];
      for (let at = 1; at <= 250; at++) ids.push((await dead(at)).id);
      await dead(100, 'image_processing');
      await given().place(endedJob('completed', { queue: 'notifications', ended_at: 100 }));
      const idsOf = async (...[order, from]: ['newest_first' | 'oldest_first', number?]) =>
        (await listed(given().store.deadLetters('notifications', order, from))).map(({ id }) => id);
      await expect.poll(() => idsOf('oldest_first')).toEqual(ids);
      expect(await idsOf('newest_first')).toEqual(ids.toReversed());
      expect(await idsOf('newest_first', 3)).toEqual(ids.slice(0, 3).toReversed());
      expect(await idsOf('oldest_first', 249)).toEqual(ids.slice(248));
    });

    it('no longer once the job lives again', async () => {
      const job = await dead(1, 'booking');
      await expect.poll(() => listed(given().store.deadLetters('booking', 'newest_first'))).toHaveLength(1);
      await given().store.apply(redrive(job, acceptedAt));
      await expect.poll(() => listed(given().store.deadLetters('booking', 'newest_first'))).toEqual([]);
    });
  });

  describe('meets what it cannot read', () => {
    it('gives no half of a record that a later release wrote', async () => {
      const job = await given().place(heldJob({ rv: newestReadableVersion + 1 }));
      await expect(given().store.find(job.id, 'strong')).rejects.toThrow(UnreadableRecordError);
      await expect(given().store.apply(claim(job, acceptedAt, { until: acceptedAt + 1, holder: 'a' }))).rejects.toThrow(
        UnreadableRecordError,
      );
    });

    it('gives no record of a job type that it does not know, and lets nobody claim it', async () => {
      const unknown = Object.assign(acceptedJob(), { type: 'hologram' });
      const job = await given().place(unknown);
      const lease = { until: acceptedAt + 1, holder: 'a' };
      await expect(given().store.apply(claim(job, acceptedAt, lease))).rejects.toThrow(UnreadableRecordError);
      await expect(given().store.find(job.id, 'strong')).rejects.toThrow(UnreadableRecordError);
    });

    it.each([
      ['a later release wrote', 'newer', { rv: newestReadableVersion + 1 }],
      ['is of a type that it does not know', 'damaged', { type: 'hologram' }],
    ])('tells one that %s apart from those beside it, and stops at none', async (_, reason, change) => {
      const owner = `owner of ${newId()}`;
      const jobs: Job[] = [];
      for (let count = 0; count < 3; count++) jobs.push(await given().place(acceptedJob({ owner })));
      const odd = await given().place(Object.assign(acceptedJob({ owner }), change));
      const last = await given().place(acceptedJob({ owner }));
      const ids = [...jobs.map(({ id }) => id), odd.id, last.id];
      const listedIds = async () => (await listed(given().store.ofOwner(owner))).map(({ id }) => id);
      await expect.poll(listedIds).toEqual(ids.toReversed());
      const found = await given().store.findAll(ids, 'strong');
      expect(found.jobs.map(({ id }) => id)).toEqual([...jobs.map(({ id }) => id), last.id]);
      expect(found.unreadable.map(({ id, owner: whose, reason: why }) => [id, whose, why])).toEqual([
        [odd.id, owner, reason],
      ]);
    });

    it('keeps a message that is none, for an operator', async () => {
      const letter = {
        messageId: newId(),
        source: 'a-dead-letter-queue',
        body: 'not json \u0000 🚗',
        reason: 'Unexpected token',
        at: acceptedAt,
      };
      await given().store.keepUnreadable(letter);
      expect(await given().store.findUnreadable(letter.messageId)).toEqual(letter);
      expect(await given().store.findUnreadable(newId())).toBeUndefined();
      const found = async () => listed(given().store.deadLetters('unreadable', 'newest_first'));
      await expect.poll(found).toEqual([{ id: letter.messageId, diedAt: acceptedAt }]);
    });
  });
}

async function listed<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}
