import { beforeEach, describe, expect, it } from 'vitest';
import { routes } from '../../../shared/catalog/routes.ts';
import { JobView } from '../../../shared/catalog/schemas/job.ts';
import { SubmitAnswer } from '../../../shared/catalog/schemas/submit.ts';
import { preferenceOf } from '../../../shared/runtime/prefer.ts';
import { submitApi } from '../../support/submit-api.ts';

describe('the preference of a request', () => {
  it.each([
    [undefined, 0, false],
    ['wait=10', 10, false],
    ['respond-async', 0, true],
    ['respond-async, wait=7', 7, true],
    ['WAIT = "5"', 5, false],
    ['handling=lenient; x="y", wait=3; z', 3, false],
    ['wait=2, wait=9', 2, false],
    ['wait=600', 20, false],
    ['wait=0', 0, false],
    ['wait=-1', 0, false],
    ['wait', 0, false],
    ['wait=1.5', 0, false],
    ['wait=99999999999999999999', 0, false],
    ['await=5', 0, false],
    [',,=;', 0, false],
  ])('%s is to wait %i s', (header, waitSeconds, respondAsync) => {
    expect(preferenceOf(header)).toEqual({ waitSeconds, respondAsync });
  });
});

describe('a submit that would like to wait', () => {
  let api: ReturnType<typeof submitApi>;
  beforeEach(() => {
    api = submitApi();
  });

  const body = { location: { latitude: 35.17, longitude: -103.72 } };
  const wait = (seconds: number, more: string = '') => ({ headers: { prefer: `wait=${seconds}${more}` } });
  const result = { title: 'T', content: 'C', sentences: [], facts: [], credits: [], model: 'm' };
  const usage = { input_tokens: 1, output_tokens: 1, cost_micro_usd: 1 };

  /** Consumers take the message once a held request has looked so often. */
  function workAfter(looks: number): void {
    api.holding.meanwhile = async () => {
      if (api.holding.pauses.length === looks) await api.world.deliverAll();
    };
  }

  it('is answered with the job as soon as that has ended', async () => {
    api.world.perform = async () => ({ result: { ...result, usage } });
    workAfter(4);
    const answer = await api.post(body, wait(15));
    expect(answer.statusCode).toBe(200);
    expect(JobView.parse(answer.body)).toMatchObject({ status: 'completed', result: { title: 'T' } });
    expect(answer.headers).toMatchObject({
      'preference-applied': 'wait=15',
      'cache-status': 'roadtrip-stories; fwd=miss',
    });
    expect(answer.headers['retry-after']).toBeUndefined();
    expect(api.holding.pauses).toHaveLength(4);
  });

  it('is shown a job that ended badly, too', async () => {
    const id = async () => [...api.world.store.heads.keys()][0] ?? '';
    api.holding.meanwhile = async () => {
      const job = api.world.store.head(await id());
      api.world.store.place({ ...job, status: 'failed', error: { code: 'place_unknown', message: 'Nowhere.' } });
    };
    const answer = await api.post(body, wait(5));
    expect(answer).toMatchObject({ statusCode: 200, body: { status: 'failed', error: { code: 'place_unknown' } } });
  });

  it('is told where to follow the job when the time is over, and no later', async () => {
    const began = api.world.time;
    const answer = await api.post(body, wait(20, ', respond-async'));
    expect(answer).toMatchObject({ statusCode: 202, body: { status: 'accepted' } });
    expect(answer.headers['preference-applied']).toBe('respond-async, wait=20');
    expect(api.world.time - began).toBe(20_000);
    expect(api.holding.pauses.length).toBeLessThan(30);
  });

  it('is answered before the function’s time runs out', async () => {
    const began = api.world.time;
    expect((await api.post(body, wait(20), 8_000)).statusCode).toBe(202);
    expect(api.world.time - began).toBeLessThanOrEqual(5_000);
    expect((await api.post(body, wait(20), 2_000)).statusCode).toBe(202);
  });

  it('a second time under the same key waits for the same job', async () => {
    const headers = { 'idempotency-key': 'k' };
    await api.post(body, { headers });
    api.world.perform = async () => ({ result: { ...result, usage } });
    workAfter(1);
    const again = await api.post(body, { headers: { ...headers, ...wait(5).headers } });
    expect(again).toMatchObject({ statusCode: 200, body: { status: 'completed' } });
    expect(api.world.store.heads.size).toBe(1);
  });

  it('is not refused when a look at its job fails, and sees it end at the next', async () => {
    api.world.perform = async () => ({ result: { ...result, usage } });
    workAfter(1);
    let looks = 0;
    api.world.store.fault = (operation) => {
      if (operation !== 'find') return;
      looks++;
      if (looks === 1) throw new Error('The store is down');
    };
    expect(await api.post(body, wait(15))).toMatchObject({ statusCode: 200, body: { status: 'completed' } });
  });

  it('is told where to follow the job when none of the looks succeeds', async () => {
    api.world.store.fault = (operation) => {
      if (operation === 'find') throw new Error('The store is down');
    };
    const answer = await api.post(body, wait(5));
    expect(answer).toMatchObject({ statusCode: 202, headers: { 'preference-applied': 'wait=5' } });
    expect(api.world.telemetry.warnings.map(({ event }) => event)).toContain('awaited_job_not_read');
  });

  it('is told where to follow the job when what it has made cannot be read', async () => {
    api.world.perform = async () => ({ result: { ...result, usage } });
    api.holding.meanwhile = async () => {
      await api.world.deliverAll();
      api.world.store.fault = (operation) => {
        if (operation === 'read') throw new Error('The store is down');
      };
    };
    const answer = await api.post(body, wait(5));
    expect(SubmitAnswer.parse(answer.body).status).toBe('accepted');
    expect(answer).toMatchObject({ statusCode: 202, headers: { 'retry-after': '2' } });
  });

  it('is answered at once by a route that makes many jobs, or none to be shown', async () => {
    const batch = { routes: [{ origin: 'Moab', destination: 'Flagstaff' }] };
    const many = await api.postTo(routes.pregenerate_stories.path, batch, wait(5));
    const probe = await api.send({
      routeKey: 'POST /api/v1/ops/queues/{queue}/probe',
      params: { queue: 'booking' },
      ...wait(5),
    });
    expect([many.statusCode, probe.statusCode]).toEqual([202, 202]);
    expect([many.headers['preference-applied'], probe.headers['preference-applied']]).toEqual([undefined, undefined]);
    expect(api.holding.pauses).toEqual([]);
  });

  it('and one that would not, is answered at once', async () => {
    const answer = await api.post(body, { headers: { prefer: 'respond-async' } });
    expect([answer.statusCode, answer.headers['preference-applied']]).toEqual([202, 'respond-async']);
    expect((await api.post(body)).headers['preference-applied']).toBeUndefined();
    expect(api.holding.pauses).toEqual([]);
  });
});
