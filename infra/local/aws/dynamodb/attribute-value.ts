import { isDeepStrictEqual } from 'node:util';
import { DynamoDbFailure, invalid, notImplemented } from './failure.ts';
import { canonicalNumber, compareNumbers, numberBytes } from './number.ts';

/** A value in its wire form, made canonical: numbers in plain notation, sets sorted. */
export type AttributeValue =
  | { readonly S: string }
  | { readonly N: string }
  | { readonly BOOL: boolean }
  | { readonly NULL: true }
  | { readonly SS: readonly string[] }
  | { readonly NS: readonly string[] }
  | { readonly L: readonly AttributeValue[] }
  | { readonly M: Item };

export interface Item {
  readonly [name: string]: AttributeValue;
}

/** @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html (nested attribute depth) */
const maxDepth = 32;

/** Validates a map of attribute values from the wire and makes it canonical. */
export function parseItem(raw: unknown, depth = 0): Item {
  if (!isRecord(raw)) throw new DynamoDbFailure('SerializationException', 'Expected a map of attribute values');
  return Object.fromEntries(Object.entries(raw).map(([name, value]) => [name, parseValue(value, depth)]));
}

/**
 * An attribute value as it came over the wire, numbers in one spelling. Throws ValidationException for what DynamoDB takes for none, and by name for
 * the types that this stand-in lacks.
 */
export function parseValue(raw: unknown, depth = 0): AttributeValue {
  const [member, ...others] = isRecord(raw) ? Object.entries(raw) : [];
  if (!member || others.length > 0) throw invalid('An AttributeValue must contain exactly one of the datatypes');
  if (depth > maxDepth) throw invalid('Nesting Levels have exceeded supported limits');
  const [type, content] = member;
  if (type === 'S' && typeof content === 'string') return { S: content };
  if (type === 'N' && typeof content === 'string') return { N: canonicalNumber(content) };
  if (type === 'BOOL' && typeof content === 'boolean') return { BOOL: content };
  if (type === 'NULL' && content === true) return { NULL: true };
  if (type === 'SS') return { SS: parseSet(content) };
  if (type === 'NS') return { NS: parseSet(content, canonicalNumber) };
  if (type === 'L' && Array.isArray(content)) return { L: content.map((each) => parseValue(each, depth + 1)) };
  if (type === 'M') return { M: parseItem(content, depth + 1) };
  if (type === 'B' || type === 'BS') throw notImplemented(`attribute values of type ${type}`);
  throw invalid(`Supplied AttributeValue is not valid for the type ${type}`);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parseSet(content: unknown, canonical = (member: string) => member): string[] {
  const isText = (member: unknown) => typeof member === 'string';
  const members = Array.isArray(content) && content.every(isText) ? content.map(canonical).sort() : [];
  if (members.length === 0 || new Set(members).size < members.length) {
    throw invalid('An empty set or a set with duplicates is not a valid attribute value');
  }
  return members;
}

/** `S`, `N`, `M` …; empty for no value. */
export function typeOf(value: AttributeValue | undefined): string {
  return Object.keys(value ?? {})[0] ?? '';
}

/** The members of a set; undefined for any other value. */
export function setOf(value: AttributeValue): readonly string[] | undefined {
  if ('SS' in value) return value.SS;
  return 'NS' in value ? value.NS : undefined;
}

/** An item's own attribute, even one named "constructor". */
export function attributeOf(item: Item, name: string): AttributeValue | undefined {
  return Object.hasOwn(item, name) ? item[name] : undefined;
}

/** Deep equality, which canonical values have exactly when they are equal. An absent value equals nothing, not even another absent one. */
export function equalValues(left: AttributeValue | undefined, right: AttributeValue | undefined): boolean {
  return left !== undefined && isDeepStrictEqual(left, right);
}

/** Order of two numbers or two strings (by UTF-8 bytes); undefined for anything that has no order. */
export function compareValues(left: AttributeValue | undefined, right: AttributeValue | undefined): number | undefined {
  if (!left || !right) return undefined;
  if ('N' in left && 'N' in right) return compareNumbers(left.N, right.N);
  if ('S' in left && 'S' in right) return Buffer.compare(Buffer.from(left.S), Buffer.from(right.S));
  return undefined;
}

/** Bytes that count against the limits of an item and of a page.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html */
export function itemBytes(item: Item): number {
  return sum(Object.entries(item), ([name, value]) => Buffer.byteLength(name) + valueBytes(value));
}

function valueBytes(value: AttributeValue): number {
  if ('S' in value) return Buffer.byteLength(value.S);
  if ('N' in value) return numberBytes(value.N);
  if ('SS' in value) return sum(value.SS, (member) => Buffer.byteLength(member));
  if ('NS' in value) return sum(value.NS, numberBytes);
  if ('M' in value) return 3 + Object.keys(value.M).length + itemBytes(value.M);
  if ('L' in value) return 3 + sum(value.L, (member) => 1 + valueBytes(member));
  return 1;
}

function sum<T>(members: readonly T[], bytesOf: (member: T) => number): number {
  return members.reduce((total, member) => total + bytesOf(member), 0);
}
