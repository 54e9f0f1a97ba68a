import * as z from 'zod';
import { degradations, jobTypeNames, jobTypes } from '../job-types.ts';
import { queueNames } from '../queues.ts';
import { ChildCounts } from './child-counts.ts';
import { JobCostView } from './cost.ts';
import { shown } from './stored-objects.ts';
import { JobId, ScheduleId } from './submit.ts';
import { WebhookDelivery } from './webhook.ts';

export const jobStatuses = [
  'scheduled',
  'accepted',
  'processing',
  'retrying',
  'completed',
  'failed',
  'cancelled',
  'expired',
] as const;

export const JobFailure = z
  .object({ code: z.string(), message: z.string() })
  .meta({ id: 'JobFailure', examples: [{ code: 'voice_unavailable', message: 'The voice did not answer.' }] });

const jobExample = {
  job_id: '01JDHV7Q5W6T1PQ8Z3N4K5M6R7',
  type: 'generate_story',
  status: 'processing',
  progress: 75,
  message: 'Narrating',
  step: 'narrate',
  attempt: 2,
  queue: 'voice_synthesis',
  created_at: '2026-07-04T18:30:15Z',
  updated_at: '2026-07-04T18:30:19Z',
  started_at: '2026-07-04T18:30:16Z',
  duration: 4.1,
  links: {
    self: '/api/v1/jobs/status/01JDHV7Q5W6T1PQ8Z3N4K5M6R7',
    events: '/api/v1/jobs/events/01JDHV7Q5W6T1PQ8Z3N4K5M6R7',
    cancel: '/api/v1/jobs/cancel/01JDHV7Q5W6T1PQ8Z3N4K5M6R7',
  },
};

export const JobView = z
  .object({
    job_id: JobId,
    type: z.enum(jobTypeNames),
    status: z.enum(jobStatuses),
    progress: z.int().min(0).max(100),
    message: z.string(),
    step: z.string(),
    attempt: z.int().meta({ description: 'Runs of any step so far.' }),
    queue: z.enum(queueNames),
    created_at: z.iso.datetime(),
    updated_at: z.iso.datetime(),
    started_at: z.iso.datetime().optional(),
    ended_at: z.iso.datetime().optional(),
    next_attempt_at: z.iso.datetime().optional(),
    starts_by: z.iso.datetime().optional().meta({ description: 'A step that has not started by then expires.' }),
    duration: z.number().meta({ description: 'Seconds since the job was accepted, until it ended.' }),
    degraded: z.array(z.enum(degradations)).optional(),
    error: JobFailure.optional(),
    cost: JobCostView.optional(),
    schedule_id: ScheduleId.optional().meta({ description: 'The schedule that made the job.' }),
    counts: ChildCounts.optional().meta({ description: 'Of a batch, once its children are planned.' }),
    result: z
      .union(jobTypeNames.map((type) => shown(jobTypes[type].result).meta({ id: `${pascal(type)}Result` })))
      .optional(),
    deliveries: z
      .array(WebhookDelivery)
      .optional()
      .meta({ description: 'Attempts to call `callback_url`, oldest first.' }),
    links: z.object({
      self: z.string(),
      events: z.string(),
      cancel: z.string().optional(),
      retry: z.string().optional(),
      batch: z.string().optional().meta({ description: 'The batch that the job is, or is a part of.' }),
      delivery: z
        .string()
        .optional()
        .meta({ description: 'The job that calls `callback_url`; it can be retried once it has failed.' }),
      notification: z.string().optional().meta({ description: 'The job that tells the traveller of the completion.' }),
    }),
  })
  .meta({ id: 'Job', examples: [jobExample] });

export const Health = z
  .object({ status: z.literal('ok'), stage: z.string(), version: z.string(), time: z.iso.datetime() })
  .meta({
    id: 'Health',
    examples: [{ status: 'ok', stage: 'prod', version: '0.1.0', time: '2026-07-04T18:30:15Z' }],
  });

export const ProblemDocument = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    instance: z.string(),
    code: z.string(),
    request_id: z.string(),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
    job_status: z
      .enum(jobStatuses)
      .optional()
      .meta({ description: 'Of the job that the request is about, when that is why it was refused.' }),
  })
  .meta({
    id: 'Problem',
    description: 'RFC 9457 problem document.',
    examples: [
      {
        type: '/problems/invalid_request',
        title: 'The request has wrong fields',
        status: 400,
        detail: 'One field is wrong',
        instance: '/api/v1/jobs/story/generate',
        code: 'invalid_request',
        request_id: 'Wk1hYgq7oAMEVdQ=',
        errors: [{ path: 'location.latitude', message: 'must be at most 90' }],
      },
    ],
  });

function pascal(name: string): string {
  return name.replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
