import * as z from 'zod';
import { StoredPregeneration } from './batch.ts';
import { ChildCounts } from './child-counts.ts';
import { JobFailure, jobStatuses } from './job.ts';
import { JobId } from './submit.ts';

const { routes, stories } = StoredPregeneration.shape;

const BatchChild = stories.element
  .extend({
    status: z.enum([...jobStatuses, 'planned']).meta({ description: '`planned`: its job has not been made yet.' }),
    error: JobFailure.optional(),
    status_url: z.string(),
  })
  .meta({ id: 'BatchChild' });

export const BatchView = z
  .object({
    batch_id: JobId,
    job_id: JobId,
    status: z
      .enum(jobStatuses)
      .meta({ description: 'A batch some of whose stories failed is `completed`: see `counts`.' }),
    progress: z.int().min(0).max(100),
    message: z.string(),
    counts: ChildCounts.optional().meta({ description: 'Absent until the routes are planned.' }),
    routes,
    children: z.array(BatchChild),
    created_at: z.iso.datetime(),
    updated_at: z.iso.datetime(),
    ended_at: z.iso.datetime().optional(),
    error: JobFailure.optional(),
    links: z.object({ self: z.string(), job: z.string(), cancel: z.string().optional() }),
  })
  .meta({ id: 'Batch' });
