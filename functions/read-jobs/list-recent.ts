import type * as z from 'zod';
import type { RecentQuery } from '../../shared/catalog/schemas/job-lists.ts';
import { JobId } from '../../shared/catalog/schemas/submit.ts';
import type { Job } from '../../shared/domain/job.ts';
import { isReadable } from '../../shared/domain/unreadable-record.ts';
import { summarizeJob, type ViewPorts } from '../../shared/jobs/job-view.ts';
import { decodeCursor, encodeCursor, wrongCursor } from '../../shared/runtime/cursor.ts';
import type { HttpAnswer } from '../../shared/runtime/http-answer.ts';
import type { HttpRequest } from '../../shared/runtime/http-handler.ts';

type Query = z.infer<typeof RecentQuery>;

/** A page of the caller's jobs. Filters are applied before the page is cut, so a page is full while matches remain. */
export async function listRecent(
  { query, owner }: HttpRequest<'list_recent'>,
  { store }: ViewPorts,
): Promise<HttpAnswer> {
  const jobs: Job[] = [];
  for await (const job of store.ofOwner(owner, startOf(query))) {
    if (isReadable(job) && matches(job, query)) jobs.push(job);
    if (jobs.length > query.limit) break;
  }
  const page = jobs.slice(0, query.limit);
  const last = jobs.length > query.limit ? page.at(-1) : undefined;
  return { status: 200, body: { jobs: page.map(summarizeJob), ...(last && { next_cursor: cursorAt(last, query) }) } };
}

/** A child is listed by its batch, and what follows from the end of a job is told by that job. */
function matches(job: Job, { type, status }: Query): boolean {
  const isOfAnother = job.parent !== undefined || job.follows !== undefined;
  return !isOfAnother && (type === undefined || job.type === type) && (status === undefined || job.status === status);
}

/** Where a page ends, and under which filters. It carries no right: the list is always the caller's own. */
function cursorAt(job: Job, { type, status }: Query): string {
  return encodeCursor([job.id, type ?? '', status ?? '']);
}

function startOf({ cursor, type, status }: Query): string | undefined {
  if (cursor === undefined) return undefined;
  const [id, ofType, ofStatus] = decodeCursor(cursor);
  if (!JobId.safeParse(id).success) throw wrongCursor('is not a cursor of this list');
  if (ofType !== (type ?? '') || ofStatus !== (status ?? '')) throw wrongCursor('belongs to a list with other filters');
  return id;
}
