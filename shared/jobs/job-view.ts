import * as z from 'zod';
import { stepOf, undoStep } from '../catalog/job-types.ts';
import { basePath } from '../catalog/routes.ts';
import type { JobView } from '../catalog/schemas/job.ts';
import type { JobSummary } from '../catalog/schemas/job-lists.ts';
import { objectKeySuffix, shownName } from '../catalog/schemas/stored-objects.ts';
import { childCounts, progressOf } from '../domain/batch.ts';
import { canBeStopped, isFinal, type Job } from '../domain/job.ts';
import type { JobStore, MediaLinks, Now } from '../domain/ports.ts';
import { utcTime } from '../domain/utc-time.ts';
import { attemptsOf, deliveryOf } from './callback.ts';
import { batchPath, statusPath } from './job-paths.ts';
import { noticeIdOf } from './notify.ts';

export type JobDocument = z.infer<typeof JobView>;

export interface ViewPorts {
  readonly store: JobStore;
  readonly media: MediaLinks;
  readonly now: Now;
}

/** What the owner may see of the job, with its media signed at this moment. */
export async function viewJob(job: Job, ports: ViewPorts): Promise<JobDocument> {
  const result = job.result && (await ports.store.read(job.id, job.result));
  const counts = childCounts(job);
  const delivery = await deliveryOf(job, ports.store);
  return {
    job_id: job.id,
    type: job.type,
    status: job.status,
    progress: progressOf(job),
    message: messageOf(job),
    step: job.step,
    attempt: job.attempt,
    queue: job.queue,
    created_at: utcTime(job.accepted_at),
    updated_at: utcTime(job.updated_at),
    ...(job.processing_at !== undefined && { started_at: utcTime(job.processing_at) }),
    ...(job.ended_at !== undefined && { ended_at: utcTime(job.ended_at) }),
    ...(job.not_before !== undefined && { next_attempt_at: utcTime(job.not_before) }),
    ...(startsByItsLimit(job) && { starts_by: utcTime(job.wait_until) }),
    duration: Math.max(0, (job.ended_at ?? ports.now()) - job.accepted_at) / 1_000,
    ...(job.degraded && { degraded: [...job.degraded] }),
    ...(job.error && job.status !== 'processing' && { error: job.error }),
    ...costOf(job),
    ...(job.schedule_id !== undefined && { schedule_id: job.schedule_id }),
    ...(counts && { counts }),
    ...(result !== undefined && { result: viewResult(result, ports.media) }),
    ...(delivery && { deliveries: [...attemptsOf(delivery)] }),
    links: { ...linksOf(job), ...(delivery && { delivery: statusPath(delivery.id) }) },
  };
}

/** What its attempts have cost, and how many acts they have done. */
function costOf({ cost, effects = {} }: Job): Pick<JobDocument, 'cost'> {
  const acts = Object.values(effects).filter(({ state }) => state === 'done').length;
  if (!cost && acts === 0) return {};
  return { cost: { ...(cost ?? { micro_usd: 0 }), ...(acts > 0 && { acts }) } };
}

/** What can be done with the job now. */
function linksOf(job: Job): JobDocument['links'] {
  const { id, status, parent, total, intended_end } = job;
  const notice = noticeIdOf(job);
  const batch = parent?.id ?? (total === undefined ? undefined : id);
  return {
    self: statusPath(id),
    events: `${basePath}/jobs/events/${id}`,
    ...(!isFinal(status) && canBeStopped(job) && { cancel: `${basePath}/jobs/cancel/${id}` }),
    ...(status === 'failed' && !parent && !intended_end && { retry: `${basePath}/jobs/retry/${id}` }),
    ...(batch !== undefined && { batch: batchPath(batch) }),
    ...(notice !== undefined && { notification: statusPath(notice) }),
  };
}

function startsByItsLimit(job: Job): boolean {
  return job.lease_until === undefined && !isFinal(job.status) && !job.batch && canBeStopped(job);
}

/** The job as a list shows it. */
export function summarizeJob(job: Job): z.infer<typeof JobSummary> {
  return {
    job_id: job.id,
    type: job.type,
    status: job.status,
    progress: progressOf(job),
    created_at: utcTime(job.accepted_at),
    updated_at: utcTime(job.updated_at),
    status_url: statusPath(job.id),
  };
}

/** Seconds a client should wait before it looks again: short while the work is near its end. */
export function retryAfterSeconds(job: Job, now: number): number {
  if (job.not_before !== undefined && job.not_before > now)
    return Math.min(60, Math.ceil((job.not_before - now) / 1_000));
  return job.status === 'processing' ? 1 : 2;
}

/** What a traveller reads of the job. */
export function messageOf(job: Job): string {
  const counts = childCounts(job);
  if (job.batch === 'closing') return 'Stopping what has not ended';
  if (job.batch === 'waiting' && counts) return `${counts.total - counts.pending} of ${counts.total} done`;
  if (job.message !== undefined) return job.message;
  switch (job.status) {
    case 'scheduled':
      return 'Waiting for its time';
    case 'accepted':
      return 'Waiting to start';
    case 'retrying':
      return 'Waiting to try again';
    case 'processing':
      return job.step === undoStep.name ? undoStep.message : (stepOf(job.type, job.step)?.message ?? 'Working');
    case 'completed':
      return 'Completed';
    case 'failed':
    case 'cancelled':
    case 'expired':
      return job.error?.message ?? job.status;
  }
}

/** The result with each object key turned into a link. */
function viewResult(stored: unknown, media: MediaLinks): JobDocument['result'] {
  const fields = Object.entries(z.record(z.string(), z.unknown()).parse(stored)).map(([name, value]) => {
    const isKey = name.endsWith(objectKeySuffix) && typeof value === 'string';
    return isKey ? [shownName(name), media.link(value)] : [name, value];
  });
  return Object.fromEntries(fields);
}
