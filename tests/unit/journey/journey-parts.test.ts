import { beforeEach, describe, expect, it } from 'vitest';
import type { Job } from '../../../shared/domain/job.ts';
import { journeyParts } from '../../../shared/jobs/journey-parts.ts';
import { acceptedAt, newId } from '../../support/job-builder.ts';
import { photoJob, storyJob, townsOfJourney } from '../../support/journey-scene.ts';
import { MemoryJobStore } from '../../support/memory-job-store.ts';

const { tucumcari } = townsOfJourney;
const now = acceptedAt + 3_600_000;

let store: MemoryJobStore;
beforeEach(() => {
  store = new MemoryJobStore();
});

async function kept(...jobs: readonly Job[]): Promise<void> {
  for (const job of jobs) await store.accept(job);
}

async function objectionsTo(
  stories: readonly { readonly job_id: string; readonly told_at?: string }[],
  photos: readonly { readonly job_id: string }[] = [],
) {
  const named = { stories: [...stories], photos: [...photos] };
  return (await journeyParts(named, 'traveller', store, now)).objections;
}

describe('the parts of a journey', () => {
  it('are the owner’s stories, at the time they were asked for unless told otherwise, and photos', async () => {
    const [here, later] = [storyJob(tucumcari, 0), storyJob(tucumcari, 0)];
    const photo = photoJob();
    await kept(here, later, photo);
    const named = {
      stories: [{ job_id: here.id }, { job_id: later.id, told_at: new Date(now).toISOString() }],
      photos: [{ job_id: photo.id }],
    };
    const { stories, photos, objections } = await journeyParts(named, 'traveller', store, now);
    expect(stories.map(({ job, toldAt }) => [job.id, toldAt])).toEqual([
      [here.id, acceptedAt],
      [later.id, now],
    ]);
    expect([photos.map(({ id }) => id), objections]).toEqual([[photo.id], []]);
  });

  it('of somebody else are objected to exactly as those that do not exist or are of another type', async () => {
    const foreign = storyJob(tucumcari, 0, { owner: 'ben' });
    const foreignPhoto = photoJob({}, { owner: 'ben' });
    const own = { story: storyJob(tucumcari), photo: photoJob() };
    await kept(foreign, foreignPhoto, own.story, own.photo);
    const stories = [foreign.id, newId(), own.photo.id].map((job_id) => ({ job_id }));
    const photos = [foreignPhoto.id, newId(), own.story.id].map((job_id) => ({ job_id }));
    expect(await objectionsTo(stories, photos)).toEqual([
      ...[0, 1, 2].map((index) => ({ path: `stories[${index}].job_id`, message: 'is not one of your stories' })),
      ...[0, 1, 2].map((index) => ({ path: `photos[${index}].job_id`, message: 'is not one of your photos' })),
    ]);
  });

  it('of a batch need the time at which they were heard', async () => {
    const child = storyJob(tucumcari, 0, { parent: { id: newId(), index: 0 } });
    await kept(child);
    expect(await objectionsTo([{ job_id: child.id }])).toMatchObject([{ path: 'stories[0].told_at' }]);
    expect(await objectionsTo([{ job_id: child.id, told_at: new Date(now).toISOString() }])).toEqual([]);
  });

  it.each([
    ['before it was asked for', acceptedAt - 3_600_000, 'is before the story was asked for'],
    ['in the future', now + 3_600_000, 'must not be in the future'],
  ])('were not heard %s', async (_, at, message) => {
    const story = storyJob(tucumcari);
    await kept(story);
    const objections = await objectionsTo([{ job_id: story.id, told_at: new Date(at).toISOString() }]);
    expect(objections).toEqual([{ path: 'stories[0].told_at', message }]);
  });

  it('are named once', async () => {
    const story = storyJob(tucumcari);
    await kept(story);
    expect(await objectionsTo([{ job_id: story.id }, { job_id: story.id }])).toEqual([
      { path: 'stories[1].job_id', message: 'is named twice' },
    ]);
  });
});
