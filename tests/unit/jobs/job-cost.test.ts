import { beforeEach, describe, expect, it } from 'vitest';
import { speechPrices } from '../../../shared/catalog/prices.ts';
import { BatchView } from '../../../shared/catalog/schemas/batch-view.ts';
import type { JobCost } from '../../../shared/catalog/schemas/cost.ts';
import { JobView } from '../../../shared/catalog/schemas/job.ts';
import { addCosts, mediaCost, modelCost, routeCost, speechCost } from '../../../shared/domain/cost.ts';
import { PermanentError, TransientError } from '../../../shared/domain/errors.ts';
import { viewBatch } from '../../../shared/jobs/batch-view.ts';
import { cancelJob } from '../../../shared/jobs/cancel-job.ts';
import { viewJob } from '../../../shared/jobs/job-view.ts';
import { redriveJob } from '../../../shared/jobs/redrive-job.ts';
import { acceptedJob, endedJob, voicedStory, writtenStory } from '../../support/job-builder.ts';
import { JobWorld } from '../../support/job-world.ts';

let world: JobWorld;
beforeEach(() => {
  world = new JobWorld();
});

const story = modelCost({ inputTokens: 1_000, outputTokens: 200, costMicroUsd: 2_000 });
const result = { made: true };
const costOf = (id: string) => world.store.head(id).cost;
const spent = () => world.spending.spent('traveller');

describe('what a job costs', () => {
  it('is on its record with its parts, and shown, when it is complete', async () => {
    const job = world.store.place(voicedStory());
    world.perform = async ({ spend }, step) => {
      spend(step === 'write' ? story : speechCost(1_800, 'neural'));
      if (step === 'narrate') spend(mediaCost(2));
      return { result };
    };
    await world.deliverTo(job);
    await world.deliverAll();
    const cost = {
      micro_usd: 2_000 + 28_800 + 10,
      model: { micro_usd: 2_000, input_tokens: 1_000, output_tokens: 200 },
      speech: { micro_usd: 28_800, characters: 1_800 },
      media: { micro_usd: 10, objects: 2 },
    };
    expect(costOf(job.id)).toEqual(cost);
    const view = await viewJob(world.store.head(job.id), { ...world, media: { link: (key) => key } });
    expect(JobView.shape.cost.parse(view.cost)).toEqual(cost);
  });

  it('includes what failed attempts spent, whether or not the job fails in the end', async () => {
    const job = world.store.place(acceptedJob());
    world.perform = async ({ spend }) => {
      spend(story);
      throw new TransientError('truncated_answer', 'cut off');
    };
    await world.deliverTo(job);
    expect(costOf(job.id)?.micro_usd).toBe(2_000);
    world.time += 60_000;
    world.perform = async ({ spend }) => {
      spend(story);
      throw new PermanentError('content_filtered', 'declined');
    };
    await world.deliverTo(job);
    expect(world.store.head(job.id)).toMatchObject({
      status: 'failed',
      cost: { micro_usd: 4_000, model: { input_tokens: 2_000, output_tokens: 400 } },
    });
    expect(spent()).toBe(4_000);
  });

  it('counts what the model was paid at once, whatever the type of the job and the end of the attempt', async () => {
    const job = world.store.place(acceptedJob({ type: 'generate_highlights', step: 'tell' }));
    world.perform = async ({ spend }) => {
      spend(story);
      throw new TransientError('truncated_answer', 'cut off');
    };
    await world.deliverTo(job);
    expect(world.telemetry.counted('model_cost')).toBe(2_000);
  });

  it('is nothing, and no field, when nothing was spent', async () => {
    const job = world.store.place(acceptedJob());
    await world.deliverTo(job);
    expect(world.store.head(job.id)).not.toHaveProperty('cost');
    expect(spent()).toBe(0);
  });

  it('takes no write more on the record than the end itself', async () => {
    const job = world.store.place(acceptedJob());
    world.perform = async ({ spend }) => {
      spend(story);
      return { result };
    };
    await world.deliverTo(job);
    expect(world.store.written).toEqual(['claim', 'complete']);
  });

  it('of a batch is that of all its stories', async () => {
    const children = [
      world.store.place(endedJob('completed', { cost: story })),
      world.store.place(endedJob('failed', { cost: story })),
      world.store.place(acceptedJob()),
    ];
    const stories = children.map(({ id }) => ({ job_id: id, route: 0, way_point: 0, place: 'Salinas' }));
    const batch = acceptedJob({ type: 'pregenerate_stories', result: { inline: { routes: [], stories } } });
    expect(BatchView.shape.cost.parse((await viewBatch(batch, world.store)).cost)).toMatchObject({ micro_usd: 4_000 });
  });
});

describe('what an owner has spent', () => {
  it('is counted when the job ends, however it ends', async () => {
    const job = world.store.place(writtenStory({ cost: story }));
    await cancelJob(job, world);
    expect(spent()).toBe(2_000);
  });

  it('is counted once of a job that failed and was redriven', async () => {
    const job = world.store.place(acceptedJob());
    world.perform = async ({ spend }) => {
      spend(story);
      throw new PermanentError('content_filtered', 'declined');
    };
    await world.deliverTo(job);
    await redriveJob(world.store.head(job.id), world);
    world.perform = async ({ spend }) => {
      spend(mediaCost(1));
      return { result };
    };
    await world.deliverAll();
    expect(world.store.head(job.id)).toMatchObject({ status: 'completed', cost: { micro_usd: 2_005 } });
    expect(spent()).toBe(2_005);
  });

  it('includes what an attempt spent whose job somebody else had taken over', async () => {
    const job = world.store.place(acceptedJob());
    world.perform = async ({ spend, progress }) => {
      spend(story);
      world.store.place({ ...world.store.head(job.id), visit: 9 });
      await progress(0.5, 'Writing');
      return { result };
    };
    await world.deliverTo(job);
    expect([costOf(job.id), spent()]).toEqual([undefined, 2_000]);
  });

  it('that cannot be counted is no reason to do anything again', async () => {
    const job = world.store.place(acceptedJob());
    world.perform = async ({ spend }) => {
      spend(story);
      return { result };
    };
    world.spending.fault = () => {
      throw new Error('The store is down');
    };
    await world.deliverTo(job);
    expect(world.store.head(job.id)).toMatchObject({ status: 'completed', cost: { micro_usd: 2_000 } });
    expect(world.telemetry.warnings.map(({ event }) => event)).toEqual(['spending_not_counted']);
  });
});

describe('costs', () => {
  it('add up part by part, and nothing added is nothing', () => {
    const all = [speechCost(100, 'neural'), routeCost(500), mediaCost(1), speechCost(50, 'standard'), routeCost(500)];
    expect(all.reduce<JobCost | undefined>(addCosts, story)).toEqual({
      micro_usd: 2_000 + 1_600 + 200 + 1_000 + 5,
      model: story.model,
      speech: { micro_usd: 1_800, characters: 150 },
      media: { micro_usd: 5, objects: 1 },
      routes: { micro_usd: 1_000, found: 2 },
    });
    expect(addCosts(undefined, undefined)).toBeUndefined();
    expect(addCosts(undefined, story)).toBe(story);
  });

  it('of speech are known for every engine that a voice may have', () => {
    for (const price of Object.values(speechPrices)) expect(price).toBeGreaterThan(0);
  });
});
