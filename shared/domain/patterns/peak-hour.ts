export interface PeakHour {
  /** Of the day, UTC, 0 to 23. */
  readonly hour: number;
  /** Jobs that come in that hour on average. */
  readonly jobs: number;
  /** How many times the average hour that is. */
  readonly timesUsual: number;
}

const HOUR_MILLISECONDS = 3_600_000;

/** The hour of the day in which most jobs come, over whole days; undefined when none came at all. */
export function peakHour(hours: readonly { readonly from: number; readonly accepted: number }[]): PeakHour | undefined {
  const usual = average(hours.map(({ accepted }) => accepted));
  if (usual === 0) return undefined;
  const ofDay = [...Map.groupBy(hours, ({ from }) => Math.floor(from / HOUR_MILLISECONDS) % 24)];
  const means = ofDay.map(([hour, all]) => ({ hour, jobs: average(all.map(({ accepted }) => accepted)) }));
  const [peak] = means.toSorted((a, b) => b.jobs - a.jobs || a.hour - b.hour);
  return peak && { ...peak, timesUsual: peak.jobs / usual };
}

function average(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((total, value) => total + value, 0) / values.length;
}
