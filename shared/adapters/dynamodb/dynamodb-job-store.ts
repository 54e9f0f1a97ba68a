import { randomBytes } from 'node:crypto';
import {
  type AttributeValue,
  BatchGetItemCommand,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  paginateQuery,
  type QueryCommandInput,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import type { Change } from '../../domain/change.ts';
import { type Job, retentionSeconds, type StoredValue } from '../../domain/job.ts';
import type {
  AcceptOutcome,
  ApplyOutcome,
  DeadLetterEntry,
  DeadLetterPile,
  FoundHeads,
  IdempotencyKey,
  IdempotencyName,
  JobStore,
  UnreadableLetter,
} from '../../domain/ports.ts';
import { type Known, withMore, withoutNewPart } from '../../domain/stored-value.ts';
import { isReadable, UnreadableRecordError } from '../../domain/unreadable-record.ts';
import { acceptOnce, knownKey } from './accept-once.ts';
import { letterItem, letterKey, letterOf } from './dead-letter-item.ts';
import { deadLetterEntry, deadLettersQuery, dueQuery, ownerQuery } from './index-queries.ts';
import { headItem, headKey, idOf, isJob, jobOf } from './job-item.ts';
import { JsonText } from './json-text.ts';
import { orUnreadable, type RecordWatch, watched } from './record-watch.ts';
import { recordOf } from './stored-record.ts';
import { updateExpression, writeIdField } from './update-expression.ts';

type Item = Record<string, AttributeValue>;

/** A part lives as long as its job can be read, counted from its writing, and the longest life of a job on top. */
const PART_SECONDS = retentionSeconds + 45 * 86_400;

/** Keys BatchGetItem takes (https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html). */
const LARGEST_BATCH = 100;

/** The job records in one DynamoDB table (docs/job-record.md). Each record that it cannot read is told to operators by its id. */
export class DynamoDbJobStore implements JobStore {
  readonly #client: DynamoDBClient;
  readonly #table: string;
  readonly #watch: RecordWatch;

  constructor(client: DynamoDBClient, table: string, watch: RecordWatch) {
    this.#client = client;
    this.#table = table;
    this.#watch = watch;
  }

  async accept(job: Job, key?: IdempotencyKey): Promise<AcceptOutcome> {
    if (key) return acceptOnce(this.#client, this.#table, { id: job.id, item: headItem(job) }, key);
    try {
      await this.#client.send(
        new PutItemCommand({
          TableName: this.#table,
          Item: headItem(job),
          ConditionExpression: 'attribute_not_exists(pk)',
        }),
      );
    } catch (error) {
      // The id is new, so a head that is there already is this one: the first try was written and its answer lost.
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
    return { kind: 'accepted' };
  }

  findAnswer(key: IdempotencyName, now: number): ReturnType<typeof knownKey> {
    return knownKey(this.#client, this.#table, key, now);
  }

  async find(id: string, consistency: 'eventual' | 'strong'): Promise<Job | undefined> {
    const { Item } = await this.#client.send(
      new GetItemCommand({ TableName: this.#table, Key: headKey(id), ConsistentRead: consistency === 'strong' }),
    );
    return Item && this.#job(Item);
  }

  #job(item: Item): Job {
    return watched(() => jobOf(item), this.#watch);
  }

  async *ofOwner(owner: string, before?: string): AsyncGenerator<Job | UnreadableRecordError> {
    for await (const items of this.#pages(ownerQuery(owner, before)))
      yield* await this.#heads(items.map(idOf), 'eventual');
  }

  async *#pages(query: Omit<QueryCommandInput, 'TableName'>): AsyncGenerator<Item[]> {
    const pages = paginateQuery({ client: this.#client }, { TableName: this.#table, ...query });
    for await (const { Items = [] } of pages) yield Items;
  }

  async findAll(ids: readonly string[], consistency: 'eventual' | 'strong'): Promise<FoundHeads> {
    const heads = await this.#heads(ids, consistency);
    return {
      jobs: heads.filter((head) => isReadable(head)),
      unreadable: heads.filter((head) => head instanceof UnreadableRecordError),
    };
  }

  /** In the order of the ids. Keys that DynamoDB did not get to are asked for again. */
  async #heads(ids: readonly string[], consistency: 'eventual' | 'strong'): Promise<(Job | UnreadableRecordError)[]> {
    const found = new Map<string, Item>();
    let keys = ids.map(headKey);
    while (keys.length > 0) {
      const asked = { Keys: keys.slice(0, LARGEST_BATCH), ConsistentRead: consistency === 'strong' };
      const request = new BatchGetItemCommand({ RequestItems: { [this.#table]: asked } });
      const { Responses = {}, UnprocessedKeys = {} } = await this.#client.send(request);
      for (const item of Responses[this.#table] ?? []) found.set(idOf(item), item);
      keys = [...(UnprocessedKeys[this.#table]?.Keys ?? []), ...keys.slice(LARGEST_BATCH)];
    }
    return ids.flatMap((id) => {
      const item = found.get(id);
      return item ? [orUnreadable(() => this.#job(item))] : [];
    });
  }

  /** The client repeats a request whose answer was lost; what the first one has changed then refuses it, and is told by the id of the write. */
  async apply(change: Change): Promise<ApplyOutcome> {
    const writeId = randomBytes(9).toString('base64url');
    try {
      const { Attributes = {} } = await this.#client.send(
        new UpdateItemCommand({
          TableName: this.#table,
          Key: headKey(change.id),
          ...updateExpression(change, writeId),
          ReturnValues: 'ALL_NEW',
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
      );
      return { applied: true, job: this.#job({ ...Attributes, ...headKey(change.id) }) };
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      if (error.Item?.[writeIdField]?.S === writeId) return { applied: true, job: this.#job(error.Item) };
      return { applied: false, job: error.Item && this.#job(error.Item) };
    }
  }

  async keep(
    job: Pick<Job, 'id' | 'visit' | 'attempt'>,
    name: 'input' | 'result',
    value: unknown,
    known?: Known,
  ): Promise<StoredValue> {
    const stored = withoutNewPart(value, known);
    if (stored) return stored;
    const json = JSON.stringify(value);
    const part = `P#${name}#${job.visit}#${job.attempt}`;
    const ttl = Math.ceil(Date.now() / 1_000) + PART_SECONDS;
    await this.#client.send(
      new PutItemCommand({ TableName: this.#table, Item: marshall({ pk: `J#${job.id}`, sk: part, json, ttl }) }),
    );
    return { part };
  }

  async read(id: string, value: StoredValue): Promise<unknown> {
    if ('inline' in value) return value.inline;
    const Key: Item = { pk: { S: `J#${id}` }, sk: { S: value.part } };
    const { Item } = await this.#client.send(new GetItemCommand({ TableName: this.#table, Key, ConsistentRead: true }));
    if (!Item) throw new Error(`Job ${id} has no part ${value.part}`);
    return withMore(
      watched(() => recordOf(Item, { id }, Part, PART_VERSION).json, this.#watch),
      value,
    );
  }

  async *due(shard: number, before: number): AsyncGenerator<string> {
    for await (const items of this.#pages(dueQuery(shard, before))) yield* items.filter(isJob).map(idOf);
  }

  async *deadLetters(
    pile: DeadLetterPile,
    order: 'newest_first' | 'oldest_first',
    from?: number,
  ): AsyncGenerator<DeadLetterEntry> {
    for await (const items of this.#pages(deadLettersQuery(pile, order, from))) yield* items.map(deadLetterEntry);
  }

  async keepUnreadable(letter: UnreadableLetter): Promise<void> {
    await this.#client.send(new PutItemCommand({ TableName: this.#table, Item: letterItem(letter) }));
  }

  async findUnreadable(messageId: string): Promise<UnreadableLetter | undefined> {
    const { Item } = await this.#client.send(new GetItemCommand({ TableName: this.#table, Key: letterKey(messageId) }));
    return Item && watched(() => letterOf(Item), this.#watch);
  }
}

const Part = z.object({ json: JsonText });

/** Parts have one form so far, and say nothing of it. */
const PART_VERSION = 1;
