import { requestFailures } from '../../catalog/failures.ts';
import { highUtilization, type RecommendationName } from '../../catalog/patterns.ts';
import type { QueueAnalysis } from './analyze-queue.ts';

export interface Recommendation {
  readonly name: RecommendationName;
  /** The figures that speak for it. */
  readonly evidence: Readonly<Record<string, unknown>>;
}

/**
 * What an analysis gives reason for, and nothing else: a cause is only looked for while the newest hour shows one, so that yesterday's trouble is
 * not told all day.
 */
export function recommend({ queue, failures, measured }: QueueAnalysis): readonly Recommendation[] {
  const found = [
    ...(measured?.chart ? lookForCause(measured.chart, failures) : []),
    ...mendMostFrequent(failures),
    ...(measured ? addCapacity(measured) : []),
  ];
  return found.map(({ name, evidence }) => ({ name, evidence: { queue, ...evidence } }));
}

type Measured = NonNullable<QueueAnalysis['measured']>;

function lookForCause(
  { usual, points }: NonNullable<Measured['chart']>,
  failures: QueueAnalysis['failures'],
): readonly Recommendation[] {
  const newest = points.at(-1);
  if (!newest || newest.breaks.length === 0) return [];
  const evidence = { usual, ...newest, errors: failures.slice(0, 3).map(({ cause, count }) => ({ cause, count })) };
  return [{ name: 'look_for_cause', evidence }];
}

/** What the request was to blame for is nothing to mend. */
function mendMostFrequent(failures: QueueAnalysis['failures']): readonly Recommendation[] {
  const ours = failures.filter(({ cause, vital }) => vital && !requestFailures.has(cause));
  return ours.map(({ cause, count, share }) => ({
    name: 'mend_most_frequent',
    evidence: { error: cause, jobs: count, share },
  }));
}

function addCapacity({ busiest, peak }: Measured): readonly Recommendation[] {
  if (busiest.utilization <= highUtilization) return [];
  return [{ name: 'add_capacity', evidence: { ...busiest, ...(peak && { peak }) } }];
}
