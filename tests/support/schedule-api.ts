import './silent-log.ts';

import * as z from 'zod';
import { createSchedule } from '../../functions/schedule-jobs/create-schedule.ts';
import { deleteSchedule } from '../../functions/schedule-jobs/delete-schedule.ts';
import { listSchedules } from '../../functions/schedule-jobs/list-schedules.ts';
import { type OwnerLimitSettings, ownerLimits } from '../../shared/catalog/owner-limits.ts';
import { httpHandler } from '../../shared/runtime/http-handler.ts';
import { httpEvent, lambdaContext, type TestRequest } from './http-event.ts';
import { acceptedAt } from './job-builder.ts';
import { JobWorld } from './job-world.ts';
import { MemoryScheduleStore } from './memory-schedule-store.ts';

const Answer = z.object({
  statusCode: z.number(),
  headers: z.record(z.string(), z.string()),
  body: z.string().transform((text): unknown => JSON.parse(text)),
});

interface ScheduleApiOptions {
  readonly callbackTestOrigins?: readonly string[];
  readonly grant?: OwnerLimitSettings;
}

/** The routes of schedules over a store in memory, on a clock that stands still until a test moves it. */
export function scheduleApi({ callbackTestOrigins = [], grant = ownerLimits }: ScheduleApiOptions = {}) {
  const clock = { time: acceptedAt };
  const schedules = new MemoryScheduleStore();
  const { store, telemetry, spending: limits } = new JobWorld();
  const ports = { schedules, now: () => clock.time, callbackTestOrigins, store, telemetry, limits, grant };
  const handler = httpHandler({
    create_schedule: (request) => createSchedule(request, ports),
    list_schedules: (request) => listSchedules(request, ports),
    delete_schedule: (request) => deleteSchedule(request, ports),
  });
  const send = async (request: TestRequest) => Answer.parse(await handler(httpEvent(request), lambdaContext()));
  return {
    clock,
    schedules,
    create: (body: unknown, more: Partial<TestRequest> = {}) =>
      send({ routeKey: 'POST /api/v1/schedules', body, ...more }),
    list: (more: Partial<TestRequest> = {}) => send({ routeKey: 'GET /api/v1/schedules', ...more }),
    remove: (schedule_id: string, more: Partial<TestRequest> = {}) =>
      send({ routeKey: 'DELETE /api/v1/schedules/{schedule_id}', params: { schedule_id }, ...more }),
  };
}
