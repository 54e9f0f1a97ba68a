import { type AttributeValue, attributeOf, type Item } from './attribute-value.ts';
import { invalid, notImplemented } from './failure.ts';
import type { Tokens } from './tokens.ts';

/** A document path: names of nested attributes, placeholders already replaced. */
export type Path = readonly string[];

/** What an operand is for an item; undefined when the item lacks it. */
export type Value = AttributeValue | undefined;

/** A part of an expression that has a value. What is known of it without an item is there to be checked at once. */
export interface Operand {
  readonly literal?: AttributeValue;
  readonly path?: Path;
  readonly read: (item: Item) => Value;
}

/** An operator or function with its operands. */
export interface Application {
  readonly name: string;
  readonly operands: readonly Operand[];
}

/** What operators and functions do with the values of their operands; a function takes as many as it has parameters. */
export type Definitions<T> = ReadonlyMap<string, (...values: Value[]) => T>;

const ofAttributes = ['attribute_exists', 'attribute_not_exists', 'size', 'if_not_exists'];

/** Takes a value, a path or the call of a function. */
export function parseOperand(tokens: Tokens, functions: Definitions<Value>): Operand {
  if (tokens.peek(1) === '(') return { read: evaluator(parseCall(tokens, functions, functions), functions) };
  if (tokens.peek().startsWith(':')) {
    const literal = tokens.literal();
    return { literal, read: () => literal };
  }
  const path = tokens.path();
  return { path, read: (item) => valueAt(item, path) };
}

/** Takes `name(operand, …)`; the operands may call functions of their own. */
export function parseCall(tokens: Tokens, allowed: Definitions<unknown>, inner: Definitions<Value>): Application {
  const name = tokens.take();
  if (name === 'attribute_type') throw notImplemented('the function attribute_type');
  const operands = tokens.bracketed(() => tokens.list(() => parseOperand(tokens, inner)));
  const isOfPath = operands[0]?.path !== undefined || !ofAttributes.includes(name);
  if (allowed.get(name)?.length !== operands.length || !isOfPath) {
    throw invalid(`Invalid function, number of operands or operand type; function: ${name}`);
  }
  return { name, operands };
}

/**
 * Applies what the definitions say to the values that the operands have in an item. If the first is a path it may not come again; list_append
 * alone takes it twice.
 */
export function evaluator<T>({ name, operands }: Application, definitions: Definitions<T>): (item: Item) => T {
  const apply = definitions.get(name);
  if (!apply) throw invalid(`Operator or function not supported: ${name}`);
  const [first, ...others] = operands.map(({ path }) => path && JSON.stringify(path));
  if (first && others.includes(first) && name !== 'list_append') throw invalid('The first operand must be distinct');
  return (item) => apply(...operands.map(({ read }) => read(item)));
}

/** The value at a document path, or undefined when any step of it is missing. */
export function valueAt(item: Item, [name = '', ...rest]: Path): Value {
  const value = attributeOf(item, name);
  if (rest.length === 0) return value;
  return value && 'M' in value ? valueAt(value.M, rest) : undefined;
}
