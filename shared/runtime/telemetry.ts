import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import {
  metrics as catalog,
  type MetricDefinition,
  type MetricName,
  metricsNamespace,
  metricsService,
} from '../catalog/metrics.ts';
import type { Telemetry } from '../domain/ports.ts';

const serviceName = 'roadtrip-jobs';

/** Structured logs; the middleware adds the request id and the function to every line. */
export const logger = new Logger({ serviceName });

type Dimensions = Readonly<Record<string, string>>;

/** Samples that go out in one line: they have the same sets of dimensions. */
interface Group {
  readonly dimensionSets: readonly Dimensions[];
  readonly values: Map<MetricName, number[]>;
}

const ignore = () => {};

const metrics = new Metrics({
  namespace: metricsNamespace,
  serviceName: metricsService(process.env.STAGE ?? 'dev'),
  // It warns of every dimension that is in two sets, which is what `alsoBy` asks for.
  logger: { debug: ignore, info: ignore, warn: ignore, error: logger.error.bind(logger) },
});

const groups = new Map<string, Group>();

/** What the use cases tell operators, through the function's log. Metrics are kept until the invocation's end (`emitMetrics`). */
export const telemetry: Telemetry = {
  count(name, given, value = 1) {
    const { dimensions, alsoBy }: MetricDefinition = catalog[name];
    const dimensionSets = [pick(dimensions, given), ...(alsoBy ? [pick([alsoBy], given)] : [])];
    const key = JSON.stringify(dimensionSets);
    const group = groups.get(key) ?? { dimensionSets, values: new Map<MetricName, number[]>() };
    group.values.set(name, [...(group.values.get(name) ?? []), value]);
    groups.set(key, group);
  },
  note(event, details) {
    logger.info(event, { ...details });
  },
  warn(event, details, cause) {
    logger.warn(event, { ...details, ...(cause !== undefined && { error: asError(cause) }) });
  },
};

/**
 * A middleware that writes the invocation's metrics, one line for each set of dimensions, in the embedded metric format:
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export const emitMetrics = { after: emit, onError: emit };

function emit(): void {
  for (const { dimensionSets, values } of groups.values()) {
    for (const [name, all] of values) writeMetric(name, all, dimensionSets);
  }
  groups.clear();
}

/** In lines of fewer values than the format's hundred: Powertools forgets the dimensions when it reaches them by itself. */
function writeMetric(name: MetricName, values: readonly number[], dimensionSets: readonly Dimensions[]): void {
  for (let start = 0; start < values.length; start += LONGEST_LINE) {
    for (const dimensions of dimensionSets) {
      if (Object.keys(dimensions).length > 0) metrics.addDimensions({ ...dimensions });
    }
    for (const value of values.slice(start, start + LONGEST_LINE)) {
      metrics.addMetric(name, MetricUnit[catalog[name].unit], value);
    }
    metrics.publishStoredMetrics();
  }
}

const LONGEST_LINE = 99;

function pick(names: readonly string[], given: Readonly<Record<string, unknown>>): Dimensions {
  const present = names.flatMap((name) => {
    const value = given[name];
    return typeof value === 'string' ? [[name, value] as const] : [];
  });
  return Object.fromEntries(present);
}

function asError(cause: unknown): Error {
  return cause instanceof Error ? cause : new Error(String(cause));
}
