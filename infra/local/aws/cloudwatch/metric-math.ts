import { type Expression, ExpressionError } from './expression.ts';

/** One value for each window of time; undefined where there is no data. */
export type Points = readonly (number | undefined)[];

/** A number, one series, or several. */
type Value = number | Points | { readonly list: readonly Points[] };

/** The series that an expression gives, `length` windows long. Throws ExpressionError for a function that the local CloudWatch does not have. */
export function evaluateMath(expression: Expression, seriesOf: (id: string) => Points, length: number): Points {
  const evaluate = (part: Expression): Value => {
    switch (part.kind) {
      case 'number':
        return part.value;
      case 'name':
        return seriesOf(part.name);
      case 'list':
        return { list: part.items.map((item) => stretch(evaluate(item), length)) };
      case 'binary': {
        const operate = operators[part.operator] ?? unknown(part.operator);
        return each([evaluate(part.left), evaluate(part.right)], length, ([one, other]) => apply(operate, one, other));
      }
      case 'call':
        return (functions[part.name] ?? unknown(part.name))(part.items.map(evaluate), length);
    }
  };
  return stretch(evaluate(expression), length);
}

function unknown(name: string): never {
  throw new ExpressionError(`The local CloudWatch does not have ${name} in metric math.`);
}

const and = (one: number, other: number) => Number(one !== 0 && other !== 0);
const or = (one: number, other: number) => Number(one !== 0 || other !== 0);

const operators: Readonly<Record<string, (one: number, other: number) => number>> = {
  '+': (one, other) => one + other,
  '-': (one, other) => one - other,
  '*': (one, other) => one * other,
  '/': (one, other) => one / other,
  '<': (one, other) => Number(one < other),
  '>': (one, other) => Number(one > other),
  '<=': (one, other) => Number(one <= other),
  '>=': (one, other) => Number(one >= other),
  '==': (one, other) => Number(one === other),
  '!=': (one, other) => Number(one !== other),
  AND: and,
  '&&': and,
  OR: or,
  '||': or,
};

/** What is divided by zero has no value, and neither has what lacks an operand. */
function apply(operate: (one: number, other: number) => number, one?: number, other?: number): number | undefined {
  if (one === undefined || other === undefined) return undefined;
  const result = operate(one, other);
  return Number.isFinite(result) ? result : undefined;
}

type Call = (values: readonly Value[], length: number) => Value;

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html#metric-math-syntax-functions-list */
const functions: Readonly<Record<string, Call>> = {
  SUM: over(sum),
  AVG: over((values) => sum(values) / values.length),
  MAX: over((values) => Math.max(...values)),
  MIN: over((values) => Math.min(...values)),
  FILL: (values, length) => each(values, length, ([point, filler]) => point ?? filler),
  IF: (values, length) => each(values, length, ([condition, yes, no]) => choose(condition, yes, no)),
};

function choose(condition?: number, yes?: number, no?: number): number | undefined {
  if (condition === undefined) return undefined;
  return condition === 0 ? no : yes;
}

/** Of several series one series, window by window; of one series one number. Windows without data do not count. */
function over(combine: (values: readonly number[]) => number): Call {
  const known = (values: Points) => {
    const present = values.filter((value) => value !== undefined);
    return present.length === 0 ? undefined : combine(present);
  };
  return (values, length) => {
    const [first = 0] = values;
    if (typeof first === 'object' && 'list' in first) return each(first.list, length, known);
    return values.length > 1 ? each(values, length, known) : stretch(known(stretch(first, length)), length);
  };
}

function each(values: readonly Value[], length: number, combine: (values: Points) => number | undefined): Points {
  const series = values.map((value) => stretch(value, length));
  return Array.from({ length }, (_, index) => combine(series.map((points) => points[index])));
}

function stretch(value: Value | undefined, length: number): Points {
  if (typeof value !== 'object') return Array.from({ length }, () => value);
  if (!('list' in value)) return value;
  throw new ExpressionError('The local CloudWatch takes several series only in SUM, AVG, MAX and MIN.');
}
