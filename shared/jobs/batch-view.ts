import type * as z from 'zod';
import { basePath } from '../catalog/routes.ts';
import { StoredPregeneration } from '../catalog/schemas/batch.ts';
import type { BatchView } from '../catalog/schemas/batch-view.ts';
import { childCounts, progressOf } from '../domain/batch.ts';
import { addCosts } from '../domain/cost.ts';
import { isFinal, type Job } from '../domain/job.ts';
import type { FoundHeads, JobStore } from '../domain/ports.ts';
import { utcTime } from '../domain/utc-time.ts';
import { batchPath, statusPath } from './job-paths.ts';
import { messageOf } from './job-view.ts';

type BatchDocument = z.infer<typeof BatchView>;

/** A batch with each of its children. The counts are the batch's own; a child that has just ended may show it a moment earlier. */
export async function viewBatch(batch: Job, store: JobStore): Promise<BatchDocument> {
  const plan = await planOf(batch, store);
  const counts = childCounts(batch);
  const { jobs, unreadable } = await childrenOf(plan, store);
  const cost = jobs.reduce<Job['cost']>((sum, job) => addCosts(sum, job.cost), batch.cost);
  return {
    batch_id: batch.id,
    job_id: batch.id,
    status: batch.status,
    progress: progressOf(batch),
    message: messageOf(batch),
    ...(cost && { cost }),
    ...(counts && { counts }),
    routes: plan.routes,
    children: viewChildren(plan, jobs, new Set(unreadable.map(({ id }) => id))),
    created_at: utcTime(batch.accepted_at),
    updated_at: utcTime(batch.updated_at),
    ...(batch.ended_at !== undefined && { ended_at: utcTime(batch.ended_at) }),
    ...(batch.error && isFinal(batch.status) && { error: batch.error }),
    links: {
      self: batchPath(batch.id),
      job: statusPath(batch.id),
      ...(!isFinal(batch.status) && { cancel: `${basePath}/jobs/cancel/${batch.id}` }),
    },
  };
}

async function planOf(batch: Job, store: JobStore): Promise<StoredPregeneration> {
  if (!batch.result) return { routes: [], stories: [] };
  return StoredPregeneration.parse(await store.read(batch.id, batch.result));
}

function childrenOf({ stories }: StoredPregeneration, store: JobStore): Promise<FoundHeads> {
  return store.findAll(
    stories.map(({ job_id }) => job_id),
    'eventual',
  );
}

function viewChildren(
  { routes, stories }: StoredPregeneration,
  heads: readonly Job[],
  unreadable: ReadonlySet<string>,
): BatchDocument['children'] {
  const jobs = new Map(heads.map((job) => [job.id, job]));
  return stories.map((story) => {
    const job = jobs.get(story.job_id);
    const error = job?.status === 'processing' ? undefined : job?.error;
    const arrives_after = routes[story.route]?.way_points[story.way_point]?.arrives_after;
    return {
      ...story,
      status: job?.status ?? (unreadable.has(story.job_id) ? 'unknown' : 'planned'),
      ...(arrives_after !== undefined && { arrives_after }),
      ...(error && { error }),
      status_url: statusPath(story.job_id),
    };
  });
}
