import type { AttributeValue, TransactionCanceledException, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import type { IdempotencyKey, IdempotencyName } from '../../domain/ports.ts';

type Item = Record<string, AttributeValue>;

/** Keys of the record of one idempotency key: within its owner and route. */
export function idempotencyItemKey({ owner, route, key }: IdempotencyName): Item {
  return { pk: { S: `K#${owner}#${route}#${key}` }, sk: { S: 'K' } };
}

/** The item that keeps a key with its job and answer; DynamoDB deletes it some time after it has expired, so readers must look at `expires_at`. */
export function idempotencyItem(key: IdempotencyKey, jobId: string): Item {
  const { fingerprint, answer, expiresAt } = key;
  return {
    ...idempotencyItemKey(key),
    ...marshall({
      job_id: jobId,
      fingerprint,
      answer: JSON.stringify(answer),
      expires_at: expiresAt,
      ttl: Math.ceil(expiresAt / 1_000),
    }),
  };
}

/** A new head and its key, both or neither: the head must not be there, the key absent or expired. */
export function acceptOnceItems(TableName: string, head: Item, key: Item, now: number): TransactWriteItem[] {
  const headWrite = { TableName, Item: head, ConditionExpression: 'attribute_not_exists(pk)' };
  const keyWrite = {
    TableName,
    Item: key,
    ConditionExpression: 'attribute_not_exists(pk) OR expires_at <= :now',
    ExpressionAttributeValues: { ':now': { N: String(now) } },
  };
  return [{ Put: headWrite }, { Put: keyWrite }];
}

/** What was kept under a key, unless it has expired: DynamoDB deletes late. */
export function knownIdempotency(item: Item, now: number) {
  const stored = IdempotencyItem.parse(unmarshall(item));
  if (stored.expires_at <= now) return undefined;
  return { jobId: stored.job_id, fingerprint: stored.fingerprint, answer: JSON.parse(stored.answer) };
}

/** The transaction met another one, or found the key taken; anything else in its reasons is a fault of ours. */
export function isLostRace({ CancellationReasons = [] }: TransactionCanceledException): boolean {
  const codes = CancellationReasons.map(({ Code = 'None' }) => Code);
  return codes.every((code) => code === 'None' || code === 'TransactionConflict' || code === 'ConditionalCheckFailed');
}

const IdempotencyItem = z.object({
  job_id: z.string(),
  fingerprint: z.string(),
  answer: z.string(),
  expires_at: z.number(),
});
