import type * as z from 'zod';
import { type JobList, looksAtMost, type RecentQuery } from '../../shared/catalog/schemas/job-lists.ts';
import { JobId } from '../../shared/catalog/schemas/submit.ts';
import type { Job } from '../../shared/domain/job.ts';
import { isReadable, type UnreadableRecordError } from '../../shared/domain/unreadable-record.ts';
import { summarizeJob, type ViewPorts } from '../../shared/jobs/job-view.ts';
import { decodeCursor, encodeCursor, wrongCursor } from '../../shared/runtime/cursor.ts';
import type { HttpAnswer } from '../../shared/runtime/http-answer.ts';
import type { HttpRequest } from '../../shared/runtime/http-handler.ts';

type Query = z.infer<typeof RecentQuery>;

/**
 * A page of the caller's jobs. Filters are applied before the page is cut, so a page is full while matches remain; only where a filter fits little
 * is the client told where to go on after so many jobs that were looked at.
 */
export async function listRecent(
  { query, owner }: HttpRequest<'list_recent'>,
  { store }: ViewPorts,
): Promise<HttpAnswer> {
  const { jobs, goOnAfter } = await pageOf(store.ofOwner(owner, startOf(query)), query);
  const cursor = goOnAfter !== undefined && { next_cursor: cursorAt(goOnAfter, query) };
  const body: z.infer<typeof JobList> = { jobs: jobs.map(summarizeJob), ...cursor };
  return { status: 200, body };
}

interface Page {
  readonly jobs: readonly Job[];
  /** The job that the next page begins after; undefined when there is none. */
  readonly goOnAfter?: string | undefined;
}

/** One job more than the page holds is looked for, so that the last page is known to be the last. */
async function pageOf(heads: AsyncIterable<Job | UnreadableRecordError>, query: Query): Promise<Page> {
  const jobs: Job[] = [];
  let looks = 0;
  for await (const head of heads) {
    const isShown = isReadable(head) && matches(head, query);
    if (isShown && jobs.length === query.limit) return { jobs, goOnAfter: jobs.at(-1)?.id };
    if (isShown) jobs.push(head);
    looks++;
    if (looks === looksAtMost) return { jobs, goOnAfter: head.id };
  }
  return { jobs };
}

function matches(job: Job, { type, status }: Query): boolean {
  return (type === undefined || job.type === type) && (status === undefined || job.status === status);
}

/** Where a page ends, and under which filters. It carries no right: the list is always the caller's own. */
function cursorAt(id: string, { type, status }: Query): string {
  return encodeCursor([id, type ?? '', status ?? '']);
}

function startOf({ cursor, type, status }: Query): string | undefined {
  if (cursor === undefined) return undefined;
  const [id, ofType, ofStatus] = decodeCursor(cursor);
  if (!JobId.safeParse(id).success) throw wrongCursor('is not a cursor of this list');
  if (ofType !== (type ?? '') || ofStatus !== (status ?? '')) throw wrongCursor('belongs to a list with other filters');
  return id;
}
