import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { createApp } from '../../infra/stacks/create-app.ts';
import { ownerLimits } from '../../shared/catalog/owner-limits.ts';
import { JobView, ProblemDocument } from '../../shared/catalog/schemas/job.ts';
import { createJobsClient } from '../../shared/client/index.ts';
import { startTestCloud, type TestCloud } from '../support/local-cloud.ts';

/** Tight enough to be met, and slow enough that nothing comes back meanwhile. */
const tight = {
  ...ownerLimits,
  buckets: {
    ...ownerLimits.buckets,
    submit: { size: 6, fullAfterSeconds: 6_000 },
    control: { size: 1, fullAfterSeconds: 600 },
  },
  unfinished: {},
  unfinishedOtherwise: 3,
  dailyBudgetMicroUsd: 1_000,
};

let cloud: TestCloud;
beforeAll(async () => {
  const cdkOut = mkdtempSync(path.join(tmpdir(), 'limits-'));
  const context = { 'aws:cdk:disable-asset-staging': true };
  createApp({ stage: 'local', ownerLimits: tight, outdir: cdkOut, validate: false, context }).synth();
  cloud = await startTestCloud({ cdkOut });
});
afterAll(() => cloud.close());

const later = (owner: string) => cloud.call('/jobs/voice/synthesize', { owner, body: { text: 'Later.', delay: 600 } });
const story = { location: { latitude: 35.1717, longitude: -103.725, name: 'Tucumcari' } };
const problem = async (response: Response) => ProblemDocument.parse(await response.json());

describe('limits per owner, on the whole service', () => {
  it('refuse one owner what is too much, in a way that a browser can read, and let the next one through', async () => {
    const answers: Response[] = [];
    for (let count = 0; count < 4; count++) answers.push(await later('ada'));
    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202, 429]);
    expect(answers[0]?.headers.get('ratelimit')).toBe('"submit";r=5;t=1000');
    const refused = answers[3];
    if (!refused) throw new Error('There is no fourth answer');
    expect(await problem(refused)).toMatchObject({ code: 'too_many_unfinished', status: 429 });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThanOrEqual(1_000);
    expect((await later('ben')).status).toBe(202);
    const exposed = (await cloud.call('/health', { headers: { origin: 'http://localhost:3000' } })).headers.get(
      'access-control-expose-headers',
    );
    expect(exposed?.split(',')).toEqual(expect.arrayContaining(['ratelimit', 'ratelimit-policy', 'retry-after']));
  });

  it('are told to an app at once when they ask for a longer wait than its patience', async () => {
    const token = () => cloud.issueToken({ owner: 'emil', scope: 'jobs:read jobs:write' });
    const client = createJobsClient({ baseUrl: cloud.apiUrl, token });
    const submit = () => client.jobs.submit('synthesize_voice', { text: 'Later.', delay: 600 });
    for (let count = 0; count < 3; count++) await submit();
    const refused = await submit().catch((error: unknown) => error);
    expect(refused).toMatchObject({
      name: 'ProblemError',
      code: 'too_many_unfinished',
      retryAfter: expect.any(Number),
    });
  });

  it('let a new job in as soon as one has ended, by the record and not by a count', async () => {
    const ids: string[] = [];
    for (let count = 0; count < 3; count++) {
      ids.push(z.object({ job_id: z.string() }).parse(await (await later('cleo')).json()).job_id);
    }
    expect((await later('cleo')).status).toBe(429);
    const cancel = () => cloud.call(`/jobs/cancel/${ids[0]}`, { owner: 'cleo', method: 'POST' });
    expect((await cancel()).status).toBe(200);
    expect((await later('cleo')).status).toBe(202);
    expect(await problem(await cancel())).toMatchObject({ code: 'rate_limited' });
  });

  it('add up what jobs have cost, and refuse when the day’s budget is spent', async () => {
    const prefer = { owner: 'dora', headers: { prefer: 'wait=20' } };
    const first = await cloud.call('/jobs/story/generate', { ...prefer, body: story });
    expect(first.status).toBe(200);
    const { cost } = JobView.parse(await first.json());
    expect(cost).toMatchObject({ micro_usd: cost?.model?.micro_usd, model: { input_tokens: expect.any(Number) } });
    expect(cost?.micro_usd).toBeGreaterThan(1_000);
    const answered = async () => (await later('dora')).status;
    await expect.poll(answered, { timeout: 10_000 }).toBe(429); // spending is counted a moment after the end
    expect(await problem(await later('dora'))).toMatchObject({ code: 'daily_budget_spent' });
    expect((await cloud.call('/jobs/story/generate', { ...prefer, body: story })).status, 'it is kept').toBe(200);
  });
});
