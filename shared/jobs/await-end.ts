import { isFinal, type Job } from '../domain/job.ts';
import type { JobStore, Now, Telemetry } from '../domain/ports.ts';
import { findReadable } from './find-readable.ts';

export interface AwaitPorts {
  readonly store: Pick<JobStore, 'find'>;
  readonly telemetry: Pick<Telemetry, 'warn'>;
  readonly now: Now;
  /** Resolves after so many milliseconds. */
  readonly pause: (milliseconds: number) => Promise<void>;
}

/** Between two looks, milliseconds: soon at first, since much ends within a second; twenty seconds cost twenty-odd reads. */
const FIRST_PAUSE_MILLISECONDS = 200;
const LONGEST_PAUSE_MILLISECONDS = 1_000;
const PAUSE_GROWTH = 1.4;

/**
 * The job once it has ended; undefined when it has not by `until`, milliseconds since the epoch, or its record cannot be read. A look at which
 * the store fails has seen nothing: the next one may.
 */
export async function awaitEnd(id: string, until: number, ports: AwaitPorts): Promise<Job | undefined> {
  const { now, pause } = ports;
  let milliseconds = FIRST_PAUSE_MILLISECONDS;
  while (now() < until) {
    await pause(Math.min(milliseconds, until - now()));
    const seen = await look(id, ports);
    if (seen && (!seen.job || isFinal(seen.job.status))) return seen.job;
    milliseconds = Math.min(LONGEST_PAUSE_MILLISECONDS, milliseconds * PAUSE_GROWTH);
  }
  return undefined;
}

async function look(
  id: string,
  { store, telemetry }: AwaitPorts,
): Promise<{ readonly job: Job | undefined } | undefined> {
  try {
    return { job: await findReadable(id, 'strong', store) };
  } catch (error) {
    telemetry.warn('awaited_job_not_read', { job_id: id }, error);
    return undefined;
  }
}
