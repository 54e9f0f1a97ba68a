import * as z from 'zod';
import { jobTypeNames } from '../job-types.ts';
import { queueNames } from '../queues.ts';
import { JobFailure } from './job.ts';
import { queryNumber } from './query-number.ts';
import { JobId } from './submit.ts';

const anId = '01JDHV7Q5W6T1PQ8Z3N4K5M6R7';

const deadJobExample = {
  kind: 'job',
  job_id: anId,
  type: 'process_image',
  queue: 'image_processing',
  step: 'process',
  owner: 'nLfYkU5K0pY6xUeQ3mXb1A',
  attempts: 3,
  error: { code: 'image_renderer_failed', message: 'The pictures could not be made.' },
  died_at: '2026-11-25T08:00:00.000Z',
  age: 93.5,
};

const unreadableExample = {
  kind: 'unreadable',
  message_id: '5fea7756-0ea4-451a-a703-a558b933e274',
  source: 'RoadtripJobs-prod-data-booking-dead-letters',
  died_at: '2026-11-25T08:00:00.000Z',
  age: 93.5,
};

const died = {
  died_at: z.iso.datetime(),
  age: z.number().meta({ description: 'Seconds since then.' }),
};

/** A failed job, without what it was asked and what it had made. */
const DeadJob = z
  .object({
    kind: z.literal('job'),
    job_id: JobId,
    type: z.enum(jobTypeNames),
    queue: z.enum(queueNames),
    step: z.string(),
    owner: z.string().meta({ description: 'Hash of issuer and subject.' }),
    attempts: z.int(),
    error: JobFailure.optional(),
    ...died,
  })
  .meta({ id: 'DeadJob', examples: [deadJobExample] });

/** A message that names no job; what it said stays in the table. */
const UnreadableMessage = z
  .object({
    kind: z.literal('unreadable'),
    message_id: z.string().meta({ description: 'Its body is kept in the table, under the key `X#<message_id>`.' }),
    source: z.string().meta({ description: 'Name of the dead-letter queue.' }),
    ...died,
  })
  .meta({ id: 'UnreadableMessage', examples: [unreadableExample] });

export const DeadLetters = z
  .object({
    dead_letters: z
      .array(z.discriminatedUnion('kind', [DeadJob, UnreadableMessage]))
      .meta({ description: 'Newest first.' }),
    next_cursor: z.string().optional().meta({ description: 'Absent on the last page.' }),
  })
  .meta({ id: 'DeadLetters', examples: [{ dead_letters: [deadJobExample, unreadableExample] }] });

export const DeadLettersQuery = z.strictObject({
  queue: z.enum(queueNames).optional().meta({
    description: 'Only jobs that died on this queue. Without it, unreadable messages are listed too.',
  }),
  limit: queryNumber({ least: 1, most: 100 }).default(20),
  cursor: z.string().min(1).max(200).optional().meta({ description: 'From `next_cursor`, with the same filter.' }),
});

/** Jobs of one redrive at most. */
export const longestRedrive = 100;

/** How long one redrive may go on, seconds: the function is stopped after ten. */
export const redriveSeconds = 6;

export const RedriveRequest = z
  .strictObject({
    job_ids: z.array(JobId).min(1).max(longestRedrive).optional().meta({ description: 'Excludes `queue`.' }),
    queue: z.enum(queueNames).optional().meta({ description: 'The jobs that died on it, the oldest first.' }),
    limit: z.int().min(1).max(longestRedrive).optional().meta({ description: 'With `queue`; 100 unless given.' }),
    dry_run: z.boolean().default(true).meta({ description: 'Say what would be done, and do nothing.' }),
    rate_per_second: z.number().min(1).max(50).default(10),
  })
  .refine(({ job_ids, queue }) => (job_ids === undefined) !== (queue === undefined), {
    path: ['job_ids'],
    message: 'must be given, or queue, and not both',
  })
  .refine(({ limit, queue }) => limit === undefined || queue !== undefined, {
    path: ['limit'],
    message: 'goes with queue only',
  })
  .meta({
    id: 'RedriveRequest',
    examples: [{ queue: 'image_processing', limit: 50, dry_run: true, rate_per_second: 5 }],
  });

export const redriveOutcomes = [
  'redriven',
  'would_redrive',
  'not_failed',
  'in_batch',
  'not_followed',
  'unknown',
  'unreadable',
] as const;

export const RedriveAnswer = z
  .object({
    dry_run: z.boolean(),
    outcomes: z.array(
      z.object({
        job_id: JobId,
        outcome: z.enum(redriveOutcomes).meta({
          description:
            '`not_followed`: somebody is still to be told of its failure, and cannot be at this moment; ask again in a minute.',
        }),
      }),
    ),
    remaining: z
      .int()
      .meta({ description: `Chosen jobs that were not reached within ${redriveSeconds} seconds; send them again.` }),
    more: z.boolean().meta({ description: 'Whether the queue has dead letters beside the chosen ones.' }),
  })
  .meta({
    id: 'RedriveAnswer',
    examples: [{ dry_run: true, outcomes: [{ job_id: anId, outcome: 'would_redrive' }], remaining: 0, more: false }],
  });
