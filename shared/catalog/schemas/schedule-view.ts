import * as z from 'zod';
import { jobTypeNames } from '../job-types.ts';
import { endedScheduleDays, mostSchedules } from '../schedules.ts';
import { JobFailure } from './job.ts';
import { storyInTucumcari } from './schedule.ts';
import { JobId, ScheduleId } from './submit.ts';

const scheduleExample = {
  schedule_id: '01JDHV7Q5W6T1PQ8Z3N4K5M6S1',
  status: 'active',
  name: 'On the way to work',
  cron: '0 8 * * 1-5',
  time_zone: 'America/Denver',
  job: storyInTucumcari,
  created_at: '2026-07-04T18:30:15Z',
  next_run_at: '2026-07-07T14:00:00Z',
  runs: 1,
  skipped: 0,
  last_run_at: '2026-07-06T14:00:00Z',
  last_job_id: '01JDHV7Q5W6T1PQ8Z3N4K5M6R7',
};

export const ScheduleView = z
  .object({
    schedule_id: ScheduleId,
    status: z.enum(['active', 'ended']),
    name: z.string().optional(),
    cron: z.string().optional(),
    time_zone: z.string().optional(),
    every: z.int().optional().meta({ description: 'Seconds.' }),
    at: z.iso.datetime().optional(),
    ends_at: z.iso.datetime().optional(),
    max_runs: z.int().optional(),
    job: z
      .object({ type: z.enum(jobTypeNames), body: z.record(z.string(), z.unknown()) })
      .meta({ description: 'As it was given, with the defaults of what was not.' }),
    created_at: z.iso.datetime(),
    next_run_at: z.iso.datetime().optional().meta({ description: 'Absent once the schedule has ended.' }),
    runs: z.int().min(0).meta({ description: 'Jobs made so far.' }),
    skipped: z.int().min(0).meta({ description: 'Runs that were not made because their time had passed.' }),
    last_run_at: z.iso.datetime().optional().meta({ description: 'For which moment the last job was made.' }),
    last_job_id: JobId.optional(),
    last_error: JobFailure.optional().meta({
      description: 'Why the latest run made no job; absent once one does again.',
    }),
    ended_at: z.iso.datetime().optional(),
  })
  .meta({ id: 'Schedule', examples: [scheduleExample] });

export const ScheduleList = z
  .object({
    schedules: z.array(ScheduleView).meta({
      description: `Newest first; at most ${mostSchedules}. One that has ended is listed for ${endedScheduleDays * 24} hours more.`,
    }),
  })
  .meta({ id: 'ScheduleList', examples: [{ schedules: [scheduleExample] }] });
