import type { Job } from '../domain/job.ts';
import type { JobStore } from '../domain/ports.ts';
import { UnreadableRecordError } from '../domain/unreadable-record.ts';

/** The head, or why this release cannot read it; undefined if there is none. The store has told operators of one that cannot be read. */
export async function findAny(
  id: string,
  consistency: 'eventual' | 'strong',
  store: Pick<JobStore, 'find'>,
): Promise<Job | UnreadableRecordError | undefined> {
  try {
    return await store.find(id, consistency);
  } catch (error) {
    if (error instanceof UnreadableRecordError) return error;
    throw error;
  }
}

/** The head; undefined if there is none that this release can read: for those who can go on without it. */
export async function findReadable(
  id: string,
  consistency: 'eventual' | 'strong',
  store: Pick<JobStore, 'find'>,
): Promise<Job | undefined> {
  const found = await findAny(id, consistency, store);
  return found instanceof UnreadableRecordError ? undefined : found;
}
