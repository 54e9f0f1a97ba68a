import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { metrics as catalog, type MetricName, metricsNamespace } from '../catalog/metrics.ts';
import type { Telemetry } from '../domain/ports.ts';

const serviceName = 'roadtrip-jobs';

/** Structured logs; the middleware adds the request id and the function to every line. */
export const logger = new Logger({ serviceName });

type Dimensions = Readonly<Record<string, string>>;

interface Sample {
  readonly name: MetricName;
  readonly value: number;
}

const metrics = new Metrics({ namespace: metricsNamespace, serviceName });

const samples = new Map<string, { readonly dimensions: Dimensions; readonly samples: Sample[] }>();

/** What the use cases tell operators, through the function's log. Metrics are kept until the invocation's end (`emitMetrics`). */
export const telemetry: Telemetry = {
  count(name, given, value = 1) {
    const wanted = catalog[name].dimensions.flatMap((dimension) => {
      const own = given[dimension];
      return own === undefined ? [] : [[dimension, own] as const];
    });
    const dimensions = Object.fromEntries(wanted);
    const key = JSON.stringify(dimensions);
    const group = samples.get(key) ?? { dimensions, samples: [] };
    group.samples.push({ name, value });
    samples.set(key, group);
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
  for (const group of samples.values()) {
    metrics.addDimensions({ ...group.dimensions });
    for (const { name, value } of group.samples) metrics.addMetric(name, MetricUnit[catalog[name].unit], value);
    metrics.publishStoredMetrics();
  }
  samples.clear();
}

function asError(cause: unknown): Error {
  return cause instanceof Error ? cause : new Error(String(cause));
}
