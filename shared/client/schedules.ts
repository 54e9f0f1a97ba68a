import { isRecord } from './answer.ts';
import { ask, type Connection } from './ask.ts';
import type { Schedule, ScheduleRequest } from './contract.ts';
import { ProblemError } from './errors.ts';
import { schedulePath, schedulesPath } from './paths.ts';
import type { SubmitOptions } from './submit.ts';

/** Rejects with ProblemError (the request is refused), AbortError, or NetworkError once the client's patience has ended. */
export interface Schedules {
  /** Makes a schedule, under one idempotency key however often it has to be sent. */
  create(schedule: ScheduleRequest, options?: SubmitOptions): Promise<Schedule>;
  /** The caller's schedules, newest first. */
  list(options?: { readonly signal?: AbortSignal }): Promise<readonly Schedule[]>;
  /** Deletes a schedule. Resolves too if there is none: a request that had to be sent twice cannot tell. */
  remove(scheduleId: string, options?: { readonly signal?: AbortSignal }): Promise<void>;
}

/** The schedules of the caller, over the connection. */
export function schedules(connection: Connection): Schedules {
  return {
    create: async (schedule, { idempotencyKey = connection.platform.newKey(), signal } = {}) => {
      const body = JSON.stringify(schedule);
      const request = { method: 'POST', path: schedulesPath, body, needsToken: true, idempotencyKey, signal } as const;
      return (await ask(connection, { ...request, isBody: isSchedule })).body;
    },
    list: async ({ signal } = {}) => {
      const request = { method: 'GET', path: schedulesPath, needsToken: true, isBody: isScheduleList, signal } as const;
      return (await ask(connection, request)).body.schedules;
    },
    remove: async (scheduleId, { signal } = {}) => {
      const request = { method: 'DELETE', path: schedulePath(scheduleId), needsToken: true, signal } as const;
      try {
        await ask(connection, { ...request, isBody: isSchedule });
      } catch (error) {
        if (!(error instanceof ProblemError) || error.code !== 'schedule_not_found') throw error;
      }
    },
  };
}

function isSchedule(body: unknown): body is Schedule {
  return isRecord(body) && typeof body.schedule_id === 'string';
}

function isScheduleList(body: unknown): body is { readonly schedules: readonly Schedule[] } {
  return isRecord(body) && Array.isArray(body.schedules) && body.schedules.every(isSchedule);
}
