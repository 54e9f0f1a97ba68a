import { compareValues, equalValues, type Item, setOf } from './attribute-value.ts';
import { invalid } from './failure.ts';
import { type Application, type Definitions, evaluator, parseCall, parseOperand, type Value } from './operand.ts';
import type { Placeholders } from './placeholders.ts';
import { parseExpression, type Tokens } from './tokens.ts';

/** Whether an item (an absent one is empty) meets a condition. An operand that is absent makes only `<>` true. */
export type Condition = (item: Item) => boolean;

const isLess = inOrder((difference) => difference < 0);
const isAtMost = inOrder((difference) => difference <= 0);

const operators: Definitions<boolean> = new Map<string, (...values: Value[]) => boolean>([
  ['=', equalValues],
  ['<>', (left, right) => !equalValues(left, right)],
  ['<', isLess],
  ['<=', isAtMost],
  ['>', (left, right) => isLess(right, left)],
  ['>=', (left, right) => isAtMost(right, left)],
  ['BETWEEN', (value, low, high) => isAtMost(low, value) && isAtMost(value, high)],
  ['IN', (value, ...options) => options.some((option) => equalValues(value, option))],
]);

const functions: Definitions<boolean> = new Map([
  ['attribute_exists', (value) => value !== undefined],
  ['attribute_not_exists', (value) => value === undefined],
  ['begins_with', beginsWith],
  ['contains', contains],
]);

const valueFunctions: Definitions<Value> = new Map([['size', sizeOf]]);

/** Conditions that came in parentheses, to find ((a = b)). */
const inParentheses = new WeakSet<Condition>();

/**
 * Parses a condition expression. What AWS refuses without looking at an item is refused here.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.OperatorsAndFunctions.html
 */
export function parseCondition(expression: string, placeholders: Placeholders): Condition {
  return parseExpression(expression, placeholders, parseAlternatives);
}

function parseAlternatives(tokens: Tokens): Condition {
  return tokens.list(() => parseConjunction(tokens), 'OR').reduce((left, right) => (item) => left(item) || right(item));
}

function parseConjunction(tokens: Tokens): Condition {
  return tokens.list(() => parseNegation(tokens), 'AND').reduce((left, right) => (item) => left(item) && right(item));
}

function parseNegation(tokens: Tokens): Condition {
  if (!tokens.accept('NOT')) return parsePrimary(tokens);
  const negated = parseNegation(tokens);
  return (item) => !negated(item);
}

function parsePrimary(tokens: Tokens): Condition {
  if (tokens.peek() === '(') return parseParentheses(tokens);
  const test = parseTest(tokens);
  checkOperands(test);
  return evaluator(test, functions.has(test.name) ? functions : operators);
}

function parseParentheses(tokens: Tokens): Condition {
  const condition = tokens.bracketed(() => parseAlternatives(tokens));
  if (inParentheses.has(condition)) throw invalid('The expression has redundant parentheses');
  inParentheses.add(condition);
  return condition;
}

/** Takes one comparison or call, of a condition or of a key condition. */
export function parseTest(tokens: Tokens): Application {
  if (functions.has(tokens.peek())) return parseCall(tokens, functions, valueFunctions);
  const operand = () => parseOperand(tokens, valueFunctions);
  const left = operand();
  const name = tokens.accept(...operators.keys()) ?? tokens.fail();
  if (name === 'IN') return { name, operands: [left, ...tokens.bracketed(() => tokens.list(operand))] };
  const right = operand();
  if (name !== 'BETWEEN') return { name, operands: [left, right] };
  tokens.expect('AND');
  return { name, operands: [left, right, operand()] };
}

function checkOperands({ name, operands }: Application): void {
  const isOrdered = operands.every(({ literal }) => !literal || compareValues(literal, literal) !== undefined);
  if (!isOrdered && ['<', '<=', '>', '>=', 'BETWEEN'].includes(name)) throw invalid('An operand has no order');
  const [, low, high] = operands.map(({ literal }) => literal);
  if (name === 'BETWEEN' && low && high && !isAtMost(low, high)) throw invalid('BETWEEN needs the lower bound first');
  const mayBeText = operands.every(({ literal, path }) => path || (literal && 'S' in literal));
  if (name === 'begins_with' && !mayBeText) throw invalid('A prefix must be a string');
}

function inOrder(holds: (difference: number) => boolean) {
  return (left: Value, right: Value): boolean => {
    const difference = compareValues(left, right);
    return difference !== undefined && holds(difference);
  };
}

function beginsWith(text: Value, prefix: Value): boolean {
  return !!text && !!prefix && 'S' in text && 'S' in prefix && text.S.startsWith(prefix.S);
}

function contains(whole: Value, part: Value): boolean {
  if (!whole || !part) return false;
  if ('S' in whole) return 'S' in part && whole.S.includes(part.S);
  if ('SS' in whole) return 'S' in part && whole.SS.includes(part.S);
  if ('NS' in whole) return 'N' in part && whole.NS.includes(part.N);
  return 'L' in whole && whole.L.some((element) => equalValues(element, part));
}

/** Characters of a string, members of anything that has members. */
function sizeOf(value: Value): Value {
  if (!value) return undefined;
  if ('S' in value) return { N: String(value.S.length) };
  const members = 'M' in value ? Object.keys(value.M) : 'L' in value ? value.L : setOf(value);
  return members && { N: String(members.length) };
}
