import { type Expression, ExpressionError } from './expression.ts';

/** One value for each window of time; undefined where there is no data. */
export type Points = readonly (number | undefined)[];

/** A number, or one series. */
type Value = number | Points;

/** The series that an expression gives, `length` windows long. Throws ExpressionError for a function that the local CloudWatch does not have. */
export function evaluateMath(expression: Expression, seriesOf: (id: string) => Points, length: number): Points {
  const evaluate = (part: Expression): Value => {
    switch (part.kind) {
      case 'number':
        return part.value;
      case 'name':
        return seriesOf(part.name);
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

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html#metric-math-syntax-functions-list */
const functions: Readonly<Record<string, Call>> = {
  FILL: (values, length) => each(values, length, ([point, filler]) => point ?? filler),
  IF: (values, length) => each(values, length, ([condition, yes, no]) => choose(condition, yes, no)),
};

function choose(condition?: number, yes?: number, no?: number): number | undefined {
  if (condition === undefined) return undefined;
  return condition === 0 ? no : yes;
}

function each(values: readonly Value[], length: number, combine: (values: Points) => number | undefined): Points {
  const series = values.map((value) => stretch(value, length));
  return Array.from({ length }, (_, index) => combine(series.map((points) => points[index])));
}

function stretch(value: Value | undefined, length: number): Points {
  return typeof value === 'object' ? value : Array.from({ length }, () => value);
}
