import type { QueueName } from '../catalog/queues.ts';
import type { QueueConsumers, Telemetry } from '../domain/ports.ts';
import { type ConcurrencyBounds, withoutRaise } from '../domain/raises.ts';
import type { RemediationStore } from '../domain/remediation.ts';
import { changeRemediation } from './change-remediation.ts';

export interface RaisePorts {
  readonly remediations: RemediationStore;
  readonly consumers: QueueConsumers;
  readonly concurrency: Readonly<Record<QueueName, ConcurrencyBounds>>;
  readonly telemetry: Telemetry;
  readonly now: () => number;
}

/**
 * Gives a queue that was raised the concurrency of the template again, unless somebody else has given it another since: a deployment's number or
 * an operator's is theirs. False while the consumer is paused or just being changed; the next run tries again. Rejects when AWS does not answer.
 */
export async function putBack(queue: QueueName, ports: RaisePorts): Promise<boolean> {
  const { raises } = await ports.remediations.read();
  const raise = raises.find((one) => one.queue === queue);
  if (!raise) return true;
  const { state, concurrency } = await ports.consumers.read(queue);
  if (state !== 'running') return false;
  const isOurs = concurrency === raise.concurrency;
  if (isOurs && !(await ports.consumers.limit(queue, ports.concurrency[queue].usual))) return false;
  await changeRemediation(ports.remediations, (now) => ({ ...now, raises: withoutRaise(queue, now.raises) }));
  return true;
}

/** Ends the raises whose time is over. One that cannot be ended at this moment is left to the next run. */
export async function endRaises(ports: RaisePorts): Promise<void> {
  const { raises } = await ports.remediations.read();
  for (const { queue, until } of raises) {
    if (until > ports.now() || !(await putBack(queue, ports))) continue;
    ports.telemetry.note('remediation', { operator: 'remediation', kind: 'put_back', queue, why: 'time_over' });
  }
}
