import { beforeEach, describe, expect, it } from 'vitest';
import { ownerLimits } from '../../../shared/catalog/owner-limits.ts';
import { mostSchedules } from '../../../shared/catalog/schedules.ts';
import { ProblemDocument } from '../../../shared/catalog/schemas/job.ts';
import { CreateScheduleRequest } from '../../../shared/catalog/schemas/schedule.ts';
import { ScheduleList, ScheduleView } from '../../../shared/catalog/schemas/schedule-view.ts';
import { acceptedAt } from '../../support/job-builder.ts';
import { scheduleApi } from '../../support/schedule-api.ts';

let api: ReturnType<typeof scheduleApi>;
beforeEach(() => {
  api = scheduleApi();
});

const job = { type: 'generate_story', body: { location: { latitude: 35.17, longitude: -103.72 } } };
const daily = { cron: '0 8 * * *', time_zone: 'America/Denver', job };
const day = 86_400_000;
const eve = { claims: { iss: 'https://issuer.example', sub: 'eve' } };
const time = (milliseconds: number) => new Date(milliseconds).toISOString();

async function created(body: unknown = daily, more = {}) {
  const answer = await api.create(body, more);
  expect(answer.statusCode, JSON.stringify(answer.body)).toBe(201);
  return ScheduleView.parse(answer.body);
}

async function errorsOf(body: unknown): Promise<Record<string, string>> {
  const { statusCode, body: document } = await api.create(body);
  expect(statusCode).toBe(400);
  const { code, errors = [] } = ProblemDocument.parse(document);
  expect(code).toBe('invalid_request');
  return Object.fromEntries(errors.map(({ path, message }) => [path, message]));
}

async function listed(more = {}): Promise<string[]> {
  const { schedules } = ScheduleList.parse((await api.list(more)).body);
  return schedules.map(({ schedule_id }) => schedule_id);
}

describe('a schedule', () => {
  it('is shown with its next run, and the job with the defaults of what was not given', async () => {
    expect(
      await created({ ...daily, name: 'Morning', max_runs: 5, ends_at: '2026-02-01T00:00:00+01:00' }),
    ).toMatchObject({
      status: 'active',
      name: 'Morning',
      cron: '0 8 * * *',
      time_zone: 'America/Denver',
      max_runs: 5,
      ends_at: '2026-01-31T23:00:00.000Z',
      created_at: time(acceptedAt),
      next_run_at: '2026-01-01T15:00:00.000Z',
      runs: 0,
      skipped: 0,
      job: {
        type: 'generate_story',
        body: { location: { latitude: 35.17, longitude: -103.72 }, include_voice: false },
      },
    });
  });

  it('of a rate first runs one period after it was made, a single one at its moment', async () => {
    expect(await created({ every: 3_600, job })).toMatchObject({
      every: 3_600,
      next_run_at: time(acceptedAt + 3_600_000),
    });
    const at = '2026-07-04T20:30:00+02:00';
    expect(await created({ at, job })).toMatchObject({ at: time(Date.parse(at)), next_run_at: time(Date.parse(at)) });
  });

  it('is listed to its owner, the newest first, until it is deleted', async () => {
    const first = await created();
    api.clock.time += 1;
    const second = await created();
    expect(await listed()).toEqual([second.schedule_id, first.schedule_id]);
    expect(await listed(eve)).toEqual([]);
    expect((await api.remove(first.schedule_id, eve)).statusCode).toBe(404);
    const deleted = await api.remove(first.schedule_id);
    expect(deleted).toMatchObject({ statusCode: 200, body: first });
    const again = await api.remove(first.schedule_id);
    expect([again.statusCode, ProblemDocument.parse(again.body).code]).toEqual([404, 'schedule_not_found']);
    expect(await listed()).toEqual([second.schedule_id]);
  });

  it('that has ended is listed for a day, whenever its row happens to be deleted', async () => {
    const { schedule_id } = await created();
    const { due_at: _, ...schedule } = api.schedules.schedule(schedule_id);
    api.schedules.place({ ...schedule, ended_at: acceptedAt, ttl: (acceptedAt + day) / 1_000 });
    api.clock.time += day - 1;
    expect(ScheduleList.parse((await api.list()).body).schedules).toMatchObject([{ status: 'ended' }]);
    api.clock.time += 1;
    expect(await listed()).toEqual([]);
    expect((await api.remove(schedule_id)).statusCode).toBe(404);
  });
});

