import type { AttributeValue, QueryCommandInput } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import type { DeadLetterEntry, DeadLetterPile } from '../../domain/ports.ts';

type IndexQuery = Omit<QueryCommandInput, 'TableName'>;
type Item = Record<string, AttributeValue>;

/** Heads read at a time for a list. */
const OWNER_PAGE = 50;

/** Index entries read at a time: as many as the longest page of the API. */
const DEAD_LETTER_PAGE = 100;

/** An owner's listed jobs with ids below `before`, newest first. */
export function ownerQuery(owner: string, before?: string): IndexQuery {
  return {
    IndexName: 'owner',
    KeyConditionExpression: before === undefined ? '#owner = :owner' : '#owner = :owner AND #id < :before',
    ExpressionAttributeNames: { '#owner': 'listed_owner', ...(before !== undefined && { '#id': 'id' }) },
    ExpressionAttributeValues: { ':owner': { S: owner }, ...(before !== undefined && { ':before': { S: before } }) },
    ScanIndexForward: false,
    Limit: OWNER_PAGE,
  };
}

/** One shard's jobs whose due time is not after `before`, soonest first. */
export function dueQuery(shard: number, before: number): IndexQuery {
  return {
    IndexName: 'due',
    KeyConditionExpression: 'due_shard = :shard AND due_at <= :before',
    ExpressionAttributeValues: { ':shard': { N: String(shard) }, ':before': { N: String(before) } },
  };
}

/** Failed jobs by the queue they died on, and unreadable letters as if they had a queue of their own. */
export function deadLettersQuery(
  pile: DeadLetterPile,
  order: 'newest_first' | 'oldest_first',
  from?: number,
): IndexQuery {
  const start = order === 'newest_first' ? 'ended_at <= :from' : 'ended_at >= :from';
  return {
    IndexName: 'dead',
    KeyConditionExpression: from === undefined ? '#dead = :pile' : `#dead = :pile AND ${start}`,
    ExpressionAttributeNames: { '#dead': 'dead' },
    ExpressionAttributeValues: { ':pile': { S: pile }, ...(from !== undefined && { ':from': { N: String(from) } }) },
    ScanIndexForward: order === 'oldest_first',
    Limit: DEAD_LETTER_PAGE,
  };
}

/** The failed job that an item of the index `dead` stands for. Throws ZodError for an item that is none. */
export function deadLetterEntry(item: Item): DeadLetterEntry {
  const { pk, ended_at } = Entry.parse(unmarshall(item));
  return { id: pk.slice('J#'.length), diedAt: ended_at };
}

const Entry = z.object({ pk: z.string(), ended_at: z.number() });
