import { type AttributeValue, attributeOf, type Item, setOf, typeOf } from './attribute-value.ts';
import { invalid } from './failure.ts';
import { addNumbers, negateNumber } from './number.ts';
import { type Definitions, type Path, parseOperand, type Value, valueAt } from './operand.ts';
import type { Placeholders } from './placeholders.ts';
import { parseExpression, type Tokens } from './tokens.ts';

export interface Update {
  /** Names of the top-level attributes that it touches. */
  readonly attributes: readonly string[];
  /** The item after the update; every right-hand side is read from the item before it. Throws ValidationException if it does not fit the item. */
  readonly apply: (item: Item) => Item;
}

interface Action {
  readonly path: Path;
  /** The new value; undefined removes it. */
  readonly valueFrom: (item: Item) => Value;
}

const functions: Definitions<Value> = new Map([
  // A fallback that the item lacks is refused, even where it is not needed.
  ['if_not_exists', (value, fallback) => fallback && (value ?? fallback)],
  ['list_append', joinLists],
]);

/**
 * Parses an update expression: each of SET, REMOVE, ADD and DELETE at most once, no two paths overlapping.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.UpdateExpressions.html
 */
export function parseUpdate(expression: string, placeholders: Placeholders): Update {
  const actions = parseExpression(expression, placeholders, parseClauses);
  checkPaths(actions.map(({ path }) => path));
  return {
    attributes: actions.map(({ path }) => path[0] ?? ''),
    apply: (item) => actions.reduce((after, { path, valueFrom }) => withValue(after, path, valueFrom(item)), item),
  };
}

function parseClauses(tokens: Tokens): readonly Action[] {
  const clauses = new Set(['SET', 'REMOVE', 'ADD', 'DELETE']);
  const actions: Action[] = [];
  do {
    const clause = tokens.accept(...clauses) ?? tokens.fail();
    clauses.delete(clause);
    actions.push(...tokens.list(() => parseAction(clause, tokens)));
  } while (tokens.peek() !== '');
  return actions;
}

function parseAction(clause: string, tokens: Tokens): Action {
  const path = tokens.path();
  switch (clause) {
    case 'REMOVE':
      return { path, valueFrom: () => undefined };
    case 'SET': {
      tokens.expect('=');
      const read = parseSum(tokens);
      return { path, valueFrom: (item) => read(item) ?? fail('refers to an attribute that the item lacks') };
    }
    default: {
      const operand = tokens.literal();
      if (!setOf(operand) && !('N' in operand && clause === 'ADD')) {
        throw invalid(`Incorrect operand type for operator; operator: ${clause}, operand type: ${typeOf(operand)}`);
      }
      return { path, valueFrom: (item) => combine(clause, valueAt(item, path), operand) };
    }
  }
}

function parseSum(tokens: Tokens): (item: Item) => Value {
  const left = parseOperand(tokens, functions);
  const sign = tokens.accept('+', '-');
  if (!sign) return left.read;
  const right = parseOperand(tokens, functions);
  return (item) => sum(left.read(item), right.read(item), sign);
}

/** Two paths may not overlap, as a and a.b do. */
function checkPaths(paths: readonly Path[]): void {
  for (const [index, path] of paths.entries()) {
    const overlaps = (other: Path) => path.every((name, depth) => depth >= other.length || name === other[depth]);
    if (paths.slice(index + 1).some(overlaps)) throw invalid(`Two document paths overlap: ${path.join('.')}`);
  }
}

function joinLists(left: Value, right: Value): AttributeValue {
  if (left && right && 'L' in left && 'L' in right) return { L: [...left.L, ...right.L] };
  return fail('has an operand of an incorrect data type');
}

function sum(left: Value, right: Value, sign = '+'): AttributeValue {
  if (left && right && 'N' in left && 'N' in right) {
    return { N: addNumbers(left.N, sign === '-' ? negateNumber(right.N) : right.N) };
  }
  return fail('has an operand of an incorrect data type');
}

/** What ADD or DELETE makes of a number or set; undefined when no member is left, since a set is never empty. */
function combine(clause: string, current: Value, operand: AttributeValue): Value {
  if (!current) return clause === 'ADD' ? operand : undefined;
  if ('N' in operand) return sum(current, operand);
  const [mine, theirs] = [setOf(current), setOf(operand)];
  if (!mine || !theirs || typeOf(current) !== typeOf(operand)) return fail('has an operand of an incorrect data type');
  const others = mine.filter((member) => !theirs.includes(member));
  const members = clause === 'ADD' ? [...others, ...theirs].sort() : others;
  if (members.length === 0) return undefined;
  return 'SS' in operand ? { SS: members } : { NS: members };
}

function withValue(item: Item, [name = '', ...rest]: Path, value: Value): Item {
  if (rest.length > 0) {
    const map = attributeOf(item, name);
    if (!map || !('M' in map)) return fail('has a document path that is invalid for update');
    return { ...item, [name]: { M: withValue(map.M, rest, value) } };
  }
  if (value) return { ...item, [name]: value };
  const { [name]: _removed, ...others } = item;
  return others;
}

function fail(reason: string): never {
  throw invalid(`The update expression ${reason}`);
}
