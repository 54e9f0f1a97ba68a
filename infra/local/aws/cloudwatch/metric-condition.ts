import type { Judgement } from './alarm.ts';
import type { Points } from './metric-math.ts';
import type { MetricQuery } from './metric-query.ts';
import { type MetricStore, minuteMs } from './metric-store.ts';

export interface MetricCondition {
  /** The one query of the alarm's that returns data. */
  readonly query: MetricQuery;
  readonly comparison: keyof typeof comparisons;
  readonly threshold: number;
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm: number;
  readonly treatMissingData: (typeof missingDataTreatments)[number];
}

export const missingDataTreatments = ['breaching', 'notBreaching', 'ignore', 'missing'] as const;

const comparisons = {
  GreaterThanThreshold: { words: 'over', isBreaching: (value: number, threshold: number) => value > threshold },
  GreaterThanOrEqualToThreshold: { words: 'at least', isBreaching: (value, threshold) => value >= threshold },
  LessThanThreshold: { words: 'under', isBreaching: (value, threshold) => value < threshold },
  LessThanOrEqualToThreshold: { words: 'at most', isBreaching: (value, threshold) => value <= threshold },
} as const satisfies Record<string, { words: string; isBreaching: (value: number, threshold: number) => boolean }>;

export const comparisonNames = [
  'GreaterThanThreshold',
  'GreaterThanOrEqualToThreshold',
  'LessThanThreshold',
  'LessThanOrEqualToThreshold',
] as const satisfies readonly (keyof typeof comparisons)[];

/** As in the examples of the page below: so many periods more than an alarm needs are looked at, in case some have no data. */
const extraPeriods = 2;

/** Judges the periods that had ended at a moment on the minute; undefined leaves the alarm in its state. */
export function judgeMetric(condition: MetricCondition, store: MetricStore, endedAt: number): Judgement | undefined {
  const { query, evaluationPeriods, datapointsToAlarm, comparison, threshold } = condition;
  const periodMs = query.periodSeconds * 1000;
  const length = evaluationPeriods + extraPeriods;
  const starts = Array.from({ length }, (_, index) => endedAt - (length - index) * periodMs);
  const points = query.read(starts, store);
  const state = judgePoints(points, condition, starts.filter((start) => start < store.since).length);
  if (state === undefined) return undefined;
  const values = points.slice(extraPeriods).map((point) => (point === undefined ? '-' : Number(point.toPrecision(6))));
  const wanted = `${datapointsToAlarm} of ${evaluationPeriods} ${comparisons[comparison].words} ${threshold}`;
  return { state, reason: `${query.label} by ${periodMs / minuteMs} min: ${values.join(', ')} (alarm: ${wanted})` };
}

/**
 * The state that these points mean, oldest first; undefined keeps the one there is. Real data is used as far as there is any, and
 * missing data is filled in only up to the number of evaluation periods. The first `unlived` points are of a time before this start: that
 * they are missing is nobody's fault.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
 */
export function judgePoints(
  points: Points,
  condition: Omit<MetricCondition, 'query'>,
  unlived = 0,
): Judgement['state'] | undefined {
  const { treatMissingData, evaluationPeriods, datapointsToAlarm, threshold } = condition;
  const { isBreaching } = comparisons[condition.comparison];
  const real = points.filter((point) => point !== undefined).slice(-evaluationPeriods);
  const missing = evaluationPeriods - real.length;
  const breaching = real.filter((point) => isBreaching(point, threshold)).length;
  const silent = points.slice(unlived).filter((point) => point === undefined).length;
  const filledIn = treatMissingData === 'breaching' ? Math.min(missing, silent) : 0;
  if (breaching + filledIn >= datapointsToAlarm) return 'ALARM';
  if (treatMissingData === 'breaching' || treatMissingData === 'notBreaching' || missing === 0) return 'OK';
  const isIgnored = treatMissingData === 'ignore';
  if (real.length === 0) return isIgnored ? undefined : 'INSUFFICIENT_DATA';
  // Old enough, and nothing better since: an alarm is not held back only because data has stopped.
  const oldest = points.length - points.findIndex((point) => point !== undefined);
  if (breaching < real.length || oldest < datapointsToAlarm) return 'OK';
  return isIgnored ? undefined : 'ALARM';
}
