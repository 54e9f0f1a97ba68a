/**
 * What DynamoDB promises about queries and indexes, taken from its documentation. Sources, under
 * https://docs.aws.amazon.com/amazondynamodb/latest/: developerguide/Query.KeyConditionExpressions.html,
 * developerguide/Query.Pagination.html, developerguide/GSI.html, APIReference/API_Query.html
 */
import type { QueryCommandInput, QueryCommandOutput } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DynamoDbFixture, type Item, N, S, startDynamoDb } from '../support/dynamodb-endpoint.ts';

let db: DynamoDbFixture;
const invalid = { name: 'ValidationException' };
const rowName = (number: number) => `k${String(number).padStart(3, '0')}`;

beforeAll(async () => {
  db = await startDynamoDb();
  for (let number = 0; number < 25; number += 1) {
    const indexKeys: Item = number % 5 === 0 ? { gpk: S('G'), gsk: N(number * 10 - 50) } : {};
    await db.put({ pk: S('Q'), sk: S(rowName(number)), v: N(number), note: S('n'), ...indexKeys });
  }
});
afterAll(() => db.close());

const sortKeys = ({ Items = [] }: QueryCommandOutput) => Items.map(({ sk }) => sk?.S);

/** Rows of the partition whose sort key meets a condition. */
function rows(condition: string, values: Item, more: Partial<QueryCommandInput> = {}) {
  const text = condition ? `pk = :p AND ${condition}` : 'pk = :p';
  return db.query(text, { ':p': S('Q'), ...values }, more);
}

function inIndex(partition: string, more: Partial<QueryCommandInput> = {}) {
  return db.query('gpk = :p', { ':p': S(partition) }, { IndexName: 'sorted', ...more });
}

/** Follows LastEvaluatedKey to the end. */
async function allPages(page: (start: Item | undefined) => Promise<QueryCommandOutput>) {
  const items: Item[] = [];
  let pages = 0;
  let start: Item | undefined;
  do {
    const result = await page(start);
    items.push(...(result.Items ?? []));
    start = result.LastEvaluatedKey;
    pages += 1;
  } while (start && pages < 50);
  return { items, pages };
}

test.each<[string, Item, number[]]>([
  ['sk = :s', { ':s': S('k003') }, [3]],
  ['sk < :s', { ':s': S('k003') }, [0, 1, 2]],
  ['sk <= :s', { ':s': S('k002') }, [0, 1, 2]],
  ['sk > :s', { ':s': S('k022') }, [23, 24]],
  ['sk >= :s', { ':s': S('k023') }, [23, 24]],
  ['sk BETWEEN :s AND :t', { ':s': S('k003'), ':t': S('k005') }, [3, 4, 5]],
  ['begins_with(sk, :s)', { ':s': S('k02') }, [20, 21, 22, 23, 24]],
  ['begins_with(sk, :s)', { ':s': S('x') }, []],
])('%s selects by sort key, in both directions', async (condition, values, expected) => {
  expect(sortKeys(await rows(condition, values))).toEqual(expected.map(rowName));
  const backward = await rows(condition, values, { ScanIndexForward: false });
  expect(sortKeys(backward)).toEqual(expected.map(rowName).toReversed());
});

test.each<[string, Item]>([
  ['sk = :p', {}],
  ['pk > :p', {}],
  ['pk = :p OR sk = :s', { ':s': S('a') }],
  ['NOT pk = :p', {}],
  ['pk = :p AND v = :s', { ':s': N(1) }],
  ['pk = :p AND sk <> :s', { ':s': S('a') }],
  ['pk = :p AND sk IN (:s)', { ':s': S('a') }],
  ['pk = :p AND contains(sk, :s)', { ':s': S('a') }],
  ['pk = :p AND sk = :s', { ':s': N(1) }],
  ['pk = :p AND sk BETWEEN :t AND :s', { ':s': S('a'), ':t': S('b') }],
])('refuses the key condition %s', async (condition, values) => {
  await expect(db.query(condition, { ':p': S('Q'), ...values })).rejects.toMatchObject(invalid);
});

test('accepts the sort key condition before the partition key', async () => {
  expect(sortKeys(await db.query('sk = :s AND pk = :p', { ':p': S('Q'), ':s': S('k001') }))).toEqual(['k001']);
});

test.each([true, false])('pages meet without gap or overlap (forward: %s)', async (ScanIndexForward) => {
  const page = (start: Item | undefined) => rows('', {}, { Limit: 7, ScanIndexForward, ExclusiveStartKey: start });
  const { items, pages } = await allPages(page);
  const numbers = items.map(({ v }) => Number(v?.N));
  const all = Array.from({ length: 25 }, (_, number) => number);
  expect([numbers, pages]).toEqual([ScanIndexForward ? all : all.toReversed(), 4]);
});

test('a page that ends with the limit has a last key, even at the end', async () => {
  const exact = await rows('', {}, { Limit: 25 });
  expect(exact.LastEvaluatedKey).toEqual({ pk: S('Q'), sk: S('k024') });
  expect((await rows('', {}, { Limit: 26 })).LastEvaluatedKey).toBeUndefined();
});

