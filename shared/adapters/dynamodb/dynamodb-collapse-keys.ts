import { createHash } from 'node:crypto';
import { ConditionalCheckFailedException, type DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { collapseMemorySeconds } from '../../catalog/notifications.ts';
import type { CollapseKey, CollapseKeys } from '../../domain/notification.ts';

/** The newest notification of each collapse key, one item a key in the job table, under a hash: no address is kept. */
export class DynamoDbCollapseKeys implements CollapseKeys {
  readonly #client: DynamoDBClient;
  readonly #table: string;

  constructor(client: DynamoDBClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async take(key: CollapseKey, order: string, now: number): Promise<boolean> {
    try {
      await this.#client.send(
        new UpdateItemCommand({
          TableName: this.#table,
          Key: { pk: { S: `N#${hashOf(key)}` }, sk: { S: 'N' } },
          UpdateExpression: 'SET latest = :order, #ttl = :ttl',
          ConditionExpression: 'attribute_not_exists(latest) OR latest <= :order',
          ExpressionAttributeNames: { '#ttl': 'ttl' },
          ExpressionAttributeValues: {
            ':order': { S: order },
            ':ttl': { N: String(Math.ceil(now / 1_000) + collapseMemorySeconds) },
          },
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }
}

function hashOf({ owner, target, key }: CollapseKey): string {
  return createHash('sha256')
    .update(JSON.stringify([owner, target, key]))
    .digest('base64url');
}
