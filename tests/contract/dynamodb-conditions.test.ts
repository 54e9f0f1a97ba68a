/**
 * What DynamoDB promises about conditions, taken from its documentation. Errors are compared by name only. Sources, under
 * https://docs.aws.amazon.com/amazondynamodb/latest/: developerguide/Expressions.OperatorsAndFunctions.html,
 * developerguide/Expressions.ConditionExpressions.html, developerguide/Expressions.ExpressionAttributeNames.html,
 * developerguide/ReservedWords.html, APIReference/API_PutItem.html
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DynamoDbFixture, type Item, L, M, N, S, startDynamoDb } from '../support/dynamodb-endpoint.ts';

let db: DynamoDbFixture;
beforeAll(async () => {
  db = await startDynamoDb();
});
afterAll(() => db.close());

const invalid = { name: 'ValidationException' };
const refused = { name: 'ConditionalCheckFailedException' };

/** Whether a condition holds for an item with these attributes. */
async function holds(attributes: Item | undefined, condition: string, values?: Item, names?: Record<string, string>) {
  const key = db.newKey();
  if (attributes) {
    await db.put({ ...key, ...attributes });
  }
  const options = {
    ConditionExpression: condition,
    ExpressionAttributeValues: values,
    ExpressionAttributeNames: names,
  };
  return db.put(key, options).then(
    () => true,
    (error: Error) => (error.name === refused.name ? false : Promise.reject(error)),
  );
}

test.each<[string, Item, Item]>([
  ['numbers of different notation', { a: N('1') }, { ':v': N('1.0') }],
  ['a number in scientific notation', { a: N('100') }, { ':v': N('1e2') }],
  ['maps regardless of member order', { a: M({ x: N(1), y: S('q') }) }, { ':v': M({ y: S('q'), x: N(1) }) }],
  ['lists', { a: L(S('x'), N(1)) }, { ':v': L(S('x'), N('1.0')) }],
  ['sets regardless of order', { a: { SS: ['a', 'b'] } }, { ':v': { SS: ['b', 'a'] } }],
  ['number sets by value', { a: { NS: ['1', '2'] } }, { ':v': { NS: ['2.0', '1.0'] } }],
  ['booleans', { a: { BOOL: false } }, { ':v': { BOOL: false } }],
  ['nulls', { a: { NULL: true } }, { ':v': { NULL: true } }],
])('= compares %s deeply and <> is its opposite', async (_what, attributes, values) => {
  expect(await holds(attributes, 'a = :v', values)).toBe(true);
  expect(await holds(attributes, 'a <> :v', values)).toBe(false);
});

test.each<[string, Item, Item]>([
  ['lists in another order', { a: L(S('x'), S('y')) }, { ':v': L(S('y'), S('x')) }],
  ['a map with one member more', { a: M({ x: N(1) }) }, { ':v': M({ x: N(1), y: N(1) }) }],
  ['a number and its text', { a: N(5) }, { ':v': S('5') }],
  ['an attribute that is missing', {}, { ':v': N(1) }],
])('= is false and <> is true for %s', async (_what, attributes, values) => {
  expect(await holds(attributes, 'a = :v', values)).toBe(false);
  expect(await holds(attributes, 'a <> :v', values)).toBe(true);
});

test('a value may be compared with bounds of another type', async () => {
  expect(await holds({}, ':v BETWEEN :1 AND :2', { ':v': N(1), ':1': S('a'), ':2': S('b') })).toBe(false);
  expect(await holds({}, ':v BETWEEN :1 AND :2', { ':v': S('b'), ':1': S('a'), ':2': S('c') })).toBe(true);
});

test('strings are ordered by their UTF-8 bytes', async () => {
  // In UTF-16, as JavaScript compares, U+FFFF comes after the surrogates of an emoji.
  expect(await holds({ a: S('\uffff') }, 'a < :v', { ':v': S('😀') })).toBe(true);
});

