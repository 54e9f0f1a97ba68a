import type * as z from 'zod';
import { type QueueName, queueNames, queues } from '../../shared/catalog/queues.ts';
import type { QueueStats } from '../../shared/catalog/schemas/operate.ts';
import type { Now, QueueConsumers, QueueCounter } from '../../shared/domain/ports.ts';
import type { HttpAnswer } from '../../shared/runtime/http-answer.ts';
import { viewConsumer } from './switch-queue.ts';

interface StatsPorts {
  readonly counter: QueueCounter;
  readonly consumers: QueueConsumers;
  readonly now: Now;
}

/** Every queue as it is at this moment, the most urgent first. */
export async function readQueueStats(ports: StatsPorts): Promise<HttpAnswer> {
  const urgentFirst = queueNames.toSorted((a, b) => queues[b].priority - queues[a].priority);
  const body: z.infer<typeof QueueStats> = {
    at: new Date(ports.now()).toISOString(),
    queues: await Promise.all(urgentFirst.map((queue) => stateOf(queue, ports))),
  };
  return { status: 200, body };
}

async function stateOf(
  queue: QueueName,
  { counter, consumers }: StatsPorts,
): Promise<z.infer<typeof QueueStats>['queues'][number]> {
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
