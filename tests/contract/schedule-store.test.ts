import { randomUUID } from 'node:crypto';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DynamoDbJobStore } from '../../shared/adapters/dynamodb/dynamodb-job-store.ts';
import { DynamoDbScheduleStore } from '../../shared/adapters/dynamodb/dynamodb-schedule-store.ts';
import { scheduleItem } from '../../shared/adapters/dynamodb/schedule-item.ts';
import type { Schedule } from '../../shared/domain/schedule.ts';
import type { ScheduleStore } from '../../shared/domain/schedule-store.ts';
import { UnreadableRecordError } from '../../shared/domain/unreadable-record.ts';
import { acceptedAt, acceptedJob, newId } from '../support/job-builder.ts';
import { startJobTable } from '../support/job-table.ts';
import { MemoryScheduleStore } from '../support/memory-schedule-store.ts';
import { RecordedTelemetry } from '../support/recorded-telemetry.ts';
import { aSchedule } from '../support/schedule-builder.ts';

const now = acceptedAt;

/** What every schedule store promises (shared/domain/schedule-store.ts), whatever it is made of. */
function describeScheduleStore(
  name: string,
  start: () => Promise<{ store: ScheduleStore; close(): Promise<void> }>,
): void {
  describe(name, () => {
    let store: ScheduleStore;
    let close: () => Promise<void>;
    let owner: string;
    beforeAll(async () => {
      ({ store, close } = await start());
    }, 60_000);
    afterAll(() => close());
    beforeEach(() => {
      owner = randomUUID();
    });

    const created = async (fields: Partial<Schedule> = {}) => {
      const schedule = aSchedule({ owner, ...fields });
      await store.create(schedule);
      return schedule;
    };
    const keyFor = (key: string, fields: object = {}) => ({
      owner,
      route: '/schedules',
      key,
      fingerprint: 'a',
      answer: { id: 1 },
      expiresAt: now + 60_000,
      now,
      ...fields,
    });

    it.each<Partial<Schedule>>([
      {},
      { timing: { every: 900, from: now }, name: 'Hourly', max_runs: 3, ends_at: now + 1 },
      { timing: { at: now }, last_error: { code: 'input_invalid', message: 'No.' }, last_run_at: 1, last_job_id: 'j' },
      { job: { type: 'synthesize_voice', body: { text: 'é'.repeat(9_000), '': [1e300, null] } } },
    ])('gives back a schedule exactly as it was made %#', async (fields) => {
      const schedule = await created(fields);
      expect(await store.find(schedule)).toEqual(schedule);
    });

    it('tells nothing of what is not there, or is somebody else’s', async () => {
      const { id } = await created();
      expect(await store.find({ owner, id: newId() })).toBeUndefined();
      expect(await store.find({ owner: 'eve', id })).toBeUndefined();
      expect(await store.remove({ owner: 'eve', id }, now)).toBeUndefined();
    });

    it('lists an owner’s schedules at once, the newest first, and no others', async () => {
      const made = [await created(), await created(), await created()];
      await store.create(aSchedule({ owner: `${owner}x` }));
      expect(await listed(store.ofOwner(owner))).toEqual(made.toReversed());
    });

    it('lists them all, however large they are', async () => {
      const body = { text: 'a'.repeat(60_000) };
      for (let count = 0; count < 20; count++) await created({ job: { type: 'synthesize_voice', body } });
      expect(await listed(store.ofOwner(owner))).toHaveLength(20);
    });

    it('moves a schedule on from what it was seen to be, once', async () => {
      const seen = await created();
      const after = { ...seen, due_at: now + 86_400_000, runs: 1 };
      const results = await Promise.all(Array.from({ length: 5 }, () => store.moveOn(seen, after)));
      expect(results.filter(Boolean)).toHaveLength(1);
      expect(await store.find(seen)).toEqual(after);
      const { due_at: _, ...ended } = { ...after, ended_at: now, ttl: 5 };
      expect(await store.moveOn(after, ended)).toBe(true);
      expect(await store.find(seen)).toEqual(ended);
      expect(await store.moveOn(after, seen), 'an ended one stays ended').toBe(false);
    });

    it('deletes a schedule for good, and tells it once', async () => {
      const schedule = await created();
      expect(await store.remove(schedule, now)).toEqual(schedule);
      expect(await store.remove(schedule, now)).toBeUndefined();
      expect(await store.find(schedule)).toBeUndefined();
      expect(await listed(store.ofOwner(owner))).toEqual([]);
      expect(await store.moveOn(schedule, { ...schedule, due_at: now }), 'nothing brings it back').toBe(false);
      expect(await store.find(schedule)).toBeUndefined();
    });

    it('finds what is due, soonest first, one shard at a time', async () => {
      const due_shard = 5_000;
      const third = await created({ due_shard, due_at: now + 3 });
      const first = await created({ due_shard, due_at: now + 1 });
      const second = await created({ due_shard, due_at: now + 2 });
      await created({ due_shard, due_at: now + 5 });
      await created({ due_shard: due_shard + 1, due_at: now });
      const deleted = await created({ due_shard, due_at: now });
      await store.remove(deleted, now);
      const names = [first, second, third].map(({ id }) => ({ owner, id }));
      await expect.poll(() => listed(store.due(due_shard, now + 4))).toEqual(names);
    });

    it('makes one schedule of a request that comes twice, and tells what the first was answered', async () => {
      const key = keyFor('twice');
      const first = aSchedule({ owner });
      expect(await store.answered(key, now)).toBeUndefined();
      expect(await store.create(first, key)).toEqual({ kind: 'accepted' });
      expect(await store.create(first, key), 'the answer of the first try was lost').toEqual({ kind: 'accepted' });
      const again = await store.create(aSchedule({ owner }), keyFor('twice', { fingerprint: 'b' }));
      expect(again).toEqual({ kind: 'known', fingerprint: 'a', answer: { id: 1 } });
      expect(await store.answered(key, now)).toEqual({ fingerprint: 'a', answer: { id: 1 } });
      expect(await listed(store.ofOwner(owner))).toEqual([first]);
    });

    it('forgets a key at its hour, and knows it of its owner only', async () => {
      await store.create(aSchedule({ owner }), keyFor('old'));
      expect(await store.answered(keyFor('old'), now + 60_000)).toBeUndefined();
      expect(await store.answered(keyFor('old', { owner: 'eve' }), now)).toBeUndefined();
      const later = await store.create(
        aSchedule({ owner }),
        keyFor('old', { now: now + 60_000, expiresAt: now + 90_000 }),
      );
      expect(later).toEqual({ kind: 'accepted' });
    });
  });
}

