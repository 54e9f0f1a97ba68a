import { type Item, itemBytes, parseItem } from './attribute-value.ts';
import { invalid } from './failure.ts';
import { type KeyRange, parseKeyCondition } from './key-condition.ts';
import { Placeholders } from './placeholders.ts';
import type { Requests } from './requests.ts';
import type { Store } from './store.ts';
import { exactKeyOf, identityOf, type KeyedRows, keyAttributes, keyOf, placeOf, type Table } from './table.ts';

/** @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html */
const maxBatchKeys = 100;

/** @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Query.Pagination.html */
const maxPageBytes = 1024 * 1024;

/** The item under the key, if there is one. Throws ValidationException for a key that is not exactly the table's. */
export function getItem(store: Store, request: Requests['GetItem']) {
  const table = store.table(request.TableName);
  return { Item: store.read(table, exactKeyOf(table.keys, parseItem(request.Key))) };
}

/** Reads up to 100 keys. All are processed, since the product's items are far from the 16 MB at which AWS stops. */
export function batchGetItem(store: Store, { RequestItems }: Requests['BatchGetItem']) {
  const wanted = Object.entries(RequestItems).flatMap(([tableName, { Keys }]) => {
    const table = store.table(tableName);
    return Keys.map((key) => ({ table, key: exactKeyOf(table.keys, parseItem(key)) }));
  });
  const identities = new Set(wanted.map(({ table, key }) => identityOf(table, key)));
  if (wanted.length < 1 || wanted.length > maxBatchKeys || identities.size < wanted.length) {
    throw invalid('A batch takes 1 to 100 keys without duplicates');
  }
  const Responses: Record<string, Item[]> = Object.fromEntries(Object.keys(RequestItems).map((name) => [name, []]));
  for (const { table, key } of wanted) {
    const item = store.read(table, key);
    if (item) Responses[table.name]?.push(item);
  }
  return { Responses, UnprocessedKeys: {} };
}

/**
 * One page of a query. Indexes are immediately consistent here; on AWS they follow after a moment, so nothing may rely on it.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Query.html
 */
export function query(store: Store, request: Requests['Query']) {
  const table = store.table(request.TableName);
  const rows = rowsOf(table, request);
  const placeholders = new Placeholders(request);
  const range = parseKeyCondition(request.KeyConditionExpression, placeholders, rows.keys);
  placeholders.checkUse();
  const start = request.ExclusiveStartKey;
  const after = start === undefined ? undefined : endOfLastPage(table, rows, range, parseItem(start));
  const found = store.range(table, { rows, ...range, isForward: request.ScanIndexForward, after });
  const { items, last } = readPage(found, request.Limit);
  const LastEvaluatedKey = last && keyAttributes(table, rows, last);
  return { Items: items, Count: items.length, ScannedCount: items.length, LastEvaluatedKey };
}

function rowsOf(table: Table, { IndexName, ConsistentRead }: Requests['Query']): KeyedRows {
  if (IndexName === undefined) return table;
  const rows = table.indexes.find(({ indexName }) => indexName === IndexName);
  if (!rows) throw invalid(`The table does not have the specified index: ${IndexName}`);
  if (ConsistentRead) throw invalid('Consistent reads are not supported on global secondary indexes');
  return rows;
}

/** The key with which the previous page ended. It must lie within the key condition. */
function endOfLastPage(table: Table, rows: KeyedRows, { hash, low, high }: KeyRange, start: Item) {
  const place = placeOf(rows, start);
  if (!place || Object.keys(keyAttributes(table, rows, start)).length !== Object.keys(start).length) {
    throw invalid('The provided starting key is invalid');
  }
  if (!place.hash.equals(hash) || place.range.compare(low) < 0 || place.range.compare(high) >= 0) {
    throw invalid('The provided starting key is outside query boundaries based on provided conditions');
  }
  return { range: place.range, item: identityOf(table, keyOf(table.keys, start)) };
}

/** Reads until the limit, 1 MB or the end; `last` is set unless the end was reached. */
function readPage(found: Iterable<Item>, limit = Number.POSITIVE_INFINITY) {
  const items: Item[] = [];
  let bytes = 0;
  for (const item of found) {
    bytes += itemBytes(item);
    if (bytes > maxPageBytes) return { items, last: items.at(-1) };
    items.push(item);
    if (items.length >= limit) return { items, last: item };
  }
  return { items, last: undefined };
}
