import type { Duration } from 'aws-cdk-lib';
import { GraphWidget, type IMetric, MathExpression, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { WatchedMetric } from '../../../../shared/catalog/alarms.ts';
import { type MetricName, metricsNamespace, metricsService } from '../../../../shared/catalog/metrics.ts';
import type { WatchedQueue } from '../catalog-alarms.ts';
import { metricOf, type Watched } from '../watched.ts';

/** What graphs are made of. */
export interface Observed {
  readonly watched: Watched;
  readonly queues: readonly WatchedQueue[];
  readonly period: Duration;
}

/** How high the widgets of one row are: few, so that everything is on one screen. */
export const rowHeight = 5;

/** One line a queue. */
export function byQueue(title: string, wanted: WatchedMetric, { watched, queues, period }: Observed): GraphWidget {
  const lines = queues.map((queue) => metricOf(wanted, queue, watched, period).with({ label: queue.name }));
  return graph(title, lines);
}

/** One line a queue, worked out of several metrics. */
export function formulaByQueue(
  title: string,
  formula: (queue: WatchedQueue) => string,
  watches: Readonly<Record<string, WatchedMetric>>,
  observed: Observed,
): GraphWidget {
  return graph(title, formulas(formula, watches, observed));
}

/** The same for a widget of another kind. Ids must differ within a widget, so they end with the queue's number. */
export function formulas(
  formula: (queue: WatchedQueue) => string,
  watches: Readonly<Record<string, WatchedMetric>>,
  { watched, queues, period }: Observed,
): IMetric[] {
  return queues.map((queue, index) => {
    const usingMetrics = Object.fromEntries(
      Object.entries(watches).map(([id, wanted]) => [`${id}_${index}`, metricOf(wanted, queue, watched, period)]),
    );
    const expression = Object.keys(watches).reduce(
      (text, id) => text.replaceAll(new RegExp(`\\b${id}\\b`, 'g'), `${id}_${index}`),
      formula(queue),
    );
    return new MathExpression({ expression, usingMetrics, label: queue.name, period });
  });
}

/** A line for each job type, of all queues it ran on. */
export function byType(
  title: string,
  metric: MetricName,
  types: readonly string[],
  { watched, period }: Observed,
): GraphWidget {
  const service = metricsService(watched.stage);
  const lines = types.map((type) => {
    const found = `{${metricsNamespace},queue,service,type} MetricName="${metric}" service="${service}" type="${type}"`;
    const expression = `SUM(SEARCH('${found}', '${Stats.SUM}', ${period.toSeconds()}))`;
    return new MathExpression({ expression, label: type, period, usingMetrics: {} });
  });
  return graph(title, lines);
}

/** A percentile for each job type on each queue it ran on; percentiles of several queues cannot be put together. */
export function percentileByType(
  title: string,
  metric: MetricName,
  statistic: 'p50' | 'p95',
  { watched, period }: Observed,
): GraphWidget {
  const service = metricsService(watched.stage);
  const found = `{${metricsNamespace},queue,service,type} MetricName="${metric}" service="${service}"`;
  const expression = `SEARCH('${found}', '${statistic}', ${period.toSeconds()})`;
  return graph(title, [new MathExpression({ expression, label: '', period, usingMetrics: {} })]);
}

/** A graph of a third of the width, from 0 upwards. */
export function graph(title: string, left: IMetric[]): GraphWidget {
  return new GraphWidget({ title, left, width: 8, height: rowHeight, leftYAxis: { min: 0 } });
}
