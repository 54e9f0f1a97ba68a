import { parseTest } from './condition.ts';
import { invalid } from './failure.ts';
import type { Application } from './operand.ts';
import type { Placeholders } from './placeholders.ts';
import { encodeKeyPart, type KeyAttribute, type KeySchema } from './table.ts';
import { parseExpression } from './tokens.ts';

/** One partition, and its sort keys from `low`, and below `high`. */
export interface KeyRange {
  readonly hash: Buffer;
  readonly low: Buffer;
  readonly high: Buffer;
}

type Bounds = readonly [low: Buffer, high: Buffer];

const lowest = Buffer.alloc(0);
/** Above every sort key, which has at most 1024 bytes. */
const highest = Buffer.alloc(1025, 255);

const boundsOf: ReadonlyMap<string, (operand: Buffer, other: Buffer) => Bounds> = new Map([
  ['=', (key) => [key, successor(key)]],
  ['<', (key) => [lowest, key]],
  ['<=', (key) => [lowest, successor(key)]],
  ['>', (key) => [successor(key), highest]],
  ['>=', (key) => [key, highest]],
  ['BETWEEN', (low, high) => [low, successor(high)]],
  ['begins_with', (prefix) => [prefix, afterPrefix(prefix)]],
]);

/**
 * Parses a key condition: equality on the partition key, and at most one comparison on the sort key.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Query.KeyConditionExpressions.html
 */
export function parseKeyCondition(expression: string, placeholders: Placeholders, keys: KeySchema): KeyRange {
  const tests = parseExpression(expression, placeholders, (tokens) => tokens.list(() => parseTest(tokens), 'AND'));
  const [onHash, onSort] = keys.map(({ name }) =>
    tests.find(({ operands: [subject] }) => subject?.path?.join() === name),
  );
  const [hashKey, sortKey] = keys;
  if (!hashKey || onHash?.name !== '=' || tests.length > (onSort ? 2 : 1)) {
    throw invalid('Query key condition not supported');
  }
  const [hash] = parseBounds(hashKey, onHash);
  const [low, high] = sortKey && onSort ? parseBounds(sortKey, onSort) : [lowest, highest];
  return { hash, low, high };
}

function parseBounds(key: KeyAttribute, { name, operands: [, operand, other = operand] }: Application): Bounds {
  const bounds = boundsOf.get(name)?.(encodeKeyPart(key, operand?.literal), encodeKeyPart(key, other?.literal));
  if (!bounds || (name === 'begins_with' && key.type !== 'S')) throw invalid('Query key condition not supported');
  if (bounds[0].compare(bounds[1]) > 0) throw invalid('BETWEEN needs the lower bound first');
  return bounds;
}

/** The least key above this one. */
function successor(key: Buffer): Buffer {
  return Buffer.concat([key, Buffer.from([0])]);
}

/** The least key above all that start with the prefix; a text has no byte 255 in UTF-8. */
function afterPrefix(prefix: Buffer): Buffer {
  const last = prefix.length - 1;
  return Buffer.from([...prefix.subarray(0, last), (prefix[last] ?? 0) + 1]);
}
