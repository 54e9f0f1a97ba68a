import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { queueNames } from '../../catalog/queues.ts';
import { remediatedAlarms } from '../../catalog/remediations.ts';
import { noRemediation, type RemediationState, type RemediationStore } from '../../domain/remediation.ts';

const key: Record<string, AttributeValue> = { pk: { S: 'R#remediation' }, sk: { S: 'R' } };

/** The state of remediation: one item of the job table, with a version against writers at the same moment. */
export class DynamoDbRemediationStore implements RemediationStore {
  readonly #client: DynamoDBClient;
  readonly #table: string;

  constructor(client: DynamoDBClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async read(): Promise<RemediationState> {
    const { Item } = await this.#client.send(
      new GetItemCommand({ TableName: this.#table, Key: key, ConsistentRead: true }),
    );
    return Item ? State.parse(unmarshall(Item)) : noRemediation;
  }

  async replace(before: RemediationState, after: RemediationState): Promise<boolean> {
    const version = before.version + 1;
    try {
      await this.#client.send(
        new PutItemCommand({
          TableName: this.#table,
          Item: { ...key, ...marshall({ ...after, version }) },
          ConditionExpression: 'attribute_not_exists(pk) OR #version = :before',
          ExpressionAttributeNames: { '#version': 'version' },
          ExpressionAttributeValues: { ':before': { N: String(before.version) } },
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }
}

const State: z.ZodType<RemediationState> = z.object({
  version: z.number(),
  acts: z.array(z.object({ notice: z.string(), at: z.number() })),
  pauses: z.array(
    z.object({
      queue: z.enum(queueNames),
      alarm: z.enum(remediatedAlarms),
      alarmQueue: z.enum(queueNames),
      until: z.number(),
    }),
  ),
  // An item of the release before has none.
  raises: z.array(z.object({ queue: z.enum(queueNames), concurrency: z.number(), until: z.number() })).default([]),
});
