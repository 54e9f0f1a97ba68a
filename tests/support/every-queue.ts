import type { QueueName } from '../../shared/catalog/queues.ts';

/** The same value for each queue of the catalog. */
export function sameForEveryQueue<T>(value: T): Readonly<Record<QueueName, T>> {
  return {
    booking: value,
    voice_synthesis: value,
    notifications: value,
    ai_generation: value,
    default: value,
    image_processing: value,
    analytics: value,
  };
}
