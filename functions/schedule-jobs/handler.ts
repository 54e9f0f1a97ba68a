import { environmentOf } from '../../shared/runtime/environment.ts';
import { httpHandler } from '../../shared/runtime/http-handler.ts';
import { jobStore, limiting, scheduleStore } from '../../shared/runtime/job-ports.ts';
import { telemetry } from '../../shared/runtime/telemetry.ts';
import { testReceivers } from '../../shared/runtime/test-receivers.ts';
import { createSchedule } from './create-schedule.ts';
import { deleteSchedule } from './delete-schedule.ts';
import { listSchedules } from './list-schedules.ts';

const environment = environmentOf('schedule-jobs');
const ports = {
  ...limiting(environment),
  store: jobStore(environment),
  telemetry,
  schedules: scheduleStore(environment),
  now: Date.now,
  callbackTestOrigins: testReceivers({ ...environment }).origins,
};

export const handler = httpHandler({
  create_schedule: (request) => createSchedule(request, ports),
  list_schedules: (request) => listSchedules(request, ports),
  delete_schedule: (request) => deleteSchedule(request, ports),
});
