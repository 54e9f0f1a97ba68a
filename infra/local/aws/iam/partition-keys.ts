import { type AttributeValue, parseItem } from '../dynamodb/attribute-value.ts';
import { parseTest } from '../dynamodb/condition.ts';
import type { DynamoDb } from '../dynamodb/create-dynamodb.ts';
import { DynamoDbFailure } from '../dynamodb/failure.ts';
import { Placeholders } from '../dynamodb/placeholders.ts';
import type { PlaceholderRequest } from '../dynamodb/requests.ts';
import { parseExpression } from '../dynamodb/tokens.ts';

/** The part of a request that says which items of one table or index it is about: keys, whole items, or a key condition. */
export interface ItemAccess extends PlaceholderRequest {
  readonly TableName: string;
  readonly IndexName?: string | undefined;
  readonly items: readonly unknown[];
  readonly KeyConditionExpression?: string | undefined;
}

export type Tables = Pick<DynamoDb, 'table'>;

/** The partition keys of those items as texts. What cannot be read, and will be refused as such, is an empty text, as no key is. */
export function partitionKeysOf(access: ItemAccess, tables: Tables): readonly string[] {
  try {
    const table = tables.table(access.TableName);
    const indexed = table.indexes.find(({ indexName }) => indexName === access.IndexName);
    const name = (indexed ?? table).keys[0]?.name ?? '';
    const condition = access.KeyConditionExpression;
    if (condition === undefined) return access.items.map((item) => textOf(parseItem(item)[name]));
    return [textOf(valueAsked(condition, new Placeholders(access), name))];
  } catch (error) {
    if (error instanceof DynamoDbFailure) return [''];
    throw error;
  }
}

/** What a key condition asks of an attribute: the value after its `=`. */
function valueAsked(expression: string, placeholders: Placeholders, attribute: string): AttributeValue | undefined {
  const tests = parseExpression(expression, placeholders, (tokens) => tokens.list(() => parseTest(tokens), 'AND'));
  const asked = tests.find(({ name, operands: [subject] }) => name === '=' && subject?.path?.join() === attribute);
  return asked?.operands[1]?.literal;
}

function textOf(value: AttributeValue | undefined): string {
  if (value && 'S' in value) return value.S;
  return value && 'N' in value ? value.N : '';
}
