import * as z from 'zod';
import { localArn } from '../../template/physical-names.ts';
import type { Requests } from '../dynamodb/requests.ts';
import type { Need } from './decide.ts';
import { type ItemAccess, partitionKeysOf, type Tables } from './partition-keys.ts';

/** The permissions that each operation needs: on the table, or on the index that it reads. Other operations answer undefined. */
export function dynamoDbNeeds(operation: string, body: unknown, tables: Tables): readonly Need[] | undefined {
  return rows.get(operation)?.(body, tables);
}

type Row = (body: unknown, tables: Tables) => readonly Need[];

const oneItem = z.object({
  TableName: z.string(),
  IndexName: z.string().optional(),
  Key: z.unknown().optional(),
  Item: z.unknown().optional(),
  KeyConditionExpression: z.string().optional(),
  ExpressionAttributeNames: z.record(z.string(), z.string()).optional(),
  ExpressionAttributeValues: z.record(z.string(), z.unknown()).optional(),
});
const batch = z.object({ RequestItems: z.record(z.string(), z.object({ Keys: z.array(z.unknown()) })) });
const transaction = z.object({ TransactItems: z.array(z.record(z.string(), z.unknown())) });

const onItem =
  (action: string): Row =>
  (body, tables) => {
    const { Key, Item, ...access } = oneItem.parse(body);
    return [need(action, { ...access, items: [Key ?? Item] }, tables)];
  };

/** A transaction has no permission of its own: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis-iam.html */
const inTransaction: ReadonlyMap<string, Row> = new Map([
  ['Put', onItem('PutItem')],
  ['Update', onItem('UpdateItem')],
  ['Delete', onItem('DeleteItem')],
  ['ConditionCheck', onItem('ConditionCheckItem')],
]);

/** @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html */
const table: Readonly<Record<keyof Requests, Row>> = {
  GetItem: onItem('GetItem'),
  PutItem: onItem('PutItem'),
  UpdateItem: onItem('UpdateItem'),
  Query: onItem('Query'),
  BatchGetItem: (body, tables) =>
    Object.entries(batch.parse(body).RequestItems).map(([TableName, { Keys }]) =>
      need('BatchGetItem', { TableName, items: Keys }, tables),
    ),
  TransactWriteItems: (body, tables) =>
    transaction
      .parse(body)
      .TransactItems.flatMap(Object.entries)
      .flatMap(([kind, write]) => (inTransaction.get(kind) ?? onItem(kind))(write, tables)),
};
const rows: ReadonlyMap<string, Row> = new Map(Object.entries(table));

function need(action: string, access: ItemAccess, tables: Tables): Need {
  const index = access.IndexName === undefined ? '' : `/index/${access.IndexName}`;
  return {
    action: `dynamodb:${action}`,
    resource: localArn('dynamodb', `table/${access.TableName}${index}`),
    context: () => ({ 'dynamodb:LeadingKeys': partitionKeysOf(access, tables) }),
  };
}
