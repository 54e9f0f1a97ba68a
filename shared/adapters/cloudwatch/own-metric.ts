import type { Metric } from '@aws-sdk/client-cloudwatch';
import { type MetricName, metricsNamespace, metricsService } from '../../catalog/metrics.ts';

/** One of our metrics as CloudWatch knows it. Each set of dimensions is a metric of its own: it adds up nothing over the others. */
export function ownMetric(name: MetricName, stage: string, dimensions: Readonly<Record<string, string>>): Metric {
  const all = Object.entries({ service: metricsService(stage), ...dimensions });
  return {
    Namespace: metricsNamespace,
    MetricName: name,
    Dimensions: all.map(([Name, Value]) => ({ Name, Value })),
  };
}
