import * as z from 'zod';
import type { MetricStore } from '../cloudwatch/metric-store.ts';

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html */
const Embedded = z.looseObject({
  _aws: z.object({
    Timestamp: z.number(),
    CloudWatchMetrics: z.array(
      z.object({
        Namespace: z.string().min(1),
        Dimensions: z.array(z.array(z.string()).max(30)),
        Metrics: z.array(z.object({ Name: z.string().min(1) })).max(100),
      }),
    ),
  }),
});
const Values = z.union([z.number().transform((value) => [value]), z.array(z.number()).max(100)]);
const Dimension = z.union([z.string(), z.number().transform(String)]);

/**
 * Records the metrics of a log line in the embedded metric format; any other line is left alone. As on AWS, what does not
 * keep the format is dropped without a word: a set whose dimension the line lacks, a metric that is no number.
 */
export function recordEmbeddedMetrics(line: string, store: MetricStore): void {
  if (!line.startsWith('{') || !line.includes('"CloudWatchMetrics"')) return;
  const { data: entry } = Embedded.safeParse(parseJson(line));
  for (const { Namespace: namespace, Dimensions, Metrics } of entry?._aws.CloudWatchMetrics ?? []) {
    for (const names of Dimensions) {
      const pairs = names.map((name) => [name, entry?.[name]]);
      const { data: dimensions } = z.record(z.string(), Dimension).safeParse(Object.fromEntries(pairs));
      if (dimensions === undefined) continue;
      for (const { Name: name } of Metrics) {
        const { data: values = [] } = Values.safeParse(entry?.[name]);
        for (const value of values) store.record({ namespace, name, dimensions }, value, entry?._aws.Timestamp ?? 0);
      }
    }
  }
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
