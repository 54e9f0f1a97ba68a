import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { type UnreadableReason, UnreadableRecordError } from '../../domain/unreadable-record.ts';

type Item = Record<string, AttributeValue>;

/** Whose record an item is, for the log of one that cannot be read. */
export interface RecordName {
  readonly id: string;
  readonly owner?: string;
}

/**
 * What the schema makes of a stored item. Rejects with `UnreadableRecordError` what a later release wrote (`rv` above `newest`) and what does
 * not fit, so that nothing acts on half a record.
 */
export function recordOf<T>(item: Item, name: RecordName, schema: z.ZodType<T>, newest: number): T {
  const unreadable = (reason: UnreadableReason, detail: string, cause?: Error) =>
    new UnreadableRecordError({ ...name, reason }, detail, cause && { cause });
  const record = attributesOf(item);
  if (!record) throw unreadable('damaged', 'its attributes are no values of ours');
  if (typeof record.rv === 'number' && record.rv > newest) throw unreadable('newer', `its version is ${record.rv}`);
  const parsed = schema.safeParse(record);
  if (parsed.success) return parsed.data;
  throw unreadable('damaged', z.prettifyError(parsed.error), parsed.error);
}

/** The SDK's message about a number that it cannot represent would quote the number, so none of its errors is kept. */
function attributesOf(item: Item): Record<string, unknown> | undefined {
  try {
    return unmarshall(item);
  } catch {
    return undefined;
  }
}
