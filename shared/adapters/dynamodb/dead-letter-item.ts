import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { retentionSeconds } from '../../domain/job.ts';
import type { DeadLetterPile, UnreadableLetter } from '../../domain/ports.ts';

type Item = Record<string, AttributeValue>;

/** Keys of a message of which no job could be made. */
export function letterKey(messageId: string): Item {
  return { pk: { S: `X#${messageId}` }, sk: { S: 'X' } };
}

/** `dead` and `ended_at` put it into the same index as the jobs. */
export function letterItem({ messageId, source, body, reason, at }: UnreadableLetter): Item {
  const ttl = Math.ceil(at / 1_000) + retentionSeconds;
  const pile: DeadLetterPile = 'unreadable';
  return { ...letterKey(messageId), ...marshall({ dead: pile, ended_at: at, source, body, reason, ttl }) };
}

export function letterOf(item: Item): UnreadableLetter {
  const { pk, ended_at, ...letter } = Letter.parse(unmarshall(item));
  return { messageId: pk.slice('X#'.length), at: ended_at, ...letter };
}

const Letter = z.object({
  pk: z.string(),
  ended_at: z.number(),
  source: z.string(),
  body: z.string(),
  reason: z.string(),
});
