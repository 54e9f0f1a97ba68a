import { change, firstLookAfter } from './build-change.ts';
import type { Change } from './change.ts';
import { free, live, notAwaiting, sameVisit } from './guards.ts';
import type { Job } from './job.ts';

/** What is done about a message that seems lost. A client sees nothing of it. */

/** Sends a message again later if still nobody has picked it up. */
export function pushDue(job: Job, dueAt: number): Change {
  return change('push_due', job.id, {
    when: [...sameVisit(job.visit), ...live, ...free, { field: 'due_at', is: '=', value: job.due_at ?? 0 }],
    set: { due_at: dueAt },
    add: { resends: 1 },
  });
}

/** A message came back as a dead letter although the job still waits: it gets a new visit and a new message. */
export function requeue(job: Job, now: number): Change {
  return change('requeue', job.id, {
    when: [...sameVisit(job.visit), ...live, ...free, ...notAwaiting],
    set: { due_at: firstLookAfter(now, now, job), resends: 0 },
    add: { visit: 1, requeues: 1 },
  });
}
