import type * as z from 'zod';
import type { QueueConsumerView } from '../../shared/catalog/schemas/queue-stats.ts';
import type { QueueConsumer, QueueConsumers, Telemetry } from '../../shared/domain/ports.ts';
import type { RemediationStore } from '../../shared/domain/remediation.ts';
import { forgetPause } from '../../shared/jobs/remediate.ts';
import type { HttpAnswer } from '../../shared/runtime/http-answer.ts';
import type { HttpRequest } from '../../shared/runtime/http-handler.ts';
import { ProblemError } from '../../shared/runtime/problem.ts';

interface SwitchPorts {
  readonly consumers: QueueConsumers;
  readonly telemetry: Telemetry;
  readonly remediations: RemediationStore;
}

/** Pauses or resumes a queue's consumer; one that is there already is left alone. From then on no remediation resumes it. 409 while an earlier change is being made. */
export async function switchQueue(
  { params: { queue }, owner: operator }: HttpRequest<'pause_queue'> | HttpRequest<'resume_queue'>,
  to: 'on' | 'off',
  { consumers, telemetry, remediations }: SwitchPorts,
): Promise<HttpAnswer> {
  const before = await consumers.read(queue);
  const isThere = before.state === (to === 'on' ? 'running' : 'paused') || before.state === movingTo[to];
  const after = isThere ? before : await consumers.turn(queue, to);
  if (!after) {
    throw new ProblemError('consumer_changing', `The consumer is ${before.state}; try again in a moment`, {
      headers: { 'retry-after': '5' },
    });
  }
  await forgetPause(queue, remediations);
  telemetry.note(to === 'on' ? 'queue_resumed' : 'queue_paused', { operator, queue, before: before.state });
  const body: z.infer<typeof QueueConsumerView> = { queue, ...viewConsumer(after) };
  return { status: 200, body };
}

const movingTo = { on: 'resuming', off: 'pausing' } as const;

/** How operators see a consumer: one that is on its way to a pause counts as paused. */
export function viewConsumer({ state, concurrency }: QueueConsumer) {
  return {
    paused: state === 'paused' || state === 'pausing',
    consumer: state,
    ...(concurrency !== undefined && { concurrency }),
  };
}
