import * as z from 'zod';
import { StoredPregeneration } from './batch.ts';
import { ChildCounts } from './child-counts.ts';
import { JobCost } from './cost.ts';
import { JobFailure, jobStatuses } from './job.ts';
import { JobId } from './submit.ts';

const { routes, stories } = StoredPregeneration.shape;

const child = {
  job_id: '01JDHV7Q5W6T1PQ8Z3N4K5M6R8',
  route: 0,
  way_point: 0,
  place: 'Salinas',
  theme: 'history',
  status: 'completed',
  arrives_after: 6_840,
  status_url: '/api/v1/jobs/status/01JDHV7Q5W6T1PQ8Z3N4K5M6R8',
};

const BatchChild = stories.element
  .extend({
    status: z.enum([...jobStatuses, 'planned', 'unknown']).meta({
      description:
        '`planned`: its job has not been made yet. `unknown`: the record of its job cannot be read at the moment.',
    }),
    arrives_after: routes.element.shape.way_points.element.shape.arrives_after,
    error: JobFailure.optional(),
    status_url: z.string(),
  })
  .meta({ id: 'BatchChild', examples: [child] });

export const BatchView = z
  .object({
    batch_id: JobId,
    job_id: JobId,
    status: z
      .enum(jobStatuses)
      .meta({ description: 'A batch some of whose stories failed is `completed`: see `counts`.' }),
    progress: z.int().min(0).max(100),
    message: z.string(),
    cost: JobCost.optional().meta({ description: 'Of all its stories together, as far as they have come.' }),
    counts: ChildCounts.optional().meta({ description: 'Absent until the routes are planned.' }),
    routes,
    children: z.array(BatchChild),
    created_at: z.iso.datetime(),
    updated_at: z.iso.datetime(),
    ended_at: z.iso.datetime().optional(),
    error: JobFailure.optional(),
    links: z.object({ self: z.string(), job: z.string(), cancel: z.string().optional() }),
  })
  .meta({
    id: 'Batch',
    examples: [
      {
        batch_id: '01JDHV7Q5W6T1PQ8Z3N4K5M6R7',
        job_id: '01JDHV7Q5W6T1PQ8Z3N4K5M6R7',
        status: 'processing',
        progress: 50,
        message: 'Telling the stories',
        counts: { total: 1, completed: 1, failed: 0, cancelled: 0, pending: 0 },
        routes: [{ origin: 'San Francisco', destination: 'Los Angeles', approximate: true, way_points: [] }],
        children: [child],
        created_at: '2026-11-25T10:00:00.000Z',
        updated_at: '2026-11-25T10:00:09.000Z',
        links: {
          self: '/api/v1/jobs/batch/status/01JDHV7Q5W6T1PQ8Z3N4K5M6R7',
          job: '/api/v1/jobs/status/01JDHV7Q5W6T1PQ8Z3N4K5M6R7',
          cancel: '/api/v1/jobs/cancel/01JDHV7Q5W6T1PQ8Z3N4K5M6R7',
        },
      },
    ],
  });
