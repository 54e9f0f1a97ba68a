import { childCounts } from '../../shared/domain/batch.ts';
import { isFinal, type Job } from '../../shared/domain/job.ts';
import { deliveryOf } from '../../shared/jobs/callback.ts';
import { retryAfterSeconds, type ViewPorts, viewJob } from '../../shared/jobs/job-view.ts';
import { cacheStatusOf } from '../../shared/runtime/cache-status.ts';
import type { HttpAnswer } from '../../shared/runtime/http-answer.ts';
import type { HttpRequest } from '../../shared/runtime/http-handler.ts';
import { ownJob } from '../../shared/runtime/own-job.ts';

/** How long one signing of the links is taken for the same answer, milliseconds: well below the hour that a link lives. */
const LINK_PERIOD_MILLISECONDS = 900_000;

/**
 * `GET /jobs/status/{job_id}`: the caller's job with links signed now, or 304 while nothing that the client knows has changed. Throws ProblemError
 * 404 for any other job.
 */
export async function readJob(
  { params, owner, headers }: HttpRequest<'read_job'>,
  ports: ViewPorts,
): Promise<HttpAnswer> {
  const job = await ownJob(params.job_id, owner, ports.store);
  const now = ports.now();
  const answerHeaders = {
    etag: etagOf(job, await deliveryOf(job, ports.store), now),
    'cache-control': 'private, no-cache',
    ...(!isFinal(job.status) && { 'retry-after': String(retryAfterSeconds(job, now)) }),
  };
  if (isKnown(headers['if-none-match'], answerHeaders.etag)) return { status: 304, headers: answerHeaders };
  const view = await viewJob(job, ports);
  return { status: 200, body: view, headers: { ...answerHeaders, ...cacheStatusOf(view) } };
}

/** The number of the last event; of a batch also how many children have ended, and of a delivery its last event, and whether something must still follow from the end; with links, also the period they were signed in, so that a stale link is never "not modified". */
function etagOf(job: Job, delivery: Job | undefined, now: number): string {
  const period = job.result && isFinal(job.status) ? `.${Math.floor(now / LINK_PERIOD_MILLISECONDS)}` : '';
  const counts = childCounts(job);
  const ended = counts ? `-${counts.total - counts.pending}` : '';
  const delivered = delivery ? `+${delivery.seq}` : '';
  const unfollowed = job.outbox ? '!' : '';
  return `"${job.seq}${ended}${delivered}${unfollowed}${period}"`;
}

/** Weak comparison, as If-None-Match asks for (RFC 9110, 13.1.2). */
function isKnown(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  const tags = header.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return tags.includes('*') || tags.includes(etag);
}
