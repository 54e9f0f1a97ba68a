import { beforeEach, describe, expect, it } from 'vitest';
import { stepNames, stepOf } from '../../../shared/catalog/job-types.ts';
import { type OwnerLimitSettings, ownerLimits } from '../../../shared/catalog/owner-limits.ts';
import { type RouteDefinition, routeNames, routes } from '../../../shared/catalog/routes.ts';
import { missedRunGraceSeconds } from '../../../shared/catalog/schedules.ts';
import { scheduledBodies, scheduledTypes } from '../../../shared/catalog/schemas/schedule.ts';
import type { Job } from '../../../shared/domain/job.ts';
import { isExpired, type Schedule } from '../../../shared/domain/schedule.ts';
import { fireSchedules } from '../../../shared/jobs/fire-schedules.ts';
import { acceptedAt } from '../../support/job-builder.ts';
import { JobWorld } from '../../support/job-world.ts';
import { MemoryScheduleStore } from '../../support/memory-schedule-store.ts';
import { aSchedule } from '../../support/schedule-builder.ts';

const minute = 60_000;
const day = 1_440 * minute;

let world: JobWorld;
let grant: OwnerLimitSettings;
let schedules: MemoryScheduleStore;
beforeEach(() => {
  world = new JobWorld();
  schedules = new MemoryScheduleStore();
  grant = ownerLimits;
});

const place = (fields: Partial<Schedule> = {}) => schedules.place(aSchedule(fields));
const fire = () =>
  fireSchedules({
    store: world.store,
    spending: world.spending,
    queues: world.queues,
    telemetry: world.telemetry,
    now: world.now,
    random: world.random,
    schedules,
    limits: world.spending,
    grant,
  });
const jobs = (): readonly Job[] => [...world.store.heads.values()];
const eight = acceptedAt + 3 * 60 * minute;

describe('a schedule', () => {
  it('makes its job up to a minute ahead, to start at its time and not before', async () => {
    const schedule = place();
    world.time = eight - 61_000;
    await fire();
    expect(jobs()).toEqual([]);
    world.time = eight - 40_000;
    expect(await fire()).toEqual({ seen: 1, failed: 0 });
    expect(jobs()).toMatchObject([
      { owner: 'traveller', type: 'generate_story', status: 'scheduled', not_before: eight, schedule_id: schedule.id },
    ]);
    expect(world.queues.sent).toMatchObject([{ delaySeconds: 40 }]);
    expect(schedules.schedule(schedule.id)).toMatchObject({
      due_at: eight + day,
      runs: 1,
      last_run_at: eight,
      last_job_id: jobs()[0]?.id,
    });
  });

  it('makes a job every day, each of which a consumer then performs', async () => {
    const schedule = place();
    for (let days = 0; days < 5; days++) {
      world.time = eight + days * day;
      await fire();
      await world.deliverAll();
    }
    expect(jobs().map(({ status, accepted_at }) => [status, accepted_at])).toEqual(
      [0, 1, 2, 3, 4].map((days) => ['completed', eight + days * day]),
    );
    expect(schedules.schedule(schedule.id).runs).toBe(5);
  });

  it('that is fired by many at once makes one job', async () => {
    const schedule = place();
    world.time = eight;
    await Promise.all([fire(), fire(), fire(), fire()]);
    expect(jobs()).toHaveLength(1);
    expect(schedules.schedule(schedule.id)).toMatchObject({ runs: 1, due_at: eight + day });
  });

  it('whose firing died after the job was made is moved on by the next, which makes no second job', async () => {
    const schedule = place();
    world.time = eight;
    schedules.fault = (operation) => {
      if (operation === 'moveOn') throw new Error('the machine died');
    };
    expect(await fire()).toEqual({ seen: 1, failed: 1 });
    expect(schedules.schedule(schedule.id).due_at).toBe(eight);
    schedules.fault = () => {};
    await world.deliverAll();
    world.time += minute;
    expect(await fire()).toEqual({ seen: 1, failed: 0 });
    expect(jobs()).toMatchObject([{ status: 'completed' }]);
    expect(schedules.schedule(schedule.id)).toMatchObject({ runs: 1, last_job_id: jobs()[0]?.id, due_at: eight + day });
  });

  it('whose job could not be written is fired again a minute later', async () => {
    place();
    world.time = eight;
    world.store.fault = (operation) => {
      if (operation === 'accept') throw new Error('throttled');
    };
    expect(await fire()).toEqual({ seen: 1, failed: 1 });
    world.store.fault = () => {};
    world.time += minute;
    await fire();
    expect(jobs()).toMatchObject([{ status: 'accepted', accepted_at: eight + minute }]);
  });

  it('lets each job live as long as it asks, counted from the run', async () => {
    const body = { location: { latitude: 35, longitude: -104 }, expires_in: 30, priority: 2 };
    place({ job: { type: 'generate_story', body } });
    world.time = eight - 50_000;
    await fire();
    expect(jobs()).toMatchObject([{ deadline: eight + 30_000, priority: 2, queue: 'analytics' }]);
  });
});

