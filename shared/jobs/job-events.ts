import type * as z from 'zod';
import type { JobEventView } from '../catalog/schemas/job-lists.ts';
import type { Job } from '../domain/job.ts';

/**
 * The job's events with their numbers, oldest first, those after number `after` only. The record keeps the latest fifty; what an event does
 * not say is as in the one before it.
 */
export function eventsAfter(job: Job, after: number): z.infer<typeof JobEventView>[] {
  const first = job.seq - job.history.length + 1;
  let step = job.step;
  let progress = 0;
  const events = job.history.map((event, index) => {
    step = event.step ?? (index === 0 ? job.step : step);
    progress = event.progress ?? progress;
    return {
      seq: first + index,
      at: new Date(event.at).toISOString(),
      status: event.status,
      step,
      progress,
      ...(event.message !== undefined && { message: event.message }),
    };
  });
  return events.filter(({ seq }) => seq > after);
}
