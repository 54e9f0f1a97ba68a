import { isExpired } from '../../shared/domain/schedule.ts';
import { viewSchedule } from '../../shared/jobs/schedule-view.ts';
import type { HttpAnswer } from '../../shared/runtime/http-answer.ts';
import type { HttpRequest } from '../../shared/runtime/http-handler.ts';
import { limitRequest } from '../../shared/runtime/owner-limits.ts';
import { ProblemError } from '../../shared/runtime/problem.ts';
import type { ScheduleRoutePorts } from './list-schedules.ts';

/** Deletes a schedule of the caller's. Somebody else's is not told apart from one that does not exist. */
export async function deleteSchedule(
  { route, params: { schedule_id: id }, owner }: HttpRequest<'delete_schedule'>,
  ports: ScheduleRoutePorts,
): Promise<HttpAnswer> {
  const { schedules, now } = ports;
  const headers = await limitRequest({ route, owner }, ports);
  const schedule = await schedules.remove({ owner, id }, now());
  if (!schedule || isExpired(schedule, now()))
    throw new ProblemError('schedule_not_found', 'There is no schedule with this id, or it is no longer kept');
  return { status: 200, body: viewSchedule(schedule), headers };
}
