import {
  type AttributeValue,
  type DynamoDBClient,
  GetItemCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import type { AcceptOutcome, IdempotencyKey, IdempotencyName } from '../../domain/ports.ts';
import {
  acceptOnceItems,
  idempotencyItem,
  idempotencyItemKey,
  isLostRace,
  knownIdempotency,
} from './idempotency-item.ts';

/** A transaction that lost a race is sent again this often, unchanged. */
const TRANSACTION_ATTEMPTS = 4;

/** Writes a new item with its idempotency key, both or neither; `id` tells later whether the key is that of this very item. */
export async function acceptOnce(
  client: DynamoDBClient,
  table: string,
  { id, item }: { readonly id: string; readonly item: Record<string, AttributeValue> },
  key: IdempotencyKey,
): Promise<AcceptOutcome> {
  const transaction = new TransactWriteItemsCommand({
    TransactItems: acceptOnceItems(table, item, idempotencyItem(key, id), key.now),
  });
  for (let attempt = 1; attempt <= TRANSACTION_ATTEMPTS; attempt++) {
    try {
      await client.send(transaction);
      return { kind: 'accepted' };
    } catch (error) {
      if (!(error instanceof TransactionCanceledException) || !isLostRace(error)) throw error;
      const known = await knownKey(client, table, key, key.now);
      if (known?.jobId === id) return { kind: 'accepted' };
      if (known) return { kind: 'known', fingerprint: known.fingerprint, answer: known.answer };
    }
  }
  return { kind: 'in_flight' };
}

/** What was kept under the key, if it has been used and has not expired. */
export async function knownKey(
  client: DynamoDBClient,
  table: string,
  key: IdempotencyName,
  now: number,
): Promise<ReturnType<typeof knownIdempotency>> {
  const { Item } = await client.send(
    new GetItemCommand({ TableName: table, Key: idempotencyItemKey(key), ConsistentRead: true }),
  );
  return Item && knownIdempotency(Item, now);
}
