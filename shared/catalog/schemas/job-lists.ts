import * as z from 'zod';
import { jobTypeNames } from '../job-types.ts';
import { jobStatuses } from './job.ts';
import { queryNumber } from './query-number.ts';
import { JobId } from './submit.ts';

const eventExample = {
  seq: 3,
  at: '2026-07-04T18:30:19Z',
  status: 'processing',
  step: 'narrate',
  progress: 75,
  message: 'Narrating',
};

export const JobEventView = z
  .object({
    seq: z.int().positive().meta({ description: 'Number of the event within its job, without gaps.' }),
    at: z.iso.datetime(),
    status: z.enum(jobStatuses),
    step: z.string(),
    progress: z.int().min(0).max(100),
    message: z.string().optional(),
  })
  .meta({ id: 'JobEvent', examples: [eventExample] });

export const JobEvents = z
  .object({
    job_id: JobId,
    events: z.array(JobEventView).meta({ description: 'Oldest first; a job keeps its latest fifty.' }),
    last_seq: z.int().meta({ description: 'Ask with `after` set to it to get what comes next.' }),
  })
  .meta({
    id: 'JobEvents',
    examples: [{ job_id: '01JDHV7Q5W6T1PQ8Z3N4K5M6R7', events: [eventExample], last_seq: 3 }],
  });

export const EventsQuery = z.strictObject({
  after: queryNumber({ least: 0 }).default(0).meta({ description: 'Only events with a higher number.' }),
});

const summaryExample = {
  job_id: '01JDHV7Q5W6T1PQ8Z3N4K5M6R7',
  type: 'generate_story',
  status: 'processing',
  progress: 75,
  created_at: '2026-07-04T18:30:15Z',
  updated_at: '2026-07-04T18:30:19Z',
  status_url: '/api/v1/jobs/status/01JDHV7Q5W6T1PQ8Z3N4K5M6R7',
};

/** A job in a list: enough to show it, without its result. */
export const JobSummary = z
  .object({
    job_id: JobId,
    type: z.enum(jobTypeNames),
    status: z.enum(jobStatuses),
    progress: z.int().min(0).max(100),
    created_at: z.iso.datetime(),
    updated_at: z.iso.datetime(),
    status_url: z.string(),
  })
  .meta({ id: 'JobSummary', examples: [summaryExample] });

/**
 * Jobs that are looked at for one page of the list, whether or not they fit the filter: one that little fits must not read all that its owner
 * has. Twenty answers of DynamoDB, and 250 read units, at most.
 */
export const looksAtMost = 500;

export const JobList = z
  .object({
    jobs: z.array(JobSummary).meta({
      description: `Newest first, without the stories of batches and the deliveries of other jobs. Fewer than \`limit\`, or none, with a \`next_cursor\`, only with a filter: the newest ${looksAtMost} jobs from there on were looked at, and there are older ones.`,
    }),
    next_cursor: z.string().optional().meta({ description: 'Absent on the last page, and only there.' }),
  })
  .meta({ id: 'JobList', examples: [{ jobs: [summaryExample], next_cursor: 'WyIwMUpESFY3UTVXNlQxIiwiIiwiIl0' }] });

export const RecentQuery = z.strictObject({
  limit: queryNumber({ least: 1, most: 100 }).default(20),
  cursor: z.string().min(1).max(200).optional().meta({ description: 'From `next_cursor`, with the same filters.' }),
  type: z.enum(jobTypeNames).optional(),
  status: z.enum(jobStatuses).optional(),
});
