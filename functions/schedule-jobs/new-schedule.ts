import { callbackObjection } from '../../shared/domain/callback-url.ts';
import { followingRun } from '../../shared/domain/plan-run.ts';
import { type Schedule, scheduleShardOf, scheduleVersion } from '../../shared/domain/schedule.ts';
import { cronProblem, type Timing } from '../../shared/domain/timing.ts';
import { tooManyStories } from '../../shared/runtime/batch-size.ts';
import type { HttpRequest } from '../../shared/runtime/http-handler.ts';
import { type FieldError, ProblemError } from '../../shared/runtime/problem.ts';

type Body = HttpRequest<'create_schedule'>['body'];

/** The schedule as it is first stored. Rejects with a problem that names every field no schema can judge. */
export function newSchedule(id: string, owner: string, body: Body, now: number): Schedule {
  const { name, max_runs, job } = body;
  const timing = timingOf(body, now);
  const ends_at = body.ends_at === undefined ? undefined : Date.parse(body.ends_at);
  const errors = [...timingErrors(timing, ends_at, now), ...jobErrors(job)];
  if (errors.length > 0) {
    const detail = errors.length === 1 ? 'One field is wrong' : `${errors.length} fields are wrong`;
    throw new ProblemError('invalid_request', detail, { errors });
  }
  const first = followingRun({ timing, ...(ends_at !== undefined && { ends_at }) }, now);
  return {
    id,
    owner,
    ...(name !== undefined && { name }),
    timing,
    ...(ends_at !== undefined && { ends_at }),
    ...(max_runs !== undefined && { max_runs }),
    job,
    ...(first !== undefined && { due_at: first }),
    due_shard: scheduleShardOf(id),
    runs: 0,
    skipped: 0,
    created_at: now,
    rv: scheduleVersion,
  };
}

/** The schema has made sure that there is exactly one. */
function timingOf({ cron, time_zone = 'UTC', every, at = '' }: Body, now: number): Timing {
  if (cron !== undefined) return { cron, time_zone };
  return every === undefined ? { at: Date.parse(at) } : { every, from: now };
}

function timingErrors(timing: Timing, ends_at: number | undefined, now: number): readonly FieldError[] {
  const wrongCron = 'cron' in timing ? cronProblem(timing.cron) : undefined;
  if (wrongCron !== undefined) return [{ path: 'cron', message: wrongCron }];
  if ('at' in timing && timing.at <= now) return [{ path: 'at', message: 'must be in the future' }];
  if (ends_at === undefined || followingRun({ timing, ends_at }, now) !== undefined) return [];
  return [{ path: 'ends_at', message: 'is before the first run' }];
}

function jobErrors(job: Body['job']): readonly FieldError[] {
  const wrong = job.type === 'pregenerate_stories' ? tooManyStories(job.body) : undefined;
  const { callback_url } = job.body;
  const objection = callback_url === undefined ? undefined : callbackObjection(callback_url);
  return [
    ...(wrong ? [{ ...wrong, path: `job.body.${wrong.path}` }] : []),
    ...(objection === undefined ? [] : [{ path: 'job.body.callback_url', message: objection }]),
  ];
}