test('a start key need not exist, but must lie within the condition', async () => {
  const from = (sk: string, pk = 'Q') => ({ Limit: 2, ExclusiveStartKey: { pk: S(pk), sk: S(sk) } });
  expect(sortKeys(await rows('', {}, from('k0035')))).toEqual(['k004', 'k005']);
  await expect(rows('', {}, from('k003', 'other'))).rejects.toMatchObject(invalid);
  await expect(rows('sk > :s', { ':s': S('k013') }, from('k010'))).rejects.toMatchObject(invalid);
  const incomplete = { ExclusiveStartKey: { pk: S('Q') } };
  await expect(rows('', {}, incomplete)).rejects.toMatchObject(invalid);
});

test('a page has room for at least one item', async () => {
  await expect(rows('', {}, { Limit: 0 })).rejects.toMatchObject(invalid);
});

test('string sort keys are ordered by their UTF-8 bytes', async () => {
  const ordered = ['0', '10', '9', 'A', 'a', 'a#', 'a/', 'aa', 'a~', 'é', '\uffff', '😀'];
  await Promise.all(ordered.toReversed().map((sk) => db.put({ pk: S('ORDER'), sk: S(sk) })));
  expect(sortKeys(await db.query('pk = :p', { ':p': S('ORDER') }))).toEqual(ordered);
  const prefixed = await db.query('pk = :p AND begins_with(sk, :a)', { ':p': S('ORDER'), ':a': S('a') });
  expect(sortKeys(prefixed)).toEqual(['a', 'a#', 'a/', 'aa', 'a~']);
});

test('a page holds at most 1 MB', async () => {
  const names = Array.from({ length: 12 }, (_, number) => rowName(number));
  await Promise.all(names.map((sk) => db.put({ pk: S('BIG'), sk: S(sk), d: S('x'.repeat(100_000)) })));
  const page = (start: Item | undefined) => db.query('pk = :p', { ':p': S('BIG') }, { ExclusiveStartKey: start });
  const first = await page(undefined);
  expect(first.Items?.length).toBeLessThanOrEqual(11);
  expect(first.LastEvaluatedKey).toBeDefined();
  expect((await allPages(page)).items.map(({ sk }) => sk?.S)).toEqual(names);
});

test('an index is sparse and sorts numbers by value', async () => {
  const numbers = async (more = {}) => (await inIndex('G', more)).Items?.map(({ gsk }) => Number(gsk?.N));
  expect(await numbers()).toEqual([-50, 0, 50, 100, 150]);
  expect(await numbers({ ScanIndexForward: false })).toEqual([150, 100, 50, 0, -50]);
  const exact = ['-1e100', '-10', '-1.5', '-1e-100', '0', '1e-100', '0.5', '9', '10', '1e100'];
  await Promise.all(exact.map((gsk) => db.put({ ...db.newKey(), gpk: S('EXACT'), gsk: N(gsk) })));
  const sorted = (await inIndex('EXACT')).Items?.map(({ gsk }) => Number(gsk?.N));
  expect(sorted).toEqual(exact.map(Number));
  const range = await db.query(
    'gpk = :p AND gsk BETWEEN :lo AND :hi',
    { ':p': S('EXACT'), ':lo': N('-1.50'), ':hi': N(9) },
    { IndexName: 'sorted' },
  );
  expect(range.Items?.map(({ gsk }) => Number(gsk?.N))).toEqual([-1.5, -1e-100, 0, 1e-100, 0.5, 9]);
});

test('an index page ends with index and table keys, and pages through equal keys', async () => {
  const keys = Array.from({ length: 6 }, db.newKey);
  await Promise.all(keys.map((key) => db.put({ ...key, gpk: S('EQUAL'), gsk: N(1) })));
  for (const ScanIndexForward of [true, false]) {
    const { items } = await allPages((start) =>
      inIndex('EQUAL', { Limit: 2, ScanIndexForward, ExclusiveStartKey: start }),
    );
    expect(items.map(({ pk }) => pk?.S).toSorted()).toEqual(keys.map(({ pk }) => pk.S).toSorted());
  }
  const { LastEvaluatedKey = {} } = await inIndex('EQUAL', { Limit: 2 });
  expect(Object.keys(LastEvaluatedKey).toSorted()).toEqual(['gpk', 'gsk', 'pk', 'sk']);
});

test('an index shows the keys of index and table, and is never read consistently', async () => {
  const attributes = async (IndexName: string, more = {}) =>
    Object.keys((await inIndex('G', { IndexName, Limit: 1, ...more })).Items?.[0] ?? {}).toSorted();
  expect(await attributes('sorted')).toEqual(['gpk', 'gsk', 'pk', 'sk']);
  expect(await attributes('unsorted')).toEqual(['gpk', 'pk', 'sk']);
  await expect(attributes('unsorted', { ConsistentRead: true })).rejects.toMatchObject(invalid);
  await expect(attributes('nope')).rejects.toMatchObject(invalid);
});

test('an index follows its items', async () => {
  const key = db.newKey();
  const seen = async () => (await inIndex('FOLLOW')).Items?.map(({ gsk }) => gsk?.N);
  await db.put({ ...key, gpk: S('FOLLOW'), gsk: N(1) });
  await expect.poll(seen).toEqual(['1']);
  await db.update(key, 'SET gsk = :v', { ':v': N(2) });
  await expect.poll(seen).toEqual(['2']);
  await db.update(key, 'REMOVE gpk');
  await expect.poll(seen).toEqual([]);
  await db.update(key, 'SET gpk = :v', { ':v': S('FOLLOW') });
  await expect.poll(seen).toEqual(['2']);
  await db.put(key);
  await expect.poll(seen).toEqual([]);
});