describeScheduleStore('the schedule store in memory', async () => ({
  store: new MemoryScheduleStore(),
  close: async () => {},
}));

describeScheduleStore('the schedule store on DynamoDB', async () => {
  const { client, tableName, close } = await startJobTable();
  return { store: new DynamoDbScheduleStore(client, tableName, new RecordedTelemetry()), close };
});

describe('schedules and jobs in one table', () => {
  it('are told apart: neither is found, listed or due as the other', async () => {
    const { client, tableName, close } = await startJobTable();
    const schedules = new DynamoDbScheduleStore(client, tableName, new RecordedTelemetry());
    const jobs = new DynamoDbJobStore(client, tableName, new RecordedTelemetry());
    const schedule = aSchedule({ owner: 'ada', due_at: now });
    const job = acceptedJob({ owner: 'ada', due_at: now });
    await schedules.create(schedule);
    await jobs.accept(job);
    await expect.poll(async () => (await listed(jobs.ofOwner('ada'))).map(({ id }) => id)).toEqual([job.id]);
    expect(await listed(schedules.ofOwner('ada'))).toEqual([schedule]);
    expect(await jobs.find(schedule.id, 'strong')).toBeUndefined();
    expect(await schedules.find({ owner: 'ada', id: job.id })).toBeUndefined();
    expect(await listed(jobs.due(schedule.due_shard, now))).toEqual([]);
    expect(await listed(schedules.due(job.due_shard, now))).toEqual([]);
    await close();
  });

  it('that a later release wrote, or that are damaged, are refused', async () => {
    const { client, tableName, close } = await startJobTable();
    const store = new DynamoDbScheduleStore(client, tableName, new RecordedTelemetry());
    const later = aSchedule({ rv: 2 });
    const damaged = aSchedule();
    const { runs: _, ...halved } = scheduleItem(damaged);
    for (const Item of [scheduleItem(later), halved]) {
      await client.send(new PutItemCommand({ TableName: tableName, Item }));
    }
    await expect(store.find(later)).rejects.toThrow(UnreadableRecordError);
    await expect(store.find(damaged)).rejects.toThrow(/damaged/);
    await close();
  });
});

async function listed<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}
