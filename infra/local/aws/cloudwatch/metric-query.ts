import * as z from 'zod';
import { ExpressionError, namesIn, parseExpression } from './expression.ts';
import { evaluateMath, type Points } from './metric-math.ts';
import type { MetricStore } from './metric-store.ts';
import { statisticNamed } from './statistics.ts';

/** In seconds; metrics are kept by the minute. */
const Period = z.int().positive().multipleOf(60);

const Dimensions = z
  .array(z.object({ Name: z.string(), Value: z.string() }))
  .default([])
  .transform((pairs) => Object.fromEntries(pairs.map(({ Name, Value }) => [Name, Value])));

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDataQuery.html */
export const MetricDataQuery = z.strictObject({
  Id: z.string().regex(/^[a-z]\w*$/),
  Expression: z.string().optional(),
  MetricStat: z
    .object({
      Metric: z.object({ Namespace: z.string(), MetricName: z.string(), Dimensions }),
      Period,
      Stat: z.string(),
    })
    .optional(),
  Label: z.string().optional(),
  Period: Period.optional(),
  ReturnData: z.boolean().default(true),
  AccountId: z.string().optional(),
});

type MetricDataQuery = z.infer<typeof MetricDataQuery>;

export interface MetricQuery {
  readonly id: string;
  readonly label: string;
  readonly returnsData: boolean;
  readonly periodSeconds: number;
  /** A value for each window of one period that begins at one of these moments, milliseconds since the epoch, oldest first. */
  read(starts: readonly number[], store: MetricStore): Points;
}

/**
 * Queries to be read again and again; an expression may name any other query by its id. Throws ExpressionError for an unknown
 * statistic, id or function, for ids in a circle, and for an expression over metrics of different periods.
 */
export function compileQueries(queries: readonly MetricDataQuery[]): readonly MetricQuery[] {
  const compiled = new Map<string, MetricQuery>();
  const visiting = new Set<string>();
  const find = (id: string): MetricQuery => {
    const known = compiled.get(id);
    if (known) return known;
    const query = queries.find(({ Id }) => Id === id);
    if (!query) throw new ExpressionError(`There is no metric or expression with the id ${id}.`);
    if (visiting.has(id)) throw new ExpressionError(`The expression ${id} needs itself.`);
    visiting.add(id);
    const made = query.Expression === undefined ? metricQuery(query) : mathQuery(query, query.Expression, find);
    compiled.set(id, made);
    return made;
  };
  return queries.map(({ Id }) => find(Id));
}

function metricQuery({ Id: id, Label, ReturnData: returnsData, MetricStat }: MetricDataQuery): MetricQuery {
  const statistic = statisticNamed(MetricStat?.Stat ?? '');
  if (!MetricStat || !statistic) throw new ExpressionError(`${id}: the local CloudWatch has no ${MetricStat?.Stat}.`);
  const { Namespace: namespace, MetricName: name, Dimensions: dimensions } = MetricStat.Metric;
  const { Period: periodSeconds } = MetricStat;
  const read = (start: number, store: MetricStore) => {
    const sample = store.read({ namespace, name, dimensions }, start, start + periodSeconds * 1000);
    return sample && statistic(sample);
  };
  return {
    id,
    label: Label ?? name,
    returnsData,
    periodSeconds,
    read: (starts, store) => starts.map((start) => read(start, store)),
  };
}

function mathQuery(query: MetricDataQuery, text: string, find: (id: string) => MetricQuery): MetricQuery {
  const expression = parseExpression(text);
  const [periodSeconds = query.Period ?? 60, ...others] = new Set(
    namesIn(expression).map((id) => find(id).periodSeconds),
  );
  if (others.length > 0) throw new ExpressionError(`"${text}" is over metrics of different periods.`);
  // What it cannot evaluate, it says now and not when somebody waits for the answer.
  evaluateMath(expression, () => [undefined], 1);
  const { Id: id, Label, ReturnData: returnsData } = query;
  const read: MetricQuery['read'] = (starts, store) =>
    evaluateMath(expression, (name) => find(name).read(starts, store), starts.length);
  return { id, label: Label ?? id, returnsData, periodSeconds, read };
}
