import { type OpenMetric, openMetrics } from '../../shared/catalog/queue-figures.ts';
import type { QueueStatsDocument } from './read-queue-stats.ts';

type QueueState = QueueStatsDocument['queues'][number];

/** Value by the labels that it has beside `queue`. Null is not known, and left out. */
interface Sample {
  readonly labels?: Readonly<Record<string, string>>;
  readonly value: number | null;
}

/**
 * The figures as OpenMetrics text: one family after the other, with a sample for each queue, and nothing for what is not known.
 * https://github.com/prometheus/OpenMetrics/blob/v1.0.0/specification/OpenMetrics.md
 */
export function openMetricsText({ queues }: QueueStatsDocument): string {
  const families = Object.entries(samplesOf).map(([figure, read]) => family(definitionOf(figure), queues, read));
  return `${families.flat().join('\n')}\n# EOF\n`;
}

const samplesOf = {
  waiting: ({ waiting }) => [{ value: waiting }],
  in_flight: ({ in_flight }) => [{ value: in_flight }],
  delayed: ({ delayed }) => [{ value: delayed }],
  dead_letter_messages: ({ dead_letter_messages }) => [{ value: dead_letter_messages }],
  paused: ({ paused }) => [{ value: paused ? 1 : 0 }],
  age_of_oldest: ({ age_of_oldest }) => [{ value: age_of_oldest }],
  per_minute: ({ per_minute }) =>
    Object.entries(per_minute ?? {}).map(([event, value]) => ({ labels: { event }, value })),
  pick_up: ({ pick_up }) => quantiles(pick_up),
  step: ({ step }) => quantiles(step),
  completion_rate: ({ completion_rate }) => [{ value: completion_rate }],
  opportunities: ({ opportunities }) => [{ value: opportunities }],
  defects: ({ defects }) => [{ value: defects }],
  dpmo: ({ dpmo }) => [{ value: dpmo }],
  sigma_level: ({ sigma_level }) => [{ value: sigma_level }],
} as const satisfies Record<keyof typeof openMetrics, (state: QueueState) => readonly Sample[]>;

function definitionOf(figure: string): OpenMetric {
  const byFigure: Readonly<Record<string, OpenMetric | undefined>> = openMetrics;
  const found = byFigure[figure];
  if (!found) throw new Error(`The catalog has no name for ${figure}`);
  return found;
}

function quantiles(percentiles: QueueState['pick_up']): readonly Sample[] {
  if (!percentiles) return [];
  const { p50, p95, p99 } = percentiles;
  return [
    { labels: { quantile: '0.5' }, value: p50 },
    { labels: { quantile: '0.95' }, value: p95 },
    { labels: { quantile: '0.99' }, value: p99 },
  ];
}

function family(
  { name, type, unit, help }: OpenMetric,
  queues: readonly QueueState[],
  read: (state: QueueState) => readonly Sample[],
): readonly string[] {
  return [
    `# TYPE ${name} ${type}`,
    ...(unit === undefined ? [] : [`# UNIT ${name} ${unit}`]),
    `# HELP ${name} ${escaped(help)}`,
    ...queues.flatMap((state) => read(state).flatMap((sample) => line(name, state.queue, sample))),
  ];
}

function line(name: string, queue: string, { labels = {}, value }: Sample): readonly string[] {
  if (value === null) return [];
  const pairs = Object.entries({ queue, ...labels }).map(([label, text]) => `${label}="${escaped(text)}"`);
  return [`${name}{${pairs.join(',')}} ${value}`];
}

function escaped(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}
