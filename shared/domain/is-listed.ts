import type { Job } from './job.ts';

/** Whether its owner's list shows the job: a child is shown by its batch, and what follows from the end of a job by that job. Never changes. */
export function isListed({ parent, follows }: Pick<Job, 'parent' | 'follows'>): boolean {
  return parent === undefined && follows === undefined;
}
