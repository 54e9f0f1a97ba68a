import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { letterItem } from '../../shared/adapters/dynamodb/dead-letter-item.ts';
import { DynamoDbJobStore } from '../../shared/adapters/dynamodb/dynamodb-job-store.ts';
import { DynamoDbScheduleStore } from '../../shared/adapters/dynamodb/dynamodb-schedule-store.ts';
import { headItem } from '../../shared/adapters/dynamodb/job-item.ts';
import { scheduleItem } from '../../shared/adapters/dynamodb/schedule-item.ts';
import { newestReadableVersion } from '../../shared/domain/job.ts';
import { UnreadableRecordError } from '../../shared/domain/unreadable-record.ts';
import { acceptedAt, acceptedJob, newId } from '../support/job-builder.ts';
import { startJobTable } from '../support/job-table.ts';
import { RecordedTelemetry } from '../support/recorded-telemetry.ts';
import { aSchedule } from '../support/schedule-builder.ts';

const secret = 'a table for two, under the name of Ada';

let table: Awaited<ReturnType<typeof startJobTable>>;
let told: RecordedTelemetry;
let jobs: DynamoDbJobStore;
let schedules: DynamoDbScheduleStore;

beforeAll(async () => {
  table = await startJobTable();
}, 60_000);
beforeEach(() => {
  told = new RecordedTelemetry();
  jobs = new DynamoDbJobStore(table.client, table.tableName, told);
  schedules = new DynamoDbScheduleStore(table.client, table.tableName, told);
});
afterAll(() => table.close());

const put = (Item: ReturnType<typeof headItem>) =>
  table.client.send(new PutItemCommand({ TableName: table.tableName, Item }));

/** Each a way in which a head cannot be read, with what must not be told about it. */
const damages = {
  'a field of another type': { status: { N: '1' } },
  'a field that is missing': { queue: { NULL: true } },
  'an input that is no JSON': { input: marshall({ json: secret }, { convertTopLevelContainer: true }) },
  'a number that no number can hold': { progress: { N: '12345678901234567890123456789' } },
  'a text where a list should be': { history: { S: secret } },
  'a later version': { rv: { N: String(newestReadableVersion + 1) } },
} as const;

describe('a head', () => {
  it.each(Object.entries(damages))(
    'with %s is counted and told by its id, without what is in it',
    async (_, damage) => {
      const job = acceptedJob({ input: { inline: { request: secret } } });
      await put({ ...headItem(job), ...damage });
      const error: unknown = await jobs.find(job.id, 'strong').catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(UnreadableRecordError);
      expect(error).toMatchObject({ id: job.id, owner: job.owner });
      expect(told.counted('records_unreadable')).toBe(1);
      expect(told.warnings).toMatchObject([{ event: 'record_unreadable' }]);
      const logged = textOf(error);
      expect(logged).toContain(job.id);
      for (const content of [secret, secret.slice(0, 5), '12345678901234']) expect(logged).not.toContain(content);
    },
  );

  it('that cannot be read stops no list, whatever is wrong with it', async () => {
    const owner = newId();
    const [first, second] = [acceptedJob({ owner }), acceptedJob({ owner })];
    const odd = Object.values(damages).map((damage) => ({ ...headItem(acceptedJob({ owner })), ...damage }));
    for (const item of [headItem(first), ...odd, headItem(second)]) await put(item);
    const listed = async () => {
      const heads = [];
      for await (const head of jobs.ofOwner(owner)) heads.push(head);
      return heads;
    };
    await expect.poll(async () => (await listed()).length).toBe(odd.length + 2);
    const readable = (await listed()).filter((head) => !(head instanceof UnreadableRecordError));
    expect(readable.map(({ id }) => id)).toEqual([first.id, second.id].toSorted().toReversed());
  });
});

describe('a part', () => {
  it('that is damaged is told by the id of its job, without what is in it', async () => {
    const id = newId();
    await put({ ...marshall({ pk: `J#${id}`, sk: 'P#result#1#1', json: secret }) });
    const error: unknown = await jobs.read(id, { part: 'P#result#1#1' }).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: 'UnreadableRecordError', id });
    expect(textOf(error)).not.toContain(secret);
  });
});

describe('an unreadable letter', () => {
  it('that is itself damaged is told by the id of its message', async () => {
    const messageId = newId();
    const letter = letterItem({ messageId, source: 'a-queue', body: secret, reason: 'no JSON', at: acceptedAt });
    await put({ ...letter, reason: { N: '1' } });
    await expect(jobs.findUnreadable(messageId)).rejects.toMatchObject({ id: messageId, reason: 'damaged' });
    expect(told.counted('records_unreadable')).toBe(1);
  });
});

describe('schedules', () => {
  it('are listed without those that cannot be read, which are told', async () => {
    const owner = newId();
    const good = aSchedule({ owner });
    const items = [scheduleItem(good), scheduleItem(aSchedule({ owner, rv: 2 }))];
    const damaged = {
      ...scheduleItem(aSchedule({ owner })),
      job: { M: { type: { S: 'generate_story' }, json: { S: secret } } },
    };
    for (const item of [...items, damaged]) await put(item);
    const listed = [];
    for await (const schedule of schedules.ofOwner(owner)) listed.push(schedule);
    expect(listed).toEqual([good]);
    expect(told.counted('records_unreadable')).toBe(2);
    expect(told.warnings.map(({ cause }) => textOf(cause)).join()).not.toContain(secret);
  });
});

/** All that a log can show of an error. */
function textOf(error: unknown): string {
  const { message, stack, cause } = error instanceof Error ? error : new Error(String(error));
  return [message, stack, cause === undefined ? '' : textOf(cause), JSON.stringify(error)].join('\n');
}