describe('a schedule is refused', () => {
  it('with every wrong field at once, down into the body of its job', async () => {
    const errors = await errorsOf({
      name: '',
      cron: '0 8 * *',
      time_zone: 'Mars/Olympus',
      max_runs: 0,
      colour: 'red',
      job: {
        type: 'generate_story',
        body: {
          location: { latitude: 91, longitude: 0 },
          interests: ['a', ''],
          run_at: time(acceptedAt),
          expires_in: 0,
        },
      },
    });
    expect(Object.keys(errors).toSorted()).toEqual([
      'colour',
      'cron',
      'job.body.expires_in',
      'job.body.interests[1]',
      'job.body.location.latitude',
      'job.body.run_at',
      'max_runs',
      'name',
      'time_zone',
    ]);
  });

  it.each(['process_image', 'probe', 'process_reservation', undefined, 5])('for a job of type %s', async (type) => {
    const errors = await errorsOf({ every: 900, job: { type, body: {} } });
    expect(errors['job.type']).toContain('generate_story, synthesize_voice, pregenerate_stories');
  });

  it('unless exactly one thing says when', async () => {
    const at = time(acceptedAt + day);
    expect(await errorsOf({ job })).toEqual({ cron: expect.any(String) });
    expect(Object.keys(await errorsOf({ ...daily, at, every: 900 }))).toEqual(['every', 'at']);
    expect(Object.keys(await errorsOf({ ...daily, time_zone: undefined }))).toEqual(['time_zone']);
    expect(Object.keys(await errorsOf({ at, time_zone: 'UTC', job }))).toEqual(['time_zone']);
    const both = await errorsOf({ job: { ...job, body: {} } });
    expect(Object.keys(both).toSorted(), 'beside what else is wrong').toEqual(['cron', 'job.body.location']);
  });

  it.each([
    '* * * * *',
    '0 0 30 2 *',
    '@daily',
    'H 8 * * *',
    '0 0 8 * * *',
    '61 * * * *',
    '0 24 * * *',
    '0 8 * * mon',
    '0 8 ? * *',
    '5/20 * * * *',
    `${'0,'.repeat(100)}0 8 * * *`,
  ])('for the cron expression %s', async (cron) => {
    expect(Object.keys(await errorsOf({ ...daily, cron }))).toEqual(['cron']);
  });

  it.each(['+02:00', 'local', 'Europe/Atlantis', ''])('for the time zone %s', async (time_zone) => {
    expect(Object.keys(await errorsOf({ ...daily, time_zone }))).toEqual(['time_zone']);
  });

  it('if it would run too often, never, or only in the past', async () => {
    expect(Object.keys(await errorsOf({ every: 899, job }))).toEqual(['every']);
    expect(Object.keys(await errorsOf({ at: time(acceptedAt), job }))).toEqual(['at']);
    expect(Object.keys(await errorsOf({ ...daily, ends_at: time(acceptedAt + 3_600_000) }))).toEqual(['ends_at']);
  });

  it('for a receiver of its job’s end that could not be called, unless the local stage names it', async () => {
    const callback_url = 'https://localhost:4643/hook';
    const called = { every: 900, job: { ...job, body: { ...job.body, callback_url } } };
    expect(Object.keys(await errorsOf({ ...called, ends_at: time(acceptedAt) }))).toEqual([
      'ends_at',
      'job.body.callback_url',
    ]);
    api = scheduleApi({ callbackTestOrigins: ['https://localhost:4643'] });
    await created(called);
  });

  it('if its key could be none, beside what else is wrong', async () => {
    const { body } = await api.create({ at: time(acceptedAt), job }, { headers: { 'idempotency-key': 'a b' } });
    expect(ProblemDocument.parse(body).errors?.map(({ path }) => path)).toEqual(['Idempotency-Key', 'at']);
  });

  it('if its batch asks for more stories than one may', async () => {
    const routes = Array.from({ length: 50 }, () => ({ origin: 'Moab', destination: 'Flagstaff' }));
    const batch = { type: 'pregenerate_stories', body: { routes, themes: ['history', 'nature'] } };
    expect(Object.keys(await errorsOf({ every: 86_400, job: batch }))).toEqual(['job.body.themes']);
  });
});

describe('the number of schedules', () => {
  it('is bounded for each owner, and one that is deleted makes room', async () => {
    for (let count = 0; count < mostSchedules; count++) await created();
    const refused = await api.create(daily);
    expect([refused.statusCode, ProblemDocument.parse(refused.body).code]).toEqual([409, 'too_many_schedules']);
    await created(daily, eve);
    const [some = ''] = await listed();
    await api.remove(some);
    await created();
  });
});

describe('the limit of an owner', () => {
  const grant = { ...ownerLimits, buckets: { ...ownerLimits.buckets, control: { size: 3, fullAfterSeconds: 6 } } };
  const key = { headers: { 'idempotency-key': 'a-key' } };

  it('counts schedules that are made and deleted, and no answer that is given again', async () => {
    api = scheduleApi({ grant });
    const first = await api.create(daily, key);
    expect(first.headers.ratelimit).toBe('"control";r=2;t=2');
    const { schedule_id } = ScheduleView.parse(first.body);
    expect((await api.remove(schedule_id)).headers.ratelimit).toBe('"control";r=1;t=2');
    await created();
    const refused = [await api.create(daily), await api.remove(schedule_id)];
    expect(refused.map(({ statusCode }) => statusCode)).toEqual([429, 429]);
    expect(refused[0]?.headers['retry-after']).toBe('2');
    expect(await api.create(daily, key)).toMatchObject({ statusCode: 201, body: first.body });
    await created(daily, eve);
  });
});

describe('a request with an idempotency key', () => {
  const key = { headers: { 'idempotency-key': 'a-key' } };

  it('makes one schedule however often it comes, also when there is no room for another', async () => {
    const first = await created(daily, key);
    for (let count = 1; count < mostSchedules; count++) await created();
    const again = await api.create(daily, key);
    expect(again).toMatchObject({ statusCode: 201, body: first, headers: { 'idempotent-replayed': 'true' } });
    expect(await listed()).toHaveLength(mostSchedules);
  });

  it('is refused for another body', async () => {
    await created(daily, key);
    const other = await api.create({ every: 900, job }, key);
    expect([other.statusCode, ProblemDocument.parse(other.body).code]).toEqual([422, 'idempotency_key_reused']);
  });

  it('that comes twice at once makes one schedule too', async () => {
    const answers = await Promise.all([api.create(daily, key), api.create(daily, key)]);
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([201, 201]);
    expect(answers[0]?.body).toEqual(answers[1]?.body);
    expect(await listed()).toHaveLength(1);
  });
});

it('the example of the documentation makes a schedule', async () => {
  await created(CreateScheduleRequest.meta()?.examples?.[0]);
});
