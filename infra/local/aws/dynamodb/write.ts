import { type Item, itemBytes, parseItem } from './attribute-value.ts';
import { parseCondition } from './condition.ts';
import { DynamoDbFailure, invalid } from './failure.ts';
import { Placeholders } from './placeholders.ts';
import type { CheckRequest, ConditionalRequest, PutRequest, Requests, UpdateRequest } from './requests.ts';
import type { Store } from './store.ts';
import { type EncodedKey, exactKeyOf, keyOf, placeOf, type Table } from './table.ts';
import { parseUpdate } from './update.ts';

/** @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html (item size) */
const maxItemBytes = 400 * 1024;

/** A write whose request has been checked and that waits for the stored item. */
export interface PreparedWrite {
  readonly table: Table;
  readonly key: EncodedKey;
  /** The item after the write. Throws ConditionalCheckFailedException, or ValidationException for an impossible update. */
  readonly next: (before: Item | undefined) => Item | undefined;
}

/** Replaces the whole item if its condition holds. Throws ConditionalCheckFailedException if not, ValidationException for a wrong request. */
export function putItem(store: Store, request: Requests['PutItem']) {
  return perform(store, preparePut(store, request), request.ReturnValues);
}

/** Changes the item, or makes it, if its condition holds. Throws ConditionalCheckFailedException if not, ValidationException for a wrong request. */
export function updateItem(store: Store, request: Requests['UpdateItem']) {
  return perform(store, prepareUpdate(store, request), request.ReturnValues);
}

/** A put that is checked and not yet done. Throws ValidationException for a wrong request. */
export function preparePut(store: Store, request: PutRequest): PreparedWrite {
  const table = store.table(request.TableName);
  const item = parseItem(request.Item);
  checkItem(table, item);
  const next = guarded(request, new Placeholders(request), () => item);
  return { table, key: keyOf(table.keys, item), next };
}

/** An update that is checked and not yet done. Throws ValidationException for a wrong request, such as one that changes the key. */
export function prepareUpdate(store: Store, request: UpdateRequest): PreparedWrite {
  const table = store.table(request.TableName);
  const keyItem = parseItem(request.Key);
  const key = exactKeyOf(table.keys, keyItem);
  const placeholders = new Placeholders(request);
  const update = parseUpdate(request.UpdateExpression, placeholders);
  const changedKey = table.keys.find(({ name }) => update.attributes.includes(name));
  if (changedKey) throw invalid(`Cannot update attribute ${changedKey.name}. This attribute is part of the key`);
  const next = guarded(request, placeholders, (before = keyItem) => {
    const after = update.apply(before);
    checkItem(table, after);
    return after;
  });
  return { table, key, next };
}

/** A write that leaves the item as it is. */
export function prepareCheck(store: Store, request: CheckRequest): PreparedWrite {
  const table = store.table(request.TableName);
  const key = exactKeyOf(table.keys, parseItem(request.Key));
  return { table, key, next: guarded(request, new Placeholders(request), (before) => before) };
}

/** The last to parse an expression of its request: it checks the use of the placeholders. */
function guarded(
  request: ConditionalRequest,
  placeholders: Placeholders,
  next: PreparedWrite['next'],
): PreparedWrite['next'] {
  const text = request.ConditionExpression;
  const meetsCondition = text === undefined ? () => true : parseCondition(text, placeholders);
  placeholders.checkUse();
  return (before) => {
    if (meetsCondition(before ?? {})) return next(before);
    const Item = request.ReturnValuesOnConditionCheckFailure === 'ALL_OLD' ? before : undefined;
    throw new DynamoDbFailure('ConditionalCheckFailedException', 'The conditional request failed', { Item });
  };
}

function checkItem(table: Table, item: Item): void {
  for (const index of table.indexes) placeOf(index, item);
  if (itemBytes(item) > maxItemBytes) throw invalid('Item size has exceeded the maximum allowed size');
}

function perform(store: Store, { table, key, next }: PreparedWrite, returned: 'NONE' | 'ALL_OLD' | 'ALL_NEW') {
  const before = store.read(table, key);
  const after = next(before);
  store.commit([{ table, key, before, after }]);
  return { Attributes: { NONE: undefined, ALL_OLD: before, ALL_NEW: after }[returned] };
}
