import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { retentionSeconds } from '../../domain/job.ts';
import type { DeadLetterPile, UnreadableLetter } from '../../domain/ports.ts';
import { recordOf } from './stored-record.ts';

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

/** Rejects with `UnreadableRecordError` an item that is no letter. */
export function letterOf(item: Item): UnreadableLetter {
  const messageId = (item.pk?.S ?? '').slice('X#'.length);
  const { ended_at, ...letter } = recordOf(item, { id: messageId }, Letter, VERSION);
  return { messageId, at: ended_at, ...letter };
}

/** Letters have one form so far, and say nothing of it. */
const VERSION = 1;

const Letter = z.object({
  ended_at: z.number(),
  source: z.string(),
  body: z.string(),
  reason: z.string(),
});