describe('after an outage', () => {
  const grace = missedRunGraceSeconds * 1_000;

  it('a run is made late, up to the grace', async () => {
    const schedule = place();
    world.time = eight + grace;
    await fire();
    expect(jobs()).toMatchObject([{ status: 'accepted', accepted_at: eight + grace }]);
    expect(schedules.schedule(schedule.id)).toMatchObject({ runs: 1, skipped: 0, due_at: eight + day });
  });

  it('a run that is older is skipped and counted', async () => {
    const schedule = place();
    world.time = eight + grace + 1;
    await fire();
    expect(jobs()).toEqual([]);
    expect(schedules.schedule(schedule.id)).toMatchObject({ runs: 0, skipped: 1, due_at: eight + day });
    expect(world.telemetry.counted('schedule_runs_skipped')).toBe(1);
  });

  it('of days only the latest run is made', async () => {
    const schedule = place();
    world.time = eight + 5 * day + minute;
    await fire();
    expect(jobs()).toHaveLength(1);
    expect(schedules.schedule(schedule.id)).toMatchObject({
      runs: 1,
      skipped: 5,
      last_run_at: eight + 5 * day,
      due_at: eight + 6 * day,
    });
  });

  it('of years, the schedule goes on where it would be by now', async () => {
    const rate = place({ timing: { every: 900, from: acceptedAt }, due_at: acceptedAt + 900_000 });
    const cron = place({ timing: { cron: '*/15 * * * *', time_zone: 'UTC' }, due_at: acceptedAt + 900_000 });
    world.time = acceptedAt + 900 * day + 5 * minute;
    await fire();
    for (const { id } of [rate, cron]) {
      expect(schedules.schedule(id)).toMatchObject({
        runs: 1,
        last_run_at: acceptedAt + 900 * day,
        due_at: acceptedAt + 900 * day + 15 * minute,
      });
    }
  });
});

describe('a schedule ends', () => {
  it('with its last run before its end', async () => {
    const { id } = place({ ends_at: eight + day });
    for (const days of [0, 1, 2]) {
      world.time = eight + days * day;
      await fire();
    }
    expect(schedules.schedule(id)).toMatchObject({ runs: 2, ended_at: eight + day });
    expect(schedules.schedule(id).due_at).toBeUndefined();
  });

  it('after as many jobs as it may make', async () => {
    const { id } = place({ max_runs: 1 });
    world.time = eight;
    await fire();
    expect(schedules.schedule(id)).toMatchObject({ runs: 1, ended_at: eight });
  });

  it('after its only run, made or missed, and is forgotten a day later', async () => {
    const timing = { at: eight };
    const made = place({ timing, due_at: eight });
    world.time = eight;
    await fire();
    const missed = place({ timing, due_at: eight });
    world.time = eight + day;
    await fire();
    expect(schedules.schedule(made.id)).toMatchObject({ runs: 1, skipped: 0, ended_at: eight });
    expect(schedules.schedule(missed.id)).toMatchObject({ runs: 0, skipped: 1, ended_at: eight + day });
    expect(isExpired(schedules.schedule(made.id), eight + day - 1)).toBe(false);
    expect(isExpired(schedules.schedule(made.id), eight + day)).toBe(true);
  });

  it('when it is deleted, even while it is being fired; the job that was made goes on', async () => {
    const { id } = place();
    world.time = eight;
    schedules.fault = (operation) => {
      if (operation === 'moveOn') schedules.schedules.delete(id);
    };
    await fire();
    schedules.fault = () => {};
    expect(schedules.schedules.has(id)).toBe(false);
    await world.deliverAll();
    expect(jobs()).toMatchObject([{ status: 'completed' }]);
  });
});

describe('a schedule whose job is no longer accepted', () => {
  it('says which fields are wrong, goes on, and forgets it once a job fits again', async () => {
    const { id } = place({ job: { type: 'generate_story', body: { location: { latitude: 91 }, colour: 'red' } } });
    world.time = eight;
    expect(await fire()).toEqual({ seen: 1, failed: 0 });
    expect(jobs()).toEqual([]);
    const refused = schedules.schedule(id);
    expect(refused).toMatchObject({ runs: 0, due_at: eight + day, last_error: { code: 'input_invalid' } });
    expect(refused.last_error?.message).toContain('location.latitude, location.longitude');
    expect(world.telemetry.counted('schedule_runs_refused')).toBe(1);
    schedules.place({ ...refused, job: aSchedule().job });
    world.time = eight + day;
    await fire();
    expect(schedules.schedule(id)).toMatchObject({ runs: 1, last_run_at: eight + day });
    expect(schedules.schedule(id).last_error).toBeUndefined();
  });

  it('makes no job of a type that cannot be scheduled, whatever its record says', async () => {
    const { id } = place({ job: { type: 'probe', body: {} } });
    world.time = eight;
    await fire();
    expect(jobs()).toEqual([]);
    expect(schedules.schedule(id).last_error?.message).toContain('probe cannot be scheduled');
  });
});

