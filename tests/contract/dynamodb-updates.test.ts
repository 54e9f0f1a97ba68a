/**
 * What DynamoDB promises about updates and returned values, taken from its documentation. Errors are compared by name only.
 * Sources, under https://docs.aws.amazon.com/amazondynamodb/latest/: developerguide/Expressions.UpdateExpressions.html,
 * developerguide/Expressions.Attributes.html, APIReference/API_UpdateItem.html
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DynamoDbFixture, type Item, L, M, N, S, startDynamoDb } from '../support/dynamodb-endpoint.ts';

let db: DynamoDbFixture;
beforeAll(async () => {
  db = await startDynamoDb();
});
afterAll(() => db.close());

const invalid = { name: 'ValidationException' };

function withoutKey(item: Item | undefined): Item {
  const { pk: _pk, sk: _sk, ...rest } = item ?? {};
  return rest;
}

/** The attributes, keys aside, after an update of an item that had these. */
async function updated(attributes: Item | undefined, expression: string, values?: Item): Promise<Item> {
  const key = db.newKey();
  if (attributes) {
    await db.put({ ...key, ...attributes });
  }
  await db.update(key, expression, values);
  return withoutKey(await db.get(key));
}

test.each<[string, Item | undefined, string, Item | undefined, Item]>([
  ['creates the item', undefined, 'SET a = :v', { ':v': S('') }, { a: S('') }],
  ['keeps what if_not_exists finds', { a: N(5) }, 'SET a = if_not_exists(a, :v)', { ':v': N(1) }, { a: N(5) }],
  ['counts from a default', {}, 'SET a = if_not_exists(a, :z) + :o', { ':z': N(0), ':o': N(1) }, { a: N(1) }],
  ['appends', { l: L(S('a')) }, 'SET l = list_append(l, :v)', { ':v': L(S('b')) }, { l: L(S('a'), S('b')) }],
  ['prepends', { l: L(S('a')) }, 'SET l = list_append(:v, l)', { ':v': L(S('b')) }, { l: L(S('b'), S('a')) }],
  ['reads every right-hand side first', { a: N(1), b: N(2) }, 'SET a = b, b = a', undefined, { a: N(2), b: N(1) }],
  ['calculates in decimals', { a: N('0.1') }, 'SET a = a + :v', { ':v': N('0.2') }, { a: N('0.3') }],
  ['subtracts', { a: N(3) }, 'SET a = a - :v', { ':v': N('3.5') }, { a: N('-0.5') }],
  ['sets a nested member', { m: M({ x: N(1) }) }, 'SET m.y = :v', { ':v': N(2) }, { m: M({ x: N(1), y: N(2) }) }],
  ['adds to nothing', undefined, 'ADD n :v', { ':v': N(5) }, { n: N(5) }],
  ['adds to a nested number', { m: M({ c: N(1) }) }, 'ADD m.c :v', { ':v': N(-3) }, { m: M({ c: N(-2) }) }],
  ['removes a member', { m: M({ x: N(1), y: N(2) }) }, 'REMOVE m.x', undefined, { m: M({ y: N(2) }) }],
  ['lets a missing attribute be removed', { l: L() }, 'REMOVE b, c', undefined, { l: L() }],
  ['deletes the last member and the set', { s: { SS: ['a'] } }, 'DELETE s :v', { ':v': { SS: ['a'] } }, {}],
  ['reads keywords in any case', { b: N(1) }, ' set a=:v  remove b ', { ':v': N(1) }, { a: N(1) }],
])('%s', async (_what, before, expression, values, after) => {
  expect(await updated(before, expression, values)).toEqual(after);
});

test('adds to sets without duplicates', async () => {
  const { s } = await updated({ s: { SS: ['a'] } }, 'ADD s :v', { ':v': { SS: ['b', 'a'] } });
  expect(s?.SS?.toSorted()).toEqual(['a', 'b']);
  const { n } = await updated({ n: { NS: ['1'] } }, 'ADD n :v', { ':v': { NS: ['1.0', '2'] } });
  expect(n?.NS?.toSorted()).toEqual(['1', '2']);
});

test.each<[string, Item, Item | undefined]>([
  ['SET a = b', {}, undefined],
  ['SET a = if_not_exists(b, b)', { b: N(1) }, undefined],
  ['SET a = if_not_exists(b, c)', { b: N(1) }, undefined],
  ['SET a = a + :v', {}, { ':v': N(1) }],
  ['SET a = a + :v', { a: S('x') }, { ':v': N(1) }],
  ['SET l = list_append(l, :v)', { l: S('x') }, { ':v': L() }],
  ['SET m.y = :v', {}, { ':v': N(1) }],
  ['SET m.y = :v', { m: S('x') }, { ':v': N(1) }],
  ['ADD m.y :v', {}, { ':v': N(1) }],
  ['ADD n :v', { n: S('x') }, { ':v': N(1) }],
  ['ADD n :v', {}, { ':v': L() }],
  ['ADD s :v', { s: { SS: ['a'] } }, { ':v': { NS: ['1'] } }],
  ['DELETE s :v', { s: { SS: ['a'] } }, { ':v': S('a') }],
  ['REMOVE m.x', {}, undefined],
  ['SET a = :v, a = :v', {}, { ':v': N(1) }],
  ['SET m = :v, m.y = :v', {}, { ':v': N(1) }],
  ['SET a = :v SET b = :v', {}, { ':v': N(1) }],
  ['SET a = :v,', {}, { ':v': N(1) }],
  ['SET pk = :v', {}, { ':v': S('x') }],
  ['SET a = :v', {}, { ':v': N('123456789012345678901234567890123456789') }],
  ['SET a = a + a', { a: N('9e125') }, undefined],
])('refuses %s on %j', async (expression, attributes, values) => {
  await expect(updated(attributes, expression, values)).rejects.toMatchObject(invalid);
});

test.each([
  ['ALL_OLD', { a: N(1), b: N(2), m: M({ x: N(1), y: N(2) }) }],
  ['ALL_NEW', { a: N(9), b: N(2), m: M({ x: N(9), y: N(2) }) }],
  ['NONE', {}],
] as const)('returns %s', async (ReturnValues, expected) => {
  const key = db.newKey();
  await db.put({ ...key, a: N(1), b: N(2), m: M({ x: N(1), y: N(2) }) });
  const { Attributes } = await db.update(key, 'SET a = :v, m.x = :v', { ':v': N(9) }, { ReturnValues });
  expect(withoutKey(Attributes)).toEqual(expected);
});

test('a put returns the old item, and refuses to return a new one', async () => {
  const key = db.newKey();
  expect((await db.put({ ...key, a: N(1) }, { ReturnValues: 'ALL_OLD' })).Attributes).toBeUndefined();
  expect((await db.put({ ...key, a: N(2) }, { ReturnValues: 'ALL_OLD' })).Attributes).toEqual({ ...key, a: N(1) });
  await expect(db.put(key, { ReturnValues: 'ALL_NEW' })).rejects.toMatchObject(invalid);
});
