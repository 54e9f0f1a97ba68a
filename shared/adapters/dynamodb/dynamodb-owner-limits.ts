import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { QueueName } from '../../catalog/queues.ts';
import {
  type HeldPlace,
  type HoldAsk,
  judge,
  type LimitAsk,
  levelOf,
  type OwnerLimits,
  type Spent,
  type TakeOutcome,
} from '../../domain/owner-limits.ts';
import { ownerItemKey, ownerUseOf, takenPlaces, useTtl } from './owner-item.ts';
import { type Expressions, spendUpdate, takeUpdate } from './owner-updates.ts';

type Item = Record<string, AttributeValue>;

/** Writes that met another one of the same owner, before the owner is let through uncounted. */
const ATTEMPTS = 5;

/** Owners whose buckets this sandbox remembers. */
const MOST_REMEMBERED = 1_000;

/**
 * What owners have used, one item of the job table an owner. A take is one UpdateItem: it says what the bucket must be like for it to be
 * right, and a refusal brings the item along that tells whether it was wrong or there is nothing to take. Only the guess costs a second call:
 * an expression cannot take the later of two times, so a full bucket and one in use are written differently.
 */
export class DynamoDbOwnerLimits implements OwnerLimits {
  readonly #client: DynamoDBClient;
  readonly #table: string;
  /** When buckets are full again, as this sandbox saw them last: a good guess. */
  readonly #seen = new Map<string, number>();

  constructor(client: DynamoDBClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async take(ask: LimitAsk): Promise<TakeOutcome> {
    const { limitClass, bucket, now } = ask;
    let guess = this.#seen.get(bucketName(ask)) ?? now;
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      const { applied, item } = await this.#update(ask.owner, takeUpdate(ask, guess > now));
      const use = ownerUseOf(item);
      guess = use.full[limitClass] ?? now;
      this.#remember(bucketName(ask), guess);
      if (applied) return { kind: 'taken', level: levelOf(guess, bucket, now) };
      const verdict = judge(use, ask);
      if (verdict !== 'may_take') return verdict;
    }
    throw new Error(`${ATTEMPTS} takes of one owner met others`);
  }

  async forget(owner: string, queue: QueueName, ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    await this.#update(owner, {
      UpdateExpression: 'DELETE #jobs :ids',
      ConditionExpression: 'attribute_exists(pk)',
      ExpressionAttributeNames: { '#jobs': `unfinished_${queue}` },
      ExpressionAttributeValues: { ':ids': { SS: [...ids] } },
    });
  }

  async spend(owner: string, spent: Spent): Promise<void> {
    let isFirstOfDay = false;
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      const { applied } = await this.#update(owner, spendUpdate(spent, isFirstOfDay));
      if (applied) return;
      isFirstOfDay = !isFirstOfDay;
    }
    throw new Error(`${ATTEMPTS} countings of one owner's spending met others`);
  }

  async hold(owner: string, { most, until, now }: HoldAsk): Promise<HeldPlace | undefined> {
    let place = 0;
    for (let attempt = 0; attempt <= most; attempt++) {
      const { applied, item } = await this.#update(owner, {
        UpdateExpression: 'SET #held = :until, #ttl = :ttl',
        ConditionExpression: 'attribute_not_exists(#held) OR #held <= :now',
        ExpressionAttributeNames: { '#held': `held_${place}`, '#ttl': 'ttl' },
        ExpressionAttributeValues: marshall({ ':until': until, ':now': now, ':ttl': useTtl(now) }),
      });
      if (applied) return { place, until };
      const taken = takenPlaces(item, now);
      place = Array.from({ length: most }, (_, index) => index).find((index) => !taken.has(index)) ?? most;
      if (place === most) return undefined;
    }
    return undefined;
  }

  async release(owner: string, { place, until }: HeldPlace): Promise<void> {
    await this.#update(owner, {
      UpdateExpression: 'REMOVE #held',
      ConditionExpression: '#held = :until',
      ExpressionAttributeNames: { '#held': `held_${place}` },
      ExpressionAttributeValues: marshall({ ':until': until }),
    });
  }

  /** The item after the update, or the one that refused it. */
  async #update(owner: string, update: Expressions): Promise<{ readonly applied: boolean; readonly item: Item }> {
    try {
      const { Attributes = {} } = await this.#client.send(
        new UpdateItemCommand({
          TableName: this.#table,
          Key: ownerItemKey(owner),
          ...update,
          ReturnValues: 'ALL_NEW',
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
      );
      return { applied: true, item: Attributes };
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      return { applied: false, item: error.Item ?? {} };
    }
  }

  #remember(name: string, full: number): void {
    if (this.#seen.size >= MOST_REMEMBERED) this.#seen.clear();
    this.#seen.set(name, full);
  }
}

function bucketName({ owner, limitClass }: LimitAsk): string {
  return `${limitClass}#${owner}`;
}
