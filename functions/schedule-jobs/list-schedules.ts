import type * as z from 'zod';
import type { ScheduleList } from '../../shared/catalog/schemas/schedule-view.ts';
import { isExpired, type Schedule } from '../../shared/domain/schedule.ts';
import type { ScheduleStore } from '../../shared/domain/schedule-store.ts';
import { viewSchedule } from '../../shared/jobs/schedule-view.ts';
import type { HttpAnswer } from '../../shared/runtime/http-answer.ts';
import type { HttpRequest } from '../../shared/runtime/http-handler.ts';
import type { LimitPorts } from '../../shared/runtime/owner-limits.ts';

export interface ScheduleRoutePorts extends LimitPorts {
  readonly schedules: ScheduleStore;
  /** Origins on this machine that may be called back; only the local stage has any. */
  readonly callbackTestOrigins: readonly string[];
}

/** `GET /schedules`: the caller's schedules, newest first, all on one page. */
export async function listSchedules(
  { owner }: HttpRequest<'list_schedules'>,
  ports: Pick<ScheduleRoutePorts, 'schedules' | 'now'>,
): Promise<HttpAnswer> {
  const schedules = await schedulesOf(owner, ports);
  const body: z.infer<typeof ScheduleList> = { schedules: schedules.map(viewSchedule) };
  return { status: 200, body };
}

/** An owner's schedules that have not expired, newest first. There are few: they are bounded in number. */
export async function schedulesOf(
  owner: string,
  { schedules, now }: Pick<ScheduleRoutePorts, 'schedules' | 'now'>,
): Promise<readonly Schedule[]> {
  const found: Schedule[] = [];
  for await (const schedule of schedules.ofOwner(owner)) if (!isExpired(schedule, now())) found.push(schedule);
  return found;
}
