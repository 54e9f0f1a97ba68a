import type * as z from 'zod';
import { type QueueName, queueNames, queues } from '../../shared/catalog/queues.ts';
import type { QueueStats } from '../../shared/catalog/schemas/operate.ts';
import type { Now, QueueCounter } from '../../shared/domain/ports.ts';
import type { HttpAnswer } from '../../shared/runtime/http-answer.ts';

interface StatsPorts {
  readonly counter: QueueCounter;
  readonly now: Now;
}

/** Every queue as it is at this moment, the most urgent first. */
export async function readQueueStats({ counter, now }: StatsPorts): Promise<HttpAnswer> {
  const urgentFirst = queueNames.toSorted((a, b) => queues[b].priority - queues[a].priority);
  const body: z.infer<typeof QueueStats> = {
    at: new Date(now()).toISOString(),
    queues: await Promise.all(urgentFirst.map((queue) => stateOf(queue, counter))),
  };
  return { status: 200, body };
}

async function stateOf(queue: QueueName, counter: QueueCounter): Promise<z.infer<typeof QueueStats>['queues'][number]> {
  const { priority, carries, pickUpTargetSeconds, waitLimitSeconds } = queues[queue];
  const { waiting, inFlight, delayed, deadLetters } = await counter.count(queue);
  return {
    queue,
    priority,
    carries,
    waiting,
    in_flight: inFlight,
    delayed,
    dead_letter_messages: deadLetters,
    pick_up_target: pickUpTargetSeconds,
    wait_limit: waitLimitSeconds,
  };
}
