import { followingRun } from '../../shared/domain/plan-run.ts';
import { type Schedule, scheduleShardOf, scheduleVersion } from '../../shared/domain/schedule.ts';
import { cronProblem, type Timing } from '../../shared/domain/timing.ts';
import { tooManyStories } from '../../shared/runtime/batch-size.ts';
import type { HttpRequest } from '../../shared/runtime/http-handler.ts';
import type { FieldError } from '../../shared/runtime/problem.ts';
import { wrongOptions } from '../../shared/runtime/submit-options.ts';

type Body = HttpRequest<'create_schedule'>['body'];

/** The schedule as it is first stored, of a body that nothing is wrong with (`scheduleErrors`). */
export function newSchedule(id: string, owner: string, body: Body, now: number): Schedule {
  const { name, max_runs, job } = body;
  const timing = timingOf(body, now);
  const ends_at = endOf(body);
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

/** Every wrong field that no schema can judge; `callbackTestOrigins` may be called back whatever they are. */
export function scheduleErrors(body: Body, now: number, callbackTestOrigins: readonly string[]): readonly FieldError[] {
  return [...timingErrors(timingOf(body, now), endOf(body), now), ...jobErrors(body.job, now, callbackTestOrigins)];
}

function endOf({ ends_at }: Body): number | undefined {
  return ends_at === undefined ? undefined : Date.parse(ends_at);
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

function jobErrors(job: Body['job'], now: number, callbackTestOrigins: readonly string[]): readonly FieldError[] {
  const tooMany = job.type === 'pregenerate_stories' ? tooManyStories(job.body) : undefined;
  const wrong = [...(tooMany ? [tooMany] : []), ...wrongOptions(job.body, now, callbackTestOrigins)];
  return wrong.map(({ path, message }) => ({ path: `job.body.${path}`, message }));
}
