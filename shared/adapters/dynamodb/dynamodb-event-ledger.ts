import { ConditionalCheckFailedException, type DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { type EventLedger, eventHoldMilliseconds, eventMemorySeconds } from '../../domain/payment-event.ts';

/** Events in the job table, one item each, forgotten by TTL. Every method is one call. */
export class DynamoDbEventLedger implements EventLedger {
  readonly #client: DynamoDBClient;
  readonly #table: string;

  constructor(client: DynamoDBClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async take(id: string, now: number): Promise<'ours' | 'finished' | 'in_flight'> {
    try {
      await this.#client.send(
        new UpdateItemCommand({
          TableName: this.#table,
          Key: itemKey(id),
          UpdateExpression: 'SET held_until = :until, #ttl = :ttl',
          ConditionExpression:
            'attribute_not_exists(finished_at) AND (attribute_not_exists(held_until) OR held_until <= :now)',
          ExpressionAttributeNames: { '#ttl': 'ttl' },
          ExpressionAttributeValues: marshall({
            ':until': now + eventHoldMilliseconds,
            ':now': now,
            ':ttl': Math.ceil(now / 1_000) + eventMemorySeconds,
          }),
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
      );
      return 'ours';
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      const { finished_at } = EventItem.parse(error.Item ? unmarshall(error.Item) : {});
      return finished_at === undefined ? 'in_flight' : 'finished';
    }
  }

  async finish(id: string, now: number): Promise<void> {
    await this.#client.send(
      new UpdateItemCommand({
        TableName: this.#table,
        Key: itemKey(id),
        UpdateExpression: 'SET finished_at = :now',
        ExpressionAttributeValues: { ':now': { N: String(now) } },
      }),
    );
  }
}

function itemKey(id: string) {
  return { pk: { S: `W#${id}` }, sk: { S: 'W' } };
}

const EventItem = z.object({ finished_at: z.number().optional() });
