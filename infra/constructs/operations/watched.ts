import { Duration } from 'aws-cdk-lib';
import { type IMetric, MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { Alias } from 'aws-cdk-lib/aws-lambda';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { WatchedMetric, WatchedResource } from '../../../shared/catalog/alarms.ts';
import { metricsNamespace, metricsService } from '../../../shared/catalog/metrics.ts';

/** What the service is made of, for those who watch it. */
export interface Watched {
  readonly stage: string;
  readonly apiId: string;
  readonly table: TableV2;
  readonly missedRuns: Queue;
  readonly pages: Topic;
}

/** What one alarm or graph is about. */
export interface Subject {
  /** Name of the queue, for metrics of ours. */
  readonly name?: string;
  readonly queue?: Queue;
  readonly deadLetters?: Queue;
  readonly consumer?: Alias;
  readonly function?: Alias;
}

/** A metric of the catalog as CloudWatch knows it, without a label, with which an alarm on it could not be a plain one. Throws when the subject has no such thing. */
export function metricOf(wanted: WatchedMetric, subject: Subject, watched: Watched, period: Duration): Metric {
  const { statistic } = wanted;
  if ('own' in wanted) {
    return new Metric({
      namespace: metricsNamespace,
      metricName: wanted.own,
      dimensionsMap: ownDimensions(wanted.by, subject, watched.stage),
      statistic,
      period,
    });
  }
  return resourceMetric(wanted.of, wanted.name, subject, watched).with({ statistic, period });
}

/** Metrics put together by metric math, or the only one there is. */
export function measureOf(
  { watches, expression }: { readonly watches: Readonly<Record<string, WatchedMetric>>; readonly expression?: string },
  subject: Subject,
  watched: Watched,
  period: Duration,
): IMetric {
  const parts = Object.entries(watches).map(
    ([id, wanted]) => [id, metricOf(wanted, subject, watched, period)] as const,
  );
  if (expression !== undefined)
    return new MathExpression({ expression, usingMetrics: Object.fromEntries(parts), period });
  const [only, ...more] = parts;
  if (!only || more.length > 0) throw new Error(`${parts.length} metrics need an expression: ${Object.keys(watches)}`);
  return only[1];
}

function ownDimensions(by: 'queue' | 'probe' | undefined, { name }: Subject, stage: string): Record<string, string> {
  const service = metricsService(stage);
  if (by === undefined) return { service };
  if (name === undefined) throw new Error('a metric by queue needs a queue');
  return by === 'queue' ? { service, queue: name } : { service, type: 'probe', queue: name };
}

function resourceMetric(resource: WatchedResource, name: string, subject: Subject, watched: Watched): Metric {
  switch (resource) {
    case 'queue':
      return the(subject.queue, resource).metric(name);
    case 'dead_letters':
      return the(subject.deadLetters, resource).metric(name);
    case 'consumer':
      return the(subject.consumer, resource).metric(name);
    case 'function':
      return the(subject.function, resource).metric(name);
    case 'api':
      return new Metric({ namespace: 'AWS/ApiGateway', metricName: name, dimensionsMap: { ApiId: watched.apiId } });
    case 'table':
      return watched.table.metric(name);
    case 'missed_runs':
      return watched.missedRuns.metric(name);
    case 'pages':
      return watched.pages.metric(name);
  }
}

function the<T>(thing: T | undefined, what: string): T {
  if (thing === undefined) throw new Error(`this alarm has no ${what}`);
  return thing;
}

/** `60` → one minute. */
export function seconds(count: number): Duration {
  return Duration.seconds(count);
}
