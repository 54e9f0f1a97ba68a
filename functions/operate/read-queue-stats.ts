import type * as z from 'zod';
import { figuresMinutes } from '../../shared/catalog/queue-figures.ts';
import { type QueueName, queueNames, queues } from '../../shared/catalog/queues.ts';
import type { QueueStats } from '../../shared/catalog/schemas/queue-stats.ts';
import type { Now, QueueConsumers, QueueCounter, Telemetry } from '../../shared/domain/ports.ts';
import type { MeasuredQueue, QueueHistory, TimeSpan } from '../../shared/domain/queue-history.ts';
import { figuresOf } from '../../shared/jobs/queue-figures.ts';
import { viewConsumer } from './switch-queue.ts';

export interface StatsPorts {
  readonly counter: QueueCounter;
  readonly consumers: QueueConsumers;
  readonly history: QueueHistory;
  readonly telemetry: Telemetry;
  readonly now: Now;
}

export type QueueStatsDocument = z.infer<typeof QueueStats>;

const MINUTE_MILLISECONDS = 60_000;

/** Every queue as it is at this moment and was in the last hour, the most urgent first. Without CloudWatch it tells the moment alone. */
export async function queueStats(ports: StatsPorts): Promise<QueueStatsDocument> {
  const at = ports.now();
  const to = Math.floor(at / MINUTE_MILLISECONDS) * MINUTE_MILLISECONDS;
  const time = { from: to - figuresMinutes * MINUTE_MILLISECONDS, to };
  const urgentFirst = queueNames.toSorted((a, b) => queues[b].priority - queues[a].priority);
  const [states, history] = await Promise.all([
    Promise.all(urgentFirst.map((queue) => stateOf(queue, ports))),
    historyOf(time, ports),
  ]);
  return {
    at: new Date(at).toISOString(),
    from: new Date(time.from).toISOString(),
    to: new Date(time.to).toISOString(),
    queues: states.map((state) => ({
      ...state,
      ...figuresOf(history ? (history.get(state.queue) ?? {}) : 'not_readable'),
    })),
  };
}

async function historyOf(
  time: TimeSpan,
  { history, telemetry }: StatsPorts,
): Promise<ReadonlyMap<QueueName, MeasuredQueue> | undefined> {
  try {
    return await history.read(queueNames, time);
  } catch (error) {
    telemetry.warn('metrics_not_readable', { ...time }, error);
    return undefined;
  }
}

async function stateOf(queue: QueueName, { counter, consumers }: StatsPorts) {
  const { priority, carries, pickUpTargetSeconds, waitLimitSeconds } = queues[queue];
  const [counts, consumer] = await Promise.all([counter.count(queue), consumers.read(queue)]);
  return {
    queue,
    priority,
    carries,
    ...viewConsumer(consumer),
    waiting: counts.waiting,
    in_flight: counts.inFlight,
    delayed: counts.delayed,
    dead_letter_messages: counts.deadLetters,
    pick_up_target: pickUpTargetSeconds,
    wait_limit: waitLimitSeconds,
  };
}
