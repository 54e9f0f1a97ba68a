import type { Job } from '../domain/job.ts';
import { isOverdue } from '../domain/overdue.ts';
import type { Telemetry } from '../domain/ports.ts';

/** Tells of a job that can only go forward or back and has not got through for too long: counted for the alarm, and by its id for whoever comes. */
export function tellOverdue(job: Job, now: number, telemetry: Telemetry): void {
  if (!isOverdue(job, now)) return;
  telemetry.count('jobs_overdue', job);
  const { id: job_id, type, step, queue, attempt } = job;
  telemetry.warn('job_overdue', { job_id, type, step, queue, attempt });
}
