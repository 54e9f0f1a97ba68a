import { beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { mostStories } from '../../../shared/catalog/batches.ts';
import { ownerLimits } from '../../../shared/catalog/owner-limits.ts';
import { expectedStoryMicroUsd } from '../../../shared/catalog/prices.ts';
import { ProblemDocument } from '../../../shared/catalog/schemas/job.ts';
import { GenerateStoryInput } from '../../../shared/catalog/schemas/story.ts';
import { newestReadableVersion } from '../../../shared/domain/job.ts';
import { cancelJob } from '../../../shared/jobs/cancel-job.ts';
import { storyKey, storyRequestOf } from '../../../shared/narrator/story-request.ts';
import { aStoredStory } from '../../support/stored-story.ts';
import { model, submitApi, type TestAnswer } from '../../support/submit-api.ts';

/** A token comes back every two seconds; two jobs may be unfinished, one request held. */
const grant = {
  ...ownerLimits,
  buckets: { ...ownerLimits.buckets, submit: { size: 5, fullAfterSeconds: 10 } },
  unfinished: {},
  unfinishedOtherwise: 2,
  heldRequests: 1,
};

let api: ReturnType<typeof submitApi>;
beforeEach(() => {
  api = submitApi(undefined, grant);
});

const body = { location: { latitude: 35.17, longitude: -103.72 } };
const keyed = (key: string) => ({ headers: { 'idempotency-key': key } });
const statuses = (answers: readonly TestAnswer[]) => answers.map(({ statusCode }) => statusCode);
const idOf = ({ body }: TestAnswer) => z.object({ job_id: z.string() }).parse(body).job_id;
const head = (answer: TestAnswer) => api.world.store.head(idOf(answer));

async function posts(count: number): Promise<TestAnswer[]> {
  const answers: TestAnswer[] = [];
  for (let index = 0; index < count; index++) answers.push(await api.post(body));
  return answers;
}

/** Ends whatever the owner has open, so that only the bucket says no. */
async function postAndEnd(): Promise<TestAnswer> {
  const answer = await api.post(body);
  if (answer.statusCode === 202) await cancelJob(head(answer), api.world);
  return answer;
}

describe('a submit', () => {
  it('tells what is left of its bucket, and when there is more', async () => {
    const [first, second] = await posts(2);
    expect(first?.headers).toMatchObject({ ratelimit: '"submit";r=4;t=2', 'ratelimit-policy': '"submit";q=5;w=10' });
    expect(second?.headers.ratelimit).toBe('"submit";r=3;t=2');
  });

  it('beyond the bucket is refused until the time that it is told', async () => {
    for (let count = 0; count < 5; count++) expect((await postAndEnd()).statusCode).toBe(202);
    const refused = await api.post(body);
    expect([refused.statusCode, refused.headers['retry-after']]).toEqual([429, '2']);
    expect(refused.headers).toMatchObject({ ratelimit: '"submit";r=0;t=2', 'ratelimit-policy': '"submit";q=5;w=10' });
    const problem = ProblemDocument.parse(refused.body);
    expect(problem).toMatchObject({ code: 'rate_limited', type: '/problems/rate_limited' });
    expect(problem.detail).toContain('5 at once, and all of them again within 10 s; the next one in 2 s');
    api.world.time += Number(refused.headers['retry-after']) * 1_000;
    expect((await api.post(body)).statusCode).toBe(202);
    expect(api.world.telemetry.counted('requests_refused')).toBe(1);
  });

  it('is refused while too many jobs of the owner are unfinished, and says how many and where', async () => {
    const answers = await posts(3);
    expect(statuses(answers)).toEqual([202, 202, 429]);
    const problem = ProblemDocument.parse(answers[2]?.body);
    expect(problem.code).toBe('too_many_unfinished');
    expect(problem.detail).toContain('2 of your jobs on ai_generation have not ended, and 2 may be unfinished');
    expect(Number(answers[2]?.headers['retry-after'])).toBeGreaterThanOrEqual(2);
    expect(api.world.store.heads.size).toBe(2);
  });

  it('finds room as soon as one of them has ended, however it did', async () => {
    const [first] = await posts(2);
    if (first) await cancelJob(head(first), api.world);
    expect(statuses(await posts(2))).toEqual([202, 429]);
    api.world.perform = async () => ({ result: aStoredStory() });
    await api.world.deliverAll();
    expect((await api.post(body)).statusCode).toBe(202);
  });

  it('finds no room in the place of one that this release cannot read: it may be running', async () => {
    const [first] = await posts(2);
    if (first) api.world.store.place({ ...head(first), rv: newestReadableVersion + 1 });
    expect((await api.post(body)).statusCode).toBe(429);
  });

  it('to another queue, or of another owner, has room of its own', async () => {
    await posts(2);
    expect((await api.post({ ...body, priority: 1 })).statusCode).toBe(202);
    expect((await api.post(body, { claims: { iss: 'https://issuer.example', sub: 'ben' } })).statusCode).toBe(202);
  });

  it('costs a token also when it is refused for its unfinished jobs, since looking at them costs us', async () => {
    const answers = await posts(6);
    expect(answers.map(({ body }) => ProblemDocument.safeParse(body).data?.code)).toEqual([
      undefined,
      undefined,
      'too_many_unfinished',
      'too_many_unfinished',
      'too_many_unfinished',
      'rate_limited',
    ]);
  });

  it('for a story that is kept is never unfinished', async () => {
    const key = storyKey(storyRequestOf(GenerateStoryInput.parse(body)), new Date(api.world.time), model);
    await api.cache.keep(key, aStoredStory(), api.world.time + 3_600_000);
    expect(statuses(await posts(5))).toEqual([200, 200, 200, 200, 200]);
    expect(statuses(await posts(1))).toEqual([429]);
  });

  it('that never got a record is forgotten after a minute', async () => {
    api.world.store.fault = (operation) => {
      if (operation === 'accept') throw new Error('The store is down');
    };
    expect(statuses(await posts(2))).toEqual([500, 500]);
    api.world.store.fault = () => {};
    expect(statuses(await posts(1)), 'one may be about to be written').toEqual([429]);
    api.world.time += 61_000;
    expect(statuses(await posts(1))).toEqual([202]);
  });
});

describe('a day’s budget', () => {
  const owner = () => [...api.world.store.heads.values()][0]?.owner ?? '';

  it('that is spent refuses what costs something until the next day begins, and says so', async () => {
    const first = await api.post(body);
    await cancelJob(head(first), api.world);
    await api.limits.spend(owner(), { microUsd: grant.dailyBudgetMicroUsd, now: api.world.time });
    const refused = await api.post(body);
    expect([refused.statusCode, refused.headers['retry-after']]).toEqual([429, String(12 * 3_600)]);
    const problem = ProblemDocument.parse(refused.body);
    expect(problem.code).toBe('daily_budget_spent');
    expect(problem.detail).toBe(
      'Your jobs have cost 10.0000 USD of the 10.0000 USD of this day; the next day begins at 2026-01-02T00:00:00.000Z',
    );
    api.world.time += Number(refused.headers['retry-after']) * 1_000;
    expect((await api.post(body)).statusCode).toBe(202);
  });

  it('that is spent leaves the stories that are kept', async () => {
    await api.post(body);
    await api.limits.spend(owner(), { microUsd: grant.dailyBudgetMicroUsd, now: api.world.time });
    const key = storyKey(storyRequestOf(GenerateStoryInput.parse(body)), new Date(api.world.time), model);
    await api.cache.keep(key, aStoredStory(), api.world.time + 3_600_000);
    expect((await api.post(body)).statusCode).toBe(200);
  });

  it('has room for the largest batch, if nothing was spent before', () => {
    expect(mostStories * expectedStoryMicroUsd.voice).toBeLessThan(ownerLimits.dailyBudgetMicroUsd);
  });
});

describe('a request that is repeated under its idempotency key', () => {
  it('gets its answer, whatever the limits say', async () => {
    const first = await api.post(body, keyed('a'));
    await posts(9);
    const again = await api.post(body, keyed('a'));
    expect(again).toMatchObject({ statusCode: 202, body: first.body, headers: { 'idempotent-replayed': 'true' } });
    expect((await api.post({ ...body, priority: 2 }, keyed('a'))).statusCode).toBe(422);
    expect((await api.post(body, keyed('b'))).statusCode).toBe(429);
  });

  it('is not another unfinished job', async () => {
    await api.post(body, keyed('a'));
    await api.post(body, keyed('a'));
    await api.post(body, keyed('a'));
    expect((await api.post(body, keyed('b'))).statusCode).toBe(202);
  });
});

describe('a request that would like to be held', () => {
  const held = { headers: { prefer: 'wait=10' } };

  it('is answered at once while as many are held as may be', async () => {
    let inner: TestAnswer | undefined;
    api.holding.meanwhile = async () => {
      api.holding.meanwhile = async () => {};
      inner = await api.post(body, held);
    };
    const outer = await api.post(body, held);
    expect([outer.statusCode, outer.headers['preference-applied']]).toEqual([202, 'wait=10']);
    expect([inner?.statusCode, inner?.headers['preference-applied']]).toEqual([202, undefined]);
  });

  it('is held again when the one before it is over', async () => {
    await api.post(body, held);
    expect((await api.post(body, held)).headers['preference-applied']).toBe('wait=10');
  });
});

describe('limits that cannot be read', () => {
  it('refuse nobody, and say so to operators', async () => {
    api.limits.fault = () => {
      throw new Error('The store is down');
    };
    const answers = await posts(9);
    expect(new Set(statuses(answers))).toEqual(new Set([202]));
    expect(answers[0]?.headers.ratelimit).toBeUndefined();
    expect(api.world.telemetry.counted('limits_unavailable')).toBe(9);
    expect(api.world.telemetry.warnings.map(({ event }) => event)).toContain('limits_unavailable');
    expect((await api.post(body, { headers: { prefer: 'wait=1' } })).headers['preference-applied']).toBe('wait=1');
  });
});
