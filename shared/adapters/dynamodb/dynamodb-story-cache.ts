import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { StoredStory } from '../../catalog/schemas/story.ts';
import type { CacheEntry, CacheTurn, StoryCache } from '../../domain/ports.ts';
import { JsonText } from './json-text.ts';

type Item = Record<string, AttributeValue>;

/**
 * Shared stories in the job table: one item a key holds the story, or whose turn it is to write it. Every method is one call. What has
 * expired counts as absent, because DynamoDB deletes late
 * (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/howitworks-ttl.html).
 */
export class DynamoDbStoryCache implements StoryCache {
  readonly #client: DynamoDBClient;
  readonly #table: string;

  constructor(client: DynamoDBClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async find(key: string, now: number): Promise<CacheEntry> {
    const { Item } = await this.#client.send(new GetItemCommand({ TableName: this.#table, Key: itemKey(key) }));
    return entryOf(Item, now);
  }

  async takeTurn(key: string, turn: { holder: string; until: number; now: number }): Promise<CacheTurn> {
    const { holder, until, now } = turn;
    try {
      await this.#client.send(
        new UpdateItemCommand({
          TableName: this.#table,
          Key: itemKey(key),
          UpdateExpression: 'SET holder = :holder, held_until = :until, #ttl = :ttl REMOVE story, expires_at',
          ConditionExpression:
            '(attribute_not_exists(expires_at) OR expires_at <= :now) AND (attribute_not_exists(held_until) OR held_until <= :now OR holder = :holder)',
          ExpressionAttributeNames: { '#ttl': 'ttl' },
          ExpressionAttributeValues: marshall({
            ':holder': holder,
            ':until': until,
            ':now': now,
            ':ttl': Math.ceil(until / 1_000),
          }),
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
      );
      return { kind: 'ours' };
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      const entry = entryOf(error.Item, now);
      return entry.kind === 'nothing' ? { kind: 'ours' } : entry; // what is there cannot be read, so it is written over
    }
  }

  async keep(key: string, story: StoredStory, expiresAt: number): Promise<void> {
    const ttl = Math.ceil(expiresAt / 1_000);
    const Item = { ...itemKey(key), ...marshall({ story: JSON.stringify(story), expires_at: expiresAt, ttl }) };
    await this.#client.send(new PutItemCommand({ TableName: this.#table, Item }));
  }

  async giveUp(key: string, holder: string): Promise<void> {
    try {
      await this.#client.send(
        new UpdateItemCommand({
          TableName: this.#table,
          Key: itemKey(key),
          UpdateExpression: 'REMOVE holder, held_until',
          ConditionExpression: 'holder = :holder',
          ExpressionAttributeValues: { ':holder': { S: holder } },
        }),
      );
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  }
}

function itemKey(key: string): Item {
  return { pk: { S: `C#${key}` }, sk: { S: 'C' } };
}

/** A story in a form that this release does not know counts as none: it is written anew. */
function entryOf(item: Item | undefined, now: number): CacheEntry {
  const { story, expires_at = 0, held_until = 0 } = CacheItem.parse(item ? unmarshall(item) : {});
  if (expires_at > now) {
    const parsed = JsonText.pipe(StoredStory).safeParse(story);
    if (parsed.success) return { kind: 'story', story: parsed.data, expiresAt: expires_at };
  }
  return held_until > now ? { kind: 'being_written' } : { kind: 'nothing' };
}

const CacheItem = z.object({
  story: z.string().optional(),
  expires_at: z.number().optional(),
  held_until: z.number().optional(),
});
