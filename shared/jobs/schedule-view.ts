import * as z from 'zod';
import type { ScheduleView } from '../catalog/schemas/schedule-view.ts';
import type { Schedule } from '../domain/schedule.ts';
import type { Timing } from '../domain/timing.ts';
import { utcTime } from '../domain/utc-time.ts';

export type ScheduleDocument = z.infer<typeof ScheduleView>;

/** What the owner may see of the schedule. */
export function viewSchedule(schedule: Schedule): ScheduleDocument {
  const { job, due_at, last_error } = schedule;
  return {
    schedule_id: schedule.id,
    status: due_at === undefined ? 'ended' : 'active',
    ...(schedule.name !== undefined && { name: schedule.name }),
    ...viewTiming(schedule.timing),
    ...timeOf('ends_at', schedule.ends_at),
    ...(schedule.max_runs !== undefined && { max_runs: schedule.max_runs }),
    job: { type: job.type, body: z.record(z.string(), z.unknown()).parse(job.body) },
    created_at: utcTime(schedule.created_at),
    ...timeOf('next_run_at', due_at),
    runs: schedule.runs,
    skipped: schedule.skipped,
    ...timeOf('last_run_at', schedule.last_run_at),
    ...(schedule.last_job_id !== undefined && { last_job_id: schedule.last_job_id }),
    ...(last_error && { last_error }),
    ...timeOf('ended_at', schedule.ended_at),
  };
}

function viewTiming(timing: Timing): Pick<ScheduleDocument, 'cron' | 'time_zone' | 'every' | 'at'> {
  if ('at' in timing) return { at: utcTime(timing.at) };
  return 'every' in timing ? { every: timing.every } : timing;
}

function timeOf<Name extends string>(name: Name, milliseconds: number | undefined): Partial<Record<Name, string>>;
function timeOf(name: string, milliseconds: number | undefined): Partial<Record<string, string>> {
  return milliseconds === undefined ? {} : { [name]: utcTime(milliseconds) };
}
