/** What names one series: two metrics of one name are different if their dimensions are. */
export interface MetricId {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

/** What was recorded in some minutes, merged. */
export interface Sample {
  readonly sum: number;
  readonly count: number;
  readonly minimum: number;
  readonly maximum: number;
  /** How often each value was recorded, values to three significant digits. */
  readonly values: ReadonlyMap<number, number>;
}

/** Metrics by the minute, in memory. */
export interface MetricStore {
  /** Nothing can have been recorded before; milliseconds since the epoch. */
  readonly since: number;
  /** Adds a value that was seen `times` times at a moment, milliseconds since the epoch. */
  record(metric: MetricId, value: number, at: number, times?: number): void;
  /** Everything recorded from a moment until just before another; undefined if there is nothing. */
  read(metric: MetricId, from: number, to: number): Sample | undefined;
  /** Drops the minutes that ended by then. */
  forget(before: number): void;
}

/** Standard resolution: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_concepts.html#Resolution_definition */
export const minuteMs = 60_000;

type Bucket = { -readonly [Field in keyof Sample]: Sample[Field] } & { readonly values: Map<number, number> };

/** An empty history that begins at `since`, milliseconds since the epoch. */
export function createMetricStore(since: number): MetricStore {
  const series = new Map<string, Map<number, Bucket>>();
  return {
    since,
    record(metric, value, at, times = 1) {
      const key = keyOf(metric);
      const minutes = series.get(key) ?? new Map<number, Bucket>();
      const minute = Math.floor(at / minuteMs);
      const bucket = minutes.get(minute) ?? emptyBucket();
      series.set(key, minutes.set(minute, bucket));
      add(bucket, { sum: value * times, count: times, minimum: value, maximum: value });
      addValue(bucket, Number(value.toPrecision(3)), times);
    },
    read(metric, from, to) {
      const minutes = series.get(keyOf(metric));
      const merged = emptyBucket();
      for (let minute = Math.floor(from / minuteMs); minute * minuteMs < to; minute += 1) {
        const bucket = minutes?.get(minute);
        if (!bucket) continue;
        add(merged, bucket);
        for (const [value, times] of bucket.values) addValue(merged, value, times);
      }
      return merged.count === 0 ? undefined : merged;
    },
    forget(before) {
      for (const [key, minutes] of series) {
        for (const minute of minutes.keys()) if ((minute + 1) * minuteMs <= before) minutes.delete(minute);
        if (minutes.size === 0) series.delete(key);
      }
    },
  };
}

function keyOf({ namespace, name, dimensions }: MetricId): string {
  const pairs = Object.entries(dimensions).map(([dimension, value]) => `${dimension}=${value}`);
  return [namespace, name, ...pairs.sort()].join('\n');
}

function emptyBucket(): Bucket {
  return { sum: 0, count: 0, minimum: Number.POSITIVE_INFINITY, maximum: Number.NEGATIVE_INFINITY, values: new Map() };
}

function add(bucket: Bucket, { sum, count, minimum, maximum }: Omit<Sample, 'values'>): void {
  bucket.sum += sum;
  bucket.count += count;
  bucket.minimum = Math.min(bucket.minimum, minimum);
  bucket.maximum = Math.max(bucket.maximum, maximum);
}

function addValue(bucket: Bucket, value: number, times: number): void {
  bucket.values.set(value, (bucket.values.get(value) ?? 0) + times);
}
