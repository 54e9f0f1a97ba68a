import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  type PutItemCommandOutput,
  paginateQuery,
} from '@aws-sdk/client-dynamodb';
import type { AcceptOutcome, IdempotencyKey, IdempotencyName } from '../../domain/ports.ts';
import type { Schedule } from '../../domain/schedule.ts';
import type { KnownAnswer, ScheduleName, ScheduleStore } from '../../domain/schedule-store.ts';
import { UnreadableRecordError } from '../../domain/unreadable-record.ts';
import { acceptOnce, knownKey } from './accept-once.ts';
import { dueQuery } from './index-queries.ts';
import { orUnreadable, type RecordWatch, watched } from './record-watch.ts';
import { deletedItem, isSchedule, scheduleItem, scheduleKey, scheduleNameOf, scheduleOf } from './schedule-item.ts';

/** Schedules in the job table (docs/schedules.md). All reads but that of the due index are strongly consistent. */
export class DynamoDbScheduleStore implements ScheduleStore {
  readonly #client: DynamoDBClient;
  readonly #table: string;
  readonly #watch: RecordWatch;

  constructor(client: DynamoDBClient, table: string, watch: RecordWatch) {
    this.#client = client;
    this.#table = table;
    this.#watch = watch;
  }

  async create(schedule: Schedule, key?: IdempotencyKey): Promise<AcceptOutcome> {
    const item = scheduleItem(schedule);
    if (key) return acceptOnce(this.#client, this.#table, { id: schedule.id, item }, key);
    // The id is new, so an item that is there already is this one: the first try was written and its answer lost.
    await this.#put(item, 'attribute_not_exists(pk)');
    return { kind: 'accepted' };
  }

  async answered(key: IdempotencyName, now: number): Promise<KnownAnswer | undefined> {
    const known = await knownKey(this.#client, this.#table, key, now);
    return known && { fingerprint: known.fingerprint, answer: known.answer };
  }

  async find(name: ScheduleName): Promise<Schedule | undefined> {
    const Key = scheduleKey(name);
    const { Item } = await this.#client.send(new GetItemCommand({ TableName: this.#table, Key, ConsistentRead: true }));
    return Item && watched(() => scheduleOf(Item), this.#watch);
  }

  async *ofOwner(owner: string): AsyncGenerator<Schedule> {
    const { pk = { S: '' } } = scheduleKey({ owner, id: '' });
    const query = {
      TableName: this.#table,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': pk },
      ConsistentRead: true,
      ScanIndexForward: false,
    };
    for await (const { Items = [] } of paginateQuery({ client: this.#client }, query)) {
      for (const item of Items) {
        const schedule = orUnreadable(() => watched(() => scheduleOf(item), this.#watch));
        if (schedule && !(schedule instanceof UnreadableRecordError)) yield schedule;
      }
    }
  }

  async moveOn({ due_at = 0 }: Schedule, after: Schedule): Promise<boolean> {
    const moved = await this.#put(scheduleItem(after), 'due_at = :due', { ':due': { N: String(due_at) } });
    return moved !== undefined;
  }

  async remove(name: ScheduleName, now: number): Promise<Schedule | undefined> {
    const removed = await this.#put(
      deletedItem(name, now),
      'attribute_exists(pk) AND attribute_not_exists(deleted_at)',
    );
    const before = removed?.Attributes;
    return before && watched(() => scheduleOf(before), this.#watch);
  }

  /** Writes the item in the place of what was there; undefined if the condition does not hold. */
  async #put(
    Item: ReturnType<typeof scheduleItem>,
    ConditionExpression: string,
    ExpressionAttributeValues?: ReturnType<typeof scheduleItem>,
  ): Promise<PutItemCommandOutput | undefined> {
    const values = ExpressionAttributeValues && { ExpressionAttributeValues };
    try {
      return await this.#client.send(
        new PutItemCommand({ TableName: this.#table, Item, ConditionExpression, ...values, ReturnValues: 'ALL_OLD' }),
      );
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return undefined;
      throw error;
    }
  }

  async *due(shard: number, before: number): AsyncGenerator<ScheduleName> {
    const query = { TableName: this.#table, ...dueQuery(shard, before) };
    for await (const { Items = [] } of paginateQuery({ client: this.#client }, query)) {
      yield* Items.filter(isSchedule).map(scheduleNameOf);
    }
  }
}
