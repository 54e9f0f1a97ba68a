/**
 * What a random request comes to is the same on the stand-in and on another DynamoDB: results whole, errors by name and by what comes with
 * them. Messages are nobody's promise. Without another DynamoDB there is nothing to compare with (`npm run conformance`).
 */
import { randomUUID } from 'node:crypto';
import {
  type AttributeValue,
  ConditionalCheckFailedException,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Item, S, tableDefinition } from '../support/dynamodb-endpoint.ts';
import { type DynamoDbTable, otherDynamoDb, startStandInTable, startTable } from '../support/dynamodb-engine.ts';
import {
  aCondition,
  aKeyCondition,
  anItem,
  anUpdate,
  attributesOnly,
  type Expression,
} from '../support/dynamodb-requests.ts';

const numRuns = Number(process.env.CONFORMANCE_RUNS ?? 300);
const LONG = 300_000;

describe.skipIf(otherDynamoDb === undefined)('a random request comes to the same on the stand-in', () => {
  let tables: readonly DynamoDbTable[];
  beforeAll(async () => {
    const once = { maxAttempts: 1 };
    tables = await Promise.all([startStandInTable(tableDefinition, once), startTable(tableDefinition, once)]);
  }, LONG);
  afterAll(() => Promise.all(tables.map((table) => table.close())));

  /** Does the same in both tables, under keys that nothing has used, and wants the same of both. */
  async function same(act: (calls: Calls, key: Key) => Promise<unknown>): Promise<void> {
    const key = { pk: S(randomUUID()), sk: S('s') };
    const [standIn, other] = await Promise.all(tables.map((table) => act(callsTo(table), key)));
    expect(standIn).toEqual(other);
  }

  it(
    'that has a condition',
    () =>
      fc.assert(
        fc.asyncProperty(anItem, aCondition, fc.boolean(), (item, condition, isShown) =>
          same(async ({ put, get }, key) => [
            await put({ ...key, ...item }),
            await put({ ...key, mark: S('new') }, condition, isShown),
            await get(key),
          ]),
        ),
        { numRuns },
      ),
    LONG,
  );

  it(
    'that updates',
    () =>
      fc.assert(
        fc.asyncProperty(fc.option(anItem), anUpdate, (item, expression) =>
          same(async ({ put, update, get }, key) => [
            item && (await put({ ...key, ...item })),
            await update(key, expression),
            await get(key),
          ]),
        ),
        { numRuns },
      ),
    LONG,
  );

  it(
    'that queries',
    () =>
      fc.assert(
        fc.asyncProperty(fc.uniqueArray(aSortKey, { maxLength: 4 }), aKeyCondition, (sortKeys, condition) =>
          same(async ({ put, query }, { pk }) => [
            await Promise.all(sortKeys.map((sk) => put({ pk, sk: S(sk) }))),
            await query(pk, condition),
          ]),
        ),
        { numRuns },
      ),
    LONG,
  );

  it(
    'that writes and checks in one transaction',
    () =>
      fc.assert(
        fc.asyncProperty(anItem, attributesOnly, aCondition, aCondition, (before, after, first, second) =>
          same(async ({ put, get, transact }, key) => [
            await put({ ...key, ...before }),
            await transact([{ ...key, ...after }, first], [{ ...key, sk: S('other') }, second]),
            await get(key),
          ]),
        ),
        { numRuns },
      ),
    LONG,
  );
});

type Key = Readonly<Record<'pk' | 'sk', AttributeValue>>;
type Calls = ReturnType<typeof callsTo>;

const aSortKey = fc.constantFrom('a', 'ab', 'b', 'é', '😀', '\uffff', '1');

function callsTo({ client, tableName: TableName }: DynamoDbTable) {
  const conditional = (condition: Expression, isShown: boolean) => ({
    ConditionExpression: condition.text,
    ExpressionAttributeValues: condition.ExpressionAttributeValues,
    ReturnValuesOnConditionCheckFailure: isShown ? ('ALL_OLD' as const) : ('NONE' as const),
  });
  return {
    get: (Key: Item) => outcome(client.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }))),
    put: (Item: Item, condition?: Expression, isShown = false) =>
      outcome(client.send(new PutItemCommand({ TableName, Item, ...(condition && conditional(condition, isShown)) }))),
    update: (Key: Item, { text: UpdateExpression, ExpressionAttributeValues }: Expression) =>
      outcome(
        client.send(
          new UpdateItemCommand({
            TableName,
            Key,
            UpdateExpression,
            ExpressionAttributeValues,
            ReturnValues: 'ALL_NEW',
          }),
        ),
      ),
    query: (pk: AttributeValue, { text: KeyConditionExpression, ExpressionAttributeValues: values }: Expression) =>
      outcome(
        client.send(
          new QueryCommand({ TableName, KeyConditionExpression, ExpressionAttributeValues: { ...values, ':pk': pk } }),
        ),
      ),
    transact: (...[[Item, first], [Key, second]]: readonly [[Item, Expression], [Item, Expression]]) => {
      const put = { Put: { TableName, Item, ...conditional(first, true) } };
      const check = { ConditionCheck: { TableName, Key, ...conditional(second, true) } };
      return outcome(client.send(new TransactWriteItemsCommand({ TransactItems: [put, check] })));
    },
  };
}

/** What was answered, without what tells the engines apart: request ids, messages, the order of a set. */
async function outcome(answer: Promise<{ readonly $metadata: unknown }>): Promise<unknown> {
  try {
    const { $metadata: _, ...result } = await answer;
    return comparable(result);
  } catch (error) {
    if (error instanceof TransactionCanceledException) {
      const reasons = error.CancellationReasons?.map(({ Message: _, ...reason }) => reason);
      return comparable({ name: error.name, reasons });
    }
    if (error instanceof ConditionalCheckFailedException) return comparable({ name: error.name, Item: error.Item });
    return error instanceof Error ? error.name : error;
  }
}

function comparable(value: unknown): unknown {
  const sorted = (_: string, inner: unknown) =>
    Array.isArray(inner) && inner.every((member) => typeof member === 'string') ? inner.toSorted() : inner;
  return JSON.parse(JSON.stringify(value, sorted));
}
