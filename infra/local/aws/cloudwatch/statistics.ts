import type { Sample } from './metric-store.ts';

/** Undefined where a sample does not tell it. */
export type Statistic = (sample: Sample) => number | undefined;

const simple: Readonly<Record<string, Statistic>> = {
  Sum: (sample) => sample.sum,
  Average: (sample) => sample.sum / sample.count,
  Minimum: (sample) => sample.minimum,
  Maximum: (sample) => sample.maximum,
  SampleCount: (sample) => sample.count,
};

/**
 * The statistic of this name: the five simple ones and percentiles (`p99`, `p99.9`); undefined for any other.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Statistics-definitions.html
 */
export function statisticNamed(name: string): Statistic | undefined {
  const percent = /^p(\d{1,2}(?:\.\d{1,10})?|100)$/.exec(name)?.[1];
  return percent === undefined ? simple[name] : (sample) => percentile(sample, Number(percent));
}

/** The smallest value that at least this part of all values does not exceed. */
function percentile({ values }: Sample, percent: number): number | undefined {
  const ascending = [...values].sort(([one], [other]) => one - other);
  const count = ascending.reduce((sum, [, times]) => sum + times, 0);
  const rank = Math.max(1, Math.ceil((count * percent) / 100));
  let seen = 0;
  return ascending.find(([, times]) => {
    seen += times;
    return seen >= rank;
  })?.[0];
}
