import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import type { UpstreamName } from '../../catalog/upstreams.ts';
import { type UpstreamChange, type UpstreamState, type UpstreamStates, untouched } from '../../domain/upstream.ts';

/** Writes that met another worker's, before the call is let through. */
const ATTEMPTS = 6;

/** An upstream that nobody has called for a day has a full bucket and a closed breaker. */
const KEPT_SECONDS = 86_400;

/** How old a state may be by which a call is turned away. */
const FRESH_MILLISECONDS = 1_000;

interface Seen {
  /** When it was read or written, milliseconds since the epoch. */
  readonly at: number;
  /** Undefined: there is no item. */
  readonly version: number | undefined;
  readonly state: UpstreamState;
}

/**
 * The states of the upstreams, one item each in the job table. A change is one UpdateItem that holds for the version seen last; a refusal
 * brings the item along. Only the first change of a sandbox, and one that meets another, cost two. Before a call is turned away, the item is
 * read, unless it was seen just now.
 */
export class DynamoDbUpstreamStates implements UpstreamStates {
  readonly #client: DynamoDBClient;
  readonly #table: string;
  readonly #seen = new Map<UpstreamName, Seen>();

  constructor(client: DynamoDBClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async change<Answer>(
    upstream: UpstreamName,
    now: number,
    decide: (state: UpstreamState) => UpstreamChange<Answer>,
  ): Promise<Answer> {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      const seen = this.#seen.get(upstream) ?? seenIn(undefined, Number.NEGATIVE_INFINITY);
      const { answer, state } = decide(seen.state);
      if (state) {
        const refusedBy = await this.#write(upstream, state, seen.version, now);
        this.#seen.set(upstream, refusedBy ?? { version: (seen.version ?? 0) + 1, state, at: now });
        if (!refusedBy) return answer;
      } else {
        if (now - seen.at < FRESH_MILLISECONDS) return answer;
        this.#seen.set(upstream, await this.#read(upstream, now));
      }
    }
    throw new Error(`${ATTEMPTS} changes of ${upstream} met others`);
  }

  async #read(upstream: UpstreamName, now: number): Promise<Seen> {
    const { Item } = await this.#client.send(
      new GetItemCommand({ TableName: this.#table, Key: itemKey(upstream), ConsistentRead: true }),
    );
    return seenIn(Item, now);
  }

  /** Resolves to the state that refused the write, if one did. */
  async #write(
    upstream: UpstreamName,
    state: UpstreamState,
    version: number | undefined,
    now: number,
  ): Promise<Seen | undefined> {
    try {
      await this.#client.send(
        new UpdateItemCommand({
          TableName: this.#table,
          Key: itemKey(upstream),
          UpdateExpression: 'SET #state = :state, #version = :next, #ttl = :ttl',
          ConditionExpression: version === undefined ? 'attribute_not_exists(pk)' : '#version = :version',
          ExpressionAttributeNames: { '#state': 'upstream_state', '#version': 'version', '#ttl': 'ttl' },
          ExpressionAttributeValues: marshall(
            {
              ':state': state,
              ':next': (version ?? 0) + 1,
              ':ttl': Math.ceil(now / 1_000) + KEPT_SECONDS,
              ...(version !== undefined && { ':version': version }),
            },
            { removeUndefinedValues: true },
          ),
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
      );
      return undefined;
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      return seenIn(error.Item, now);
    }
  }
}

function itemKey(upstream: UpstreamName) {
  return { pk: { S: `B#upstream#${upstream}` }, sk: { S: 'B' } };
}

/** No item: nobody has called for long, and it was deleted. */
function seenIn(item: Record<string, AttributeValue> | undefined, at: number): Seen {
  if (!item) return { version: undefined, state: untouched, at };
  const { version, upstream_state } = UpstreamItem.parse(unmarshall(item));
  return { version, state: upstream_state, at };
}

const UpstreamItem = z.object({
  version: z.int(),
  upstream_state: z.object({
    full: z.number(),
    openUntil: z.number().optional(),
    isProbing: z.boolean().optional(),
    cause: z.enum(['throttled', 'outage']).optional(),
    window: z.object({ from: z.number(), answered: z.number(), failed: z.number(), throttled: z.number() }),
  }),
});
