import { isFinal, type Job } from '../domain/job.ts';
import type { JobStore, Now } from '../domain/ports.ts';
import { findReadable } from './find-readable.ts';

export interface AwaitPorts {
  readonly store: Pick<JobStore, 'find'>;
  readonly now: Now;
  /** Resolves after so many milliseconds. */
  readonly pause: (milliseconds: number) => Promise<void>;
}

/** Between two looks, milliseconds: soon at first, since much ends within a second; twenty seconds cost twenty-odd reads. */
const FIRST_PAUSE_MILLISECONDS = 200;
const LONGEST_PAUSE_MILLISECONDS = 1_000;
const PAUSE_GROWTH = 1.4;

/** The job once it has ended; undefined when it has not by `until`, milliseconds since the epoch, or cannot be read. */
export async function awaitEnd(id: string, until: number, { store, now, pause }: AwaitPorts): Promise<Job | undefined> {
  let milliseconds = FIRST_PAUSE_MILLISECONDS;
  while (now() < until) {
    await pause(Math.min(milliseconds, until - now()));
    const job = await findReadable(id, 'strong', store);
    if (!job || isFinal(job.status)) return job;
    milliseconds = Math.min(LONGEST_PAUSE_MILLISECONDS, milliseconds * PAUSE_GROWTH);
  }
  return undefined;
}
