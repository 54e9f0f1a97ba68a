/** A metric math expression or the rule of a composite alarm, read. */
export type Expression =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'call'; readonly name: string; readonly items: readonly Expression[] }
  | { readonly kind: 'binary'; readonly operator: string; readonly left: Expression; readonly right: Expression };

/** An expression or a query that the local CloudWatch cannot evaluate. */
export class ExpressionError extends Error {
  override readonly name = 'ExpressionError';
}

/** Loosest first. https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html#metric-math-syntax */
const precedence = [
  ['OR', '||'],
  ['AND', '&&'],
  ['<', '>', '<=', '>=', '==', '!='],
  ['+', '-'],
  ['*', '/'],
] as const;

/** Reads an expression; `NOT x` comes as the call NOT(x). Throws ExpressionError with the token that it does not understand. */
export function parseExpression(text: string): Expression {
  const tokens = text.match(/"[^"]*"|\d+(?:\.\d+)?|\w+|&&|\|\||[<>=!]=|\S/g) ?? [];
  let position = 0;
  const peek = () => tokens[position] ?? '';
  const fail = (): never => {
    throw new ExpressionError(`"${text}": unexpected ${peek() || 'end'}.`);
  };
  const take = () => {
    const token = peek();
    position += 1;
    return token;
  };
  const accept = (...wanted: readonly string[]) => (wanted.includes(peek().toUpperCase()) ? take() : undefined);
  const listUntil = (end: string): Expression[] => {
    const items: Expression[] = [];
    while (accept(end) === undefined) {
      if (items.length > 0 && accept(',') === undefined) fail();
      items.push(binary(0));
    }
    return items;
  };
  const binary = (level: number): Expression => {
    const operators = precedence[level];
    if (operators === undefined) return single();
    let left = binary(level + 1);
    for (let operator = accept(...operators); operator !== undefined; operator = accept(...operators)) {
      left = { kind: 'binary', operator: operator.toUpperCase(), left, right: binary(level + 1) };
    }
    return left;
  };
  const single = (): Expression => {
    if (/^\d/.test(peek())) return { kind: 'number', value: Number(take()) };
    if (accept('-')) return { kind: 'binary', operator: '-', left: { kind: 'number', value: 0 }, right: single() };
    if (accept('NOT')) return { kind: 'call', name: 'NOT', items: [single()] };
    if (accept('(')) {
      const [only, ...others] = listUntil(')');
      return only === undefined || others.length > 0 ? fail() : only;
    }
    if (!/^["\w]/.test(peek())) return fail();
    const name = take().replaceAll('"', '');
    return accept('(') ? { kind: 'call', name: name.toUpperCase(), items: listUntil(')') } : { kind: 'name', name };
  };
  const expression = binary(0);
  return position < tokens.length ? fail() : expression;
}

/** Every name in an expression, those of its calls left out. */
export function namesIn(expression: Expression): readonly string[] {
  if (expression.kind === 'name') return [expression.name];
  if (expression.kind === 'binary') return [...namesIn(expression.left), ...namesIn(expression.right)];
  return 'items' in expression ? expression.items.flatMap(namesIn) : [];
}
