import * as z from 'zod';
import { type AttributeValue, attributeOf, type Item } from './attribute-value.ts';
import { invalid } from './failure.ts';
import { encodeNumber } from './number.ts';

export interface KeyAttribute {
  readonly name: string;
  readonly type: 'S' | 'N';
  /** @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html (2048 for a partition key, 1024 for a sort key) */
  readonly maxBytes: number;
}

/** The partition key and, if there is one, the sort key. */
export type KeySchema = readonly KeyAttribute[];

/** A table or one of its indexes, which holds the keys of index and table and nothing else. */
export interface KeyedRows {
  /** Empty for the table itself. */
  readonly indexName: string;
  readonly keys: KeySchema;
}

export interface Table extends KeyedRows {
  readonly name: string;
  readonly indexes: readonly KeyedRows[];
  readonly ttlAttribute: string | undefined;
}

/** Encoded so that byte order is key order; without a sort key, `range` is empty. */
export interface EncodedKey {
  readonly hash: Buffer;
  readonly range: Buffer;
}

const keySchema = z
  .array(z.object({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) }))
  .refine((keys) => ['HASH', 'HASH,RANGE'].includes(keys.map(({ KeyType }) => KeyType).join()));

const indexSchema = z.object({
  IndexName: z.string(),
  KeySchema: keySchema,
  Projection: z.object({ ProjectionType: z.literal('KEYS_ONLY', 'NotImplemented: other projections than KEYS_ONLY') }),
});

const definitionSchema = z.object({
  KeySchema: keySchema,
  AttributeDefinitions: z.array(z.object({ AttributeName: z.string(), AttributeType: z.string() })),
  GlobalSecondaryIndexes: z.array(indexSchema).default([]),
  LocalSecondaryIndexes: z.undefined('NotImplemented: LocalSecondaryIndexes').optional(),
  TimeToLiveSpecification: z.object({ AttributeName: z.string().optional(), Enabled: z.boolean() }).optional(),
});

/** Reads the CloudFormation properties of an AWS::DynamoDB::Table or GlobalTable; throws when they make no table. */
export function parseTable(name: string, definition: unknown): Table {
  const parsed = definitionSchema.parse(definition);
  const types = new Map(parsed.AttributeDefinitions.map((each) => [each.AttributeName, each.AttributeType]));
  const keysOf = (schema: z.infer<typeof keySchema>): KeySchema =>
    schema.map(({ AttributeName, KeyType }) => {
      const type = types.get(AttributeName);
      if (type === 'S' || type === 'N')
        return { name: AttributeName, type, maxBytes: KeyType === 'HASH' ? 2048 : 1024 };
      throw new Error(`NotImplemented: key ${AttributeName} of ${name} with type ${type}`);
    });
  const ttl = parsed.TimeToLiveSpecification;
  return {
    name,
    indexName: '',
    keys: keysOf(parsed.KeySchema),
    indexes: parsed.GlobalSecondaryIndexes.map((each) => ({ indexName: each.IndexName, keys: keysOf(each.KeySchema) })),
    ttlAttribute: ttl?.Enabled ? ttl.AttributeName : undefined,
  };
}

/** The encoded key of a whole item. Throws ValidationException when a key attribute is missing, mistyped, empty or too long. */
export function keyOf(keys: KeySchema, item: Item): EncodedKey {
  const none = Buffer.alloc(0);
  const [hash = none, range = none] = keys.map((key) => encodeKeyPart(key, attributeOf(item, key.name)));
  return { hash, range };
}

/** The encoded key of a `Key` parameter, which holds the key attributes and nothing else. */
export function exactKeyOf(keys: KeySchema, key: Item): EncodedKey {
  if (Object.keys(key).length !== keys.length) throw invalid('The provided key element does not match the schema');
  return keyOf(keys, key);
}

/** An item's place in a table or index; undefined when it lacks a key attribute, since indexes are sparse. */
export function placeOf({ keys }: KeyedRows, item: Item): EncodedKey | undefined {
  const present = keys.filter(({ name }) => attributeOf(item, name));
  const key = keyOf(present, item);
  return present.length === keys.length ? key : undefined;
}

/** What an index holds of an item; also what names the end of a page. */
export function keyAttributes(table: Table, { keys }: KeyedRows, item: Item): Item {
  const names = new Set([...table.keys, ...keys].map(({ name }) => name));
  return Object.fromEntries(Object.entries(item).filter(([name]) => names.has(name)));
}

/** A text that tells any two items apart. */
export function identityOf(table: Table, { hash, range }: EncodedKey): string {
  return [table.name, hash.toString('hex'), range.toString('hex')].join('/');
}

/** A key as bytes in DynamoDB's order. Throws ValidationException for one of the wrong type or length. */
export function encodeKeyPart({ name, type, maxBytes }: KeyAttribute, value: AttributeValue | undefined): Buffer {
  if (value && 'N' in value && type === 'N') return encodeNumber(value.N);
  const bytes = value && 'S' in value && type === 'S' ? Buffer.from(value.S) : Buffer.alloc(0);
  if (bytes.length > 0 && bytes.length <= maxBytes) return bytes;
  throw invalid(`Key attribute ${name} must be of type ${type}, and of 1 to ${maxBytes} bytes`);
}
