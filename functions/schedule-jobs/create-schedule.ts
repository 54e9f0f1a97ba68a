import { ulid } from 'ulid';
import { idempotencySeconds } from '../../shared/catalog/problems.ts';
import { routes } from '../../shared/catalog/routes.ts';
import { mostSchedules } from '../../shared/catalog/schedules.ts';
import { viewSchedule } from '../../shared/jobs/schedule-view.ts';
import type { HttpAnswer } from '../../shared/runtime/http-answer.ts';
import type { HttpRequest } from '../../shared/runtime/http-handler.ts';
import { idempotencyOf, keyErrors, keyInFlight, keyReused } from '../../shared/runtime/idempotency.ts';
import { limitRequest } from '../../shared/runtime/owner-limits.ts';
import { ProblemError, wrongFields } from '../../shared/runtime/problem.ts';
import { type ScheduleRoutePorts, schedulesOf } from './list-schedules.ts';
import { newSchedule, scheduleErrors } from './new-schedule.ts';

type Request = HttpRequest<'create_schedule'>;

/**
 * Makes a schedule; the same key and body again get the same answer. Requests of one owner at the very same moment may together pass the
 * number of schedules one may have by a few: it bounds what an owner can set going, and nothing else depends on it.
 */
export async function createSchedule(request: Request, ports: ScheduleRoutePorts): Promise<HttpAnswer> {
  const { route, owner, body } = request;
  const now = ports.now();
  const key = keyOf(request);
  const answered = key && (await ports.schedules.answered({ ...key, owner }, now));
  if (answered) return replay(key, answered);
  const errors = [
    ...keyErrors(routes.create_schedule, request.headers['idempotency-key']),
    ...scheduleErrors(body, now, ports.callbackTestOrigins),
  ];
  if (errors.length > 0) throw wrongFields(errors);
  const headers = await limitRequest({ route, owner }, ports);
  const schedule = newSchedule(ulid(now), owner, body, now);
  const existing = await schedulesOf(owner, ports);
  if (existing.length >= mostSchedules)
    throw new ProblemError(
      'too_many_schedules',
      `There are ${existing.length} schedules; at most ${mostSchedules} are kept`,
    );
  const answer = viewSchedule(schedule);
  const expiresAt = now + idempotencySeconds * 1_000;
  const outcome = await ports.schedules.create(schedule, key && { ...key, owner, answer, now, expiresAt });
  switch (outcome.kind) {
    case 'accepted':
      return { status: 201, body: answer, headers };
    case 'in_flight':
      throw keyInFlight();
    case 'known':
      return replay(key, outcome);
  }
}

function keyOf({ headers, rawBody }: Request): ReturnType<typeof idempotencyOf> {
  return idempotencyOf(headers['idempotency-key'], routes.create_schedule.path, [undefined, rawBody]);
}

function replay(
  key: ReturnType<typeof idempotencyOf>,
  { fingerprint, answer }: { readonly fingerprint: string; readonly answer: unknown },
): HttpAnswer {
  if (fingerprint !== key?.fingerprint) throw keyReused();
  return { status: 201, body: answer, headers: { 'idempotent-replayed': 'true' } };
}