test('numbers are ordered exactly over their whole range', async () => {
  const big = '12345678901234567890123456789012345678';
  expect(await holds({ a: N(big) }, 'a > :v', { ':v': N('12345678901234567890123456789012345677') })).toBe(true);
  expect(await holds({ a: N('-1e100') }, 'a < :v', { ':v': N('-1e99') })).toBe(true);
  expect(await holds({ a: N('1e-130') }, 'a > :v', { ':v': N(0) })).toBe(true);
});

test('values of different types have no order', async () => {
  expect(await holds({ a: S('5') }, 'a > :v', { ':v': N(1) })).toBe(false);
  expect(await holds({ a: S('5') }, 'NOT a > :v', { ':v': N(1) })).toBe(true);
});

test('AND binds tighter than OR, and NOT tighter than AND', async () => {
  const values = { ':1': N(1), ':2': N(2), ':9': N(9) };
  expect(await holds({ a: N(1), b: N(2) }, 'a = :1 OR a = :2 AND b = :9', values)).toBe(true);
  expect(await holds({ a: N(1), b: N(2) }, '(a = :1 OR a = :2) AND b = :9', values)).toBe(false);
  expect(await holds({ a: N(1), b: N(2) }, 'NOT a = :2 AND b = :2', { ':2': N(2) })).toBe(true);
});

test('IN and BETWEEN compare with each operand and both bounds', async () => {
  expect(await holds({ a: S('x') }, 'a IN (:1, :2)', { ':1': S('y'), ':2': S('x') })).toBe(true);
  expect(await holds({ a: S('z') }, 'a IN (:1, :2)', { ':1': S('y'), ':2': S('x') })).toBe(false);
  for (const [value, expected] of [
    [0, false],
    [1, true],
    [10, true],
    [11, false],
  ] as const) {
    expect(await holds({ a: N(value) }, 'a BETWEEN :1 AND :2', { ':1': N(1), ':2': N(10) })).toBe(expected);
  }
});

test.each<[Item]>([[{ a: S('') }], [{ a: { BOOL: false } }], [{ a: { NULL: true } }], [{ a: L() }]])(
  'attribute_exists is true for an attribute that is there, however empty: %j',
  async (attributes) => {
    expect(await holds(attributes, 'attribute_exists(a)')).toBe(true);
    expect(await holds(attributes, 'attribute_not_exists(a)')).toBe(false);
  },
);

test('paths reach into maps, and a missing step is an absent attribute', async () => {
  const attributes = { a: M({ b: M({ c: N(2) }) }) };
  expect(await holds(attributes, 'a.b.c = :v', { ':v': N(2) })).toBe(true);
  expect(await holds(attributes, 'attribute_not_exists(a.x.y)')).toBe(true);
  expect(await holds(attributes, 'attribute_not_exists(a.b.c.d)')).toBe(true);
  expect(await holds({ a: S('scalar') }, 'attribute_not_exists(a.b)')).toBe(true);
  expect(await holds({ 'x.y': N(1) }, '#n = :v', { ':v': N(1) }, { '#n': 'x.y' })).toBe(true);
});

test('attribute names that JavaScript objects inherit are ordinary names', async () => {
  expect(await holds({}, 'attribute_not_exists(toString)')).toBe(true);
  expect(await holds({}, 'attribute_not_exists(#p)', undefined, { '#p': '__proto__' })).toBe(true);
});

test.each<[Item, Item, boolean]>([
  [{ a: S('hello') }, { ':v': S('ell') }, true],
  [{ a: S('hello') }, { ':v': S('elo') }, false],
  [{ a: { SS: ['q'] } }, { ':v': S('q') }, true],
  [{ a: { NS: ['1'] } }, { ':v': N('1.0') }, true],
  [{ a: L({ BOOL: true }) }, { ':v': { BOOL: true } }, true],
  [{ a: L(M({ q: N(1) })) }, { ':v': M({ q: N(1) }) }, true],
  [{ a: L(S('1')) }, { ':v': N(1) }, false],
])('contains looks into %j for %j: %s', async (attributes, values, expected) => {
  expect(await holds(attributes, 'contains(a, :v)', values)).toBe(expected);
});