describe('a schedule whose owner has used up what they may', () => {
  it('makes no job once the day’s budget is spent, says so, and goes on the next day', async () => {
    const { id, owner } = place();
    world.time = eight;
    await world.spending.spend(owner, { microUsd: grant.dailyBudgetMicroUsd, now: eight });
    expect(await fire()).toEqual({ seen: 1, failed: 0 });
    expect(jobs()).toEqual([]);
    expect(schedules.schedule(id)).toMatchObject({ runs: 0, last_error: { code: 'daily_budget_spent' } });
    expect(world.telemetry.counted('schedule_runs_refused')).toBe(1);
    world.time = eight + day;
    await fire();
    expect(jobs()).toHaveLength(1);
    expect(schedules.schedule(id).last_error).toBeUndefined();
  });

  it('makes no batch that the day has no room for, and a story that it has', async () => {
    grant = { ...ownerLimits, dailyBudgetMicroUsd: 20_000 };
    const routes = [1, 2].map(() => ({ origin: 'Tucumcari', destination: 'Santa Fe' }));
    const batch = place({ job: { type: 'pregenerate_stories', body: { routes } } });
    const story = place();
    world.time = eight;
    await fire();
    expect(schedules.schedule(batch.id).last_error).toMatchObject({ code: 'daily_budget_spent' });
    expect(schedules.schedule(story.id)).toMatchObject({ runs: 1 });
  });

  it('makes no more jobs than may be unfinished, and has room again once one has ended', async () => {
    grant = { ...ownerLimits, unfinished: {}, unfinishedOtherwise: 2 };
    const placed = [1, 2, 3].map(() => place());
    world.time = eight;
    await fire();
    expect(jobs()).toHaveLength(2);
    const refused = placed.filter(({ id }) => schedules.schedule(id).last_error?.code === 'too_many_unfinished');
    expect(refused).toHaveLength(1);
    await world.deliverAll();
    world.time = eight + day;
    await fire();
    expect(jobs().length).toBeGreaterThan(2);
  });

  it('makes its job when the limits cannot be read', async () => {
    place();
    world.time = eight;
    world.spending.fault = () => {
      throw new Error('out of reach');
    };
    await fire();
    expect(jobs()).toHaveLength(1);
    expect(world.telemetry.counted('limits_unavailable')).toBe(1);
  });
});

describe('one bad schedule', () => {
  it('stops neither its shard nor the others', async () => {
    const shard = { due_shard: 1_003 };
    const placed = [0, 1, 2, 3, 4].map((order) => place({ ...shard, due_at: eight - order }));
    place();
    world.time = eight;
    schedules.fault = (operation, id) => {
      if (operation === 'find' && id === placed[2]?.id) throw new Error('damaged');
      if (operation === 'due' && id === '1001') throw new Error('the index is out of reach');
    };
    await expect(fire()).rejects.toThrow('1 shards could not be read');
    expect(schedules.schedule(placed[2]?.id ?? '').runs).toBe(0);
    expect(jobs().length).toBeGreaterThanOrEqual(4);
  });
});

describe('what can be scheduled', () => {
  const submitRouteOf = (type: string): RouteDefinition | undefined =>
    routeNames.map((name): RouteDefinition => routes[name]).find(({ jobType }) => jobType === type);

  it('is only what a token with jobs:write may submit, and takes the same body less the time', () => {
    for (const type of scheduledTypes) {
      const route = submitRouteOf(type);
      expect(route?.scope).toBe('jobs:write');
      const [example] = route?.body?.meta()?.examples ?? [];
      expect(scheduledBodies[type].safeParse(example)).toMatchObject({ success: true });
      const timed = { ...Object(example), delay: 60 };
      expect(route?.body?.safeParse(timed).success).toBe(true);
      expect(scheduledBodies[type].safeParse(timed).success).toBe(false);
    }
  });

  it('is nothing that pays: no step of it runs on the queue of bookings', () => {
    const steps = scheduledTypes.flatMap((type) => stepNames(type).map((step) => stepOf(type, step)?.queue));
    expect(steps.length).toBeGreaterThan(0);
    expect(steps).not.toContain('booking');
  });
});
