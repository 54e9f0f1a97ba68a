import type { FailureCode } from '../catalog/failures.ts';
import { failuresReadAtMost, judgedHours, recommendations, settlingMinutes, usualHours } from '../catalog/patterns.ts';
import { type QueueName, queueNames } from '../catalog/queues.ts';
import { analyzeQueue, type QueueAnalysis } from '../domain/patterns/analyze-queue.ts';
import { recommend } from '../domain/patterns/recommend.ts';
import type { JobStore, Now, Telemetry } from '../domain/ports.ts';
import type { HourlyHistory, TimeSpan } from '../domain/queue-history.ts';

export interface AnalysisPorts {
  readonly store: Pick<JobStore, 'deadLetters' | 'findAll'>;
  readonly history: HourlyHistory;
  readonly telemetry: Telemetry;
  readonly now: Now;
  /** Attempts that may be under way at a time. */
  readonly capacity: Readonly<Record<QueueName, number>>;
}

const HOUR_MILLISECONDS = 3_600_000;

/**
 * Looks for patterns in the last day of every queue, and tells the log what it found, a line a queue, and what it recommends, a line each.
 * Changes nothing. Without CloudWatch it tells why jobs failed and no more; rejects when the records cannot be read.
 */
export async function analyzePatterns(ports: AnalysisPorts): Promise<void> {
  const settled = ports.now() - settlingMinutes * 60_000;
  const to = Math.floor(settled / HOUR_MILLISECONDS) * HOUR_MILLISECONDS;
  const judged = { from: to - judgedHours * HOUR_MILLISECONDS, to };
  const history = await historyOf({ from: judged.from - usualHours * HOUR_MILLISECONDS, to }, ports);
  for (const queue of queueNames) {
    const { codes, complete } = await failuresOf(queue, judged, ports);
    const analysis = analyzeQueue({
      queue,
      hours: history?.get(queue),
      failures: codes,
      capacity: ports.capacity[queue],
    });
    tell(analysis, { ...judged, failures_complete: complete }, ports.telemetry);
  }
}

async function historyOf(time: TimeSpan, { history, telemetry }: AnalysisPorts) {
  try {
    return await history.readHours(queueNames, time);
  } catch (error) {
    telemetry.warn('metrics_not_readable', { ...time }, error);
    return undefined;
  }
}

/** Why the newest jobs failed that are still failed: one that was redriven has another life. */
async function failuresOf(
  queue: QueueName,
  { from, to }: TimeSpan,
  { store }: AnalysisPorts,
): Promise<{ readonly codes: readonly FailureCode[]; readonly complete: boolean }> {
  const ids: string[] = [];
  let complete = true;
  for await (const { id, diedAt } of store.deadLetters(queue, 'newest_first', to - 1)) {
    complete = diedAt < from || ids.length < failuresReadAtMost;
    if (diedAt < from || !complete) break;
    ids.push(id);
  }
  const { jobs, unreadable } = await store.findAll(ids, 'eventual');
  return {
    codes: jobs.flatMap(({ dead, error }) => (dead === queue && error ? [error.code] : [])),
    complete: complete && unreadable.length === 0,
  };
}

function tell(analysis: QueueAnalysis, read: Readonly<Record<string, unknown>>, telemetry: Telemetry): void {
  const { queue, failures, measured } = analysis;
  const { chart, ...figures } = measured ?? {};
  telemetry.note('patterns_analyzed', {
    queue,
    ...read,
    failures,
    ...(measured ? figures : { missing: 'not_readable' }),
    ...(chart && { usual: chart.usual, broken: chart.points.filter(({ breaks }) => breaks.length > 0) }),
  });
  for (const { name, evidence } of recommend(analysis)) {
    telemetry.note('recommendation', { recommendation: name, advice: recommendations[name], ...evidence });
  }
}
