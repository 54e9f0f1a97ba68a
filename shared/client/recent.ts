import { isRecord } from './answer.ts';
import { ask, type Connection } from './ask.ts';
import type { JobSummary } from './contract.ts';
import type { Job, JobType } from './job.ts';
import { recentPath } from './paths.ts';

export interface RecentOptions {
  /** Only jobs of this type. */
  readonly type?: JobType;
  /** Only jobs in this state. */
  readonly status?: Job['status'];
  readonly signal?: AbortSignal;
}

/** Jobs asked for at a time. */
const pageSize = 50;

/** Written as an iterator and not as a generator: not every engine of React Native knows asynchronous generators. */
export function recentJobs(connection: Connection, options: RecentOptions): AsyncIterable<JobSummary> {
  return {
    [Symbol.asyncIterator]: () => {
      let page: readonly JobSummary[] = [];
      let at = 0;
      let cursor: string | undefined;
      let isLast = false;
      return {
        next: async () => {
          while (at === page.length && !isLast) {
            const { jobs, next_cursor } = await readPage(connection, options, cursor);
            page = jobs;
            at = 0;
            cursor = next_cursor;
            isLast = next_cursor === undefined;
          }
          const value = page[at];
          at += 1;
          return value === undefined ? { done: true, value } : { done: false, value };
        },
      };
    },
  };
}

interface Page {
  readonly jobs: readonly JobSummary[];
  readonly next_cursor?: string;
}

async function readPage(
  connection: Connection,
  { type, status, signal }: RecentOptions,
  cursor: string | undefined,
): Promise<Page> {
  const path = recentPath({ limit: String(pageSize), cursor, type, status });
  return (await ask(connection, { method: 'GET', path, needsToken: true, isBody: isPage, signal })).body;
}

function isPage(body: unknown): body is Page {
  return isRecord(body) && Array.isArray(body.jobs);
}
