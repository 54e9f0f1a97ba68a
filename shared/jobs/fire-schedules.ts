import { failures } from '../catalog/failures.ts';
import { stepNames } from '../catalog/job-types.ts';
import { isScheduledType, type ScheduledType, scheduledBodies } from '../catalog/schemas/schedule.ts';
import { queueOf } from '../domain/accept.ts';
import { expectedBatchMicroUsd } from '../domain/batch-stories.ts';
import { planRun } from '../domain/plan-run.ts';
import { afterRun, type RunOutcome, type Schedule, scheduleShards } from '../domain/schedule.ts';
import type { ScheduleName, ScheduleStore } from '../domain/schedule-store.ts';
import { type AdmitRunPorts, refusalOfRun } from './admit-run.ts';
import { runId } from './child-id.ts';
import type { JobPorts } from './ports.ts';
import { type SubmitOptions, submitJob } from './submit-job.ts';
import { type SweepCounts, sweepShards } from './sweep-shards.ts';

/** Runs that come within this many milliseconds are made already, as jobs that may not start before, so that they start on time. */
const LOOK_AHEAD_MILLISECONDS = 60_000;

export interface SchedulePorts extends JobPorts, AdmitRunPorts {
  readonly store: JobPorts['store'];
  readonly schedules: ScheduleStore;
}

/** Makes the jobs of every schedule that is due. One bad schedule never stops the others; rejects at the end if a shard could not be read. */
export function fireSchedules(ports: SchedulePorts): Promise<SweepCounts> {
  const sweep = {
    shards: scheduleShards,
    list: (shard: number) => ports.schedules.due(shard, ports.now() + LOOK_AHEAD_MILLISECONDS),
    idName: 'schedule_id' as const,
    idOf: ({ id }: ScheduleName) => id,
    handle: (name: ScheduleName) => fireSchedule(name, ports),
  };
  return sweepShards(sweep, ports.telemetry);
}

/**
 * First makes the job, then moves the schedule on. The job's id follows from the schedule and the moment of the run, so whoever does it again,
 * after a crash or at the same time, makes no second job.
 */
async function fireSchedule(name: ScheduleName, ports: SchedulePorts): Promise<void> {
  const schedule = await ports.schedules.find(name);
  const now = ports.now();
  const planned = schedule && planRun(schedule, now, now + LOOK_AHEAD_MILLISECONDS);
  if (!planned) return;
  const { runAt } = planned;
  const outcome: RunOutcome = runAt === undefined ? { kind: 'skipped' } : await makeJob(schedule, runAt, now, ports);
  const isMoved = await ports.schedules.moveOn(schedule, afterRun(schedule, planned, outcome, now));
  if (isMoved) countRun(schedule, outcome, planned.skipped, ports);
}

async function makeJob(schedule: Schedule, runAt: number, now: number, ports: SchedulePorts): Promise<RunOutcome> {
  const { type } = schedule.job;
  if (!isScheduledType(type)) return refused(`${failures.input_invalid} Jobs of type ${type} cannot be scheduled.`);
  const body = scheduledBodies[type].safeParse(schedule.job.body);
  if (!body.success) {
    const wrong = new Set(body.error.issues.map(({ path }) => path.join('.')));
    return refused(`${failures.input_invalid} Wrong: ${[...wrong].join(', ')}.`);
  }
  const jobId = runId(schedule.id, runAt);
  const options = optionsOf(body.data, runAt, now);
  const { owner, id: scheduleId } = schedule;
  const expectedMicroUsd = 'routes' in body.data ? expectedBatchMicroUsd(body.data) : 0;
  const run = { id: jobId, owner, type, priority: options.priority, expectedMicroUsd };
  const error = await refusalOfRun(run, ports);
  if (error) return { kind: 'refused', error };
  await submitJob({ id: jobId, type, owner, input: body.data, options, scheduleId }, ports);
  return { kind: 'made', jobId };
}

function refused(message: string): RunOutcome {
  return { kind: 'refused', error: { code: 'input_invalid', message } };
}

type Options = Pick<
  ReturnType<(typeof scheduledBodies)[ScheduledType]['parse']>,
  'priority' | 'expires_in' | 'callback_url'
>;

/** The limit on the job's life counts from the moment of its run, or from now if that has passed. */
function optionsOf({ priority, expires_in, callback_url }: Options, runAt: number, now: number): SubmitOptions {
  return {
    notBefore: runAt,
    ...(callback_url !== undefined && { callbackUrl: callback_url }),
    ...(priority !== undefined && { priority }),
    ...(expires_in !== undefined && { expiresIn: expires_in + Math.max(0, runAt - now) / 1_000 }),
  };
}

function countRun({ job }: Schedule, { kind }: RunOutcome, skipped: number, { telemetry }: JobPorts): void {
  const dimensions = { type: job.type, queue: queueOf(job.type, stepNames(job.type)[0] ?? '', undefined) };
  if (skipped > 0) telemetry.count('schedule_runs_skipped', dimensions, skipped);
  if (kind === 'refused') telemetry.count('schedule_runs_refused', dimensions);
}