test.each<[Item, number]>([
  [{ a: S('abc') }, 3],
  [{ a: S('') }, 0],
  [{ a: L(S('1'), S('2')) }, 2],
  [{ a: L() }, 0],
  [{ a: M({ x: N(1) }) }, 1],
  [{ a: { SS: ['a', 'b'] } }, 2],
])('size of %j is %i', async (attributes, size) => {
  expect(await holds(attributes, 'size(a) = :n', { ':n': N(size) })).toBe(true);
});

test('size of a missing or a number attribute makes no comparison true', async () => {
  expect(await holds({}, 'size(a) < :n', { ':n': N(3) })).toBe(false);
  expect(await holds({ a: N(3) }, 'size(a) >= :n', { ':n': N(0) })).toBe(false);
});

test('begins_with looks at the start of a string', async () => {
  expect(await holds({ a: S('abc') }, 'begins_with(a, :v)', { ':v': S('ab') })).toBe(true);
  expect(await holds({ a: S('abc') }, 'begins_with(a, :v)', { ':v': S('b') })).toBe(false);
});

test.each<[string, Item | undefined]>([
  ['a = = :v', { ':v': N(1) }],
  ['a = :v AND', { ':v': N(1) }],
  ['(a = :v', { ':v': N(1) }],
  ['((a = :v))', { ':v': N(1) }],
  ['a < :v', { ':v': { BOOL: true } }],
  ['a BETWEEN :hi AND :lo', { ':lo': N(1), ':hi': N(2) }],
  ['a BETWEEN :1 AND :2', { ':1': N(1), ':2': S('b') }],
  ['a = a', undefined],
  ['a.b <> a.b', undefined],
  ['a IN (b, a)', undefined],
  ['contains(a, a)', undefined],
  ['begins_with(a, :v)', { ':v': N(1) }],
  ['begins_with(a, size(b))', undefined],
  ['attribute_exists(:v)', { ':v': S('a') }],
  ['exists(a)', undefined],
  ['a = :undefined', { ':v': N(1) }],
  ['a = :v', { ':v': N(1), ':unused': N(1) }],
  ['#undefined = :v', { ':v': N(1) }],
  ['status = :v', { ':v': N(1) }],
  ['Owner = :v', { ':v': N(1) }],
  ['m.ttl = :v', { ':v': N(1) }],
  ['', undefined],
])('refuses the condition %j without looking at an item', async (condition, values) => {
  await expect(holds(undefined, condition, values)).rejects.toMatchObject(invalid);
});

test('refuses attribute names that are defined and not used, or defined without an expression', async () => {
  const key = db.newKey();
  const names = { ExpressionAttributeNames: { '#z': 'z' } };
  await expect(db.update(key, 'SET a = :v', { ':v': N(1) }, names)).rejects.toMatchObject(invalid);
  await expect(db.put(key, names)).rejects.toMatchObject(invalid);
});

test('a failed condition shows the stored item when asked, and writes nothing', async () => {
  const key = db.newKey();
  await db.put({ ...key, a: N(1) });
  const onFailure = { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' } as const;
  const absent = { ConditionExpression: 'attribute_not_exists(pk)', ...onFailure };
  await expect(db.put({ ...key, a: N(2) }, absent)).rejects.toMatchObject({ ...refused, Item: { ...key, a: N(1) } });
  const { ReturnValuesOnConditionCheckFailure: _, ...unasked } = absent;
  const error = await db.put(key, unasked).catch((reason: unknown) => reason);
  expect(error).toMatchObject({ ...refused, Item: undefined });
  expect(await db.get(key)).toEqual({ ...key, a: N(1) });
});
