import * as z from 'zod';
import { longestCallbackUrl } from '../webhooks.ts';

/** How far ahead a job may be submitted, seconds. */
export const longestDelayOfSubmitSeconds = 2_592_000;

/** What every submit accepts beside its own fields. */
export const submitOptions = {
  priority: z.int().min(1).max(10).optional().meta({
    description:
      'Chooses the service level: 3 or less moves a story, a narration or a look back at a journey to the analytics queue. Never lifts a job.',
  }),
  expires_in: z
    .int()
    .min(1)
    .max(86_400)
    .optional()
    .meta({ description: 'Seconds. Not started by then: `expired`; still running: aborted.' }),
  delay: z
    .int()
    .min(0)
    .max(longestDelayOfSubmitSeconds)
    .optional()
    .meta({ description: 'Seconds to wait before the job may start. Excludes `run_at`.' }),
  run_at: z.iso
    .datetime({ offset: true })
    .optional()
    .meta({ description: 'Moment at which the job may start. Excludes `delay`.' }),
  callback_url: z
    .url({ protocol: /^https$/, error: 'must be an https URL' })
    .max(longestCallbackUrl)
    .optional()
    .meta({
      description:
        'Is sent a signed message when the job has ended (see `webhooks`). https on port 443 or 8443, without a user name or fragment, and only the public internet.',
    }),
};

const ulid = z.string().regex(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/, 'must be a ULID');

export const JobId = ulid.meta({ id: 'JobId', description: 'ULID', examples: ['01JDHV7Q5W6T1PQ8Z3N4K5M6R7'] });

export const ScheduleId = ulid.meta({
  id: 'ScheduleId',
  description: 'ULID',
  examples: ['01JDHV7Q5W6T1PQ8Z3N4K5M6S1'],
});

export const SubmitAnswer = z
  .object({
    job_id: JobId,
    status: z.enum(['accepted', 'scheduled']),
    status_url: z.string(),
    estimated_completion_time: z.int().meta({ description: 'Seconds from now, an estimate.' }),
  })
  .meta({
    id: 'SubmitAnswer',
    examples: [
      {
        job_id: '01JDHV7Q5W6T1PQ8Z3N4K5M6R7',
        status: 'accepted',
        status_url: '/api/v1/jobs/status/01JDHV7Q5W6T1PQ8Z3N4K5M6R7',
        estimated_completion_time: 30,
      },
    ],
  });
