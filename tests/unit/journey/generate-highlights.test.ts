import { describe, expect, it } from 'vitest';
import { generateHighlights } from '../../../functions/process-job/processors/generate-highlights.ts';
import { StoredHighlights } from '../../../shared/catalog/schemas/highlights.ts';
import { PermanentError, ThrottledError } from '../../../shared/domain/errors.ts';
import type { Job } from '../../../shared/domain/job.ts';
import type { JourneyTeller } from '../../../shared/domain/narration.ts';
import type { Fact } from '../../../shared/domain/story.ts';
import { creditsFor } from '../../../shared/narrator/sources.ts';
import { builtGazetteer } from '../../support/gazetteer.ts';
import { acceptedAt } from '../../support/job-builder.ts';
import { photoJob, storyJob, takenIn, townsOfJourney } from '../../support/journey-scene.ts';
import { MemoryJobStore } from '../../support/memory-job-store.ts';
import { noActs } from '../../support/no-acts.ts';

const gazetteer = await builtGazetteer();
const { tucumcari, amarillo, santaRosa } = townsOfJourney;
const usage = { inputTokens: 900, outputTokens: 160, costMicroUsd: 1_700 };

const tells: JourneyTeller['tell'] = async (_, facts, _signal, onUsage) => {
  onUsage?.(usage);
  const content = 'It was a good way.';
  const sentences = [{ text: content, facts: ['journey-way'] }];
  return { story: { title: 'T', content, sentences, facts, words: 5, credits: creditsFor(facts) }, model: 'm', usage };
};
const throttled: JourneyTeller['tell'] = () => Promise.reject(new ThrottledError('slow down'));

interface Run {
  readonly stories: readonly Job[];
  readonly photos?: readonly Job[];
  readonly owner?: string;
  readonly tell?: JourneyTeller['tell'];
  readonly lastChance?: boolean;
}

async function run({ stories, photos = [], owner = 'traveller', tell = tells, lastChance = false }: Run) {
  const store = new MemoryJobStore();
  for (const job of [...stories, ...photos]) await store.accept(job);
  const none = () => Promise.reject(new Error('nothing is spoken here'));
  const processor = generateHighlights({
    gazetteer: () => gazetteer,
    journeyTeller: () => ({ tell }),
    jobs: () => store,
    media: () => ({ save: none, find: none, read: none }),
    speaker: () => ({ speak: none }),
    now: () => acceptedAt + 100 * 3_600_000,
  });
  const done = await processor.run('tell', {
    ...noActs,
    jobId: 'job',
    owner,
    acceptedAt,
    attempt: 1,
    deadline: undefined,
    input: { stories: stories.map(({ id }) => ({ job_id: id })), photos: photos.map(({ id }) => ({ job_id: id })) },
    result: undefined,
    counts: undefined,
    signal: new AbortController().signal,
    progress: async () => {},
    lastChance,
  });
  return { ...done, result: StoredHighlights.parse(done.result) };
}

const tucumcariStory = storyJob(
  tucumcari,
  0,
  {},
  {
    sentences: [
      { text: 'It lies high.', facts: ['elevation'] },
      { text: 'A sign.', facts: ['landmark-blue-swallow-motel-1', 'sun'] },
    ],
    facts: [
      { id: 'elevation', text: 'Tucumcari lies about 1,250 meters above sea level.', source: 'GeoNames record 1' },
      {
        id: 'landmark-blue-swallow-motel-1',
        text: 'Blue Swallow Motel: It was built in 1939.',
        source: 'https://www.nps.gov/x',
      },
      { id: 'sun', text: 'The sun sets at 8:13 p.m.', source: 'SunCalc' },
      { id: 'population', text: 'Nobody was told how many people live there.', source: 'GeoNames record 1' },
    ],
    credits: ['A credit of the story'],
  },
);

describe('generate_highlights', () => {
  it('computes the figures of a journey from where and when its stories and photos were', async () => {
    const photo = photoJob(takenIn(amarillo, '2026-01-02T08:00:00', 'America/Chicago'));
    const { result } = await run({
      stories: [storyJob(amarillo, 25), tucumcariStory, storyJob(santaRosa, 48)],
      photos: [photo, photoJob()],
    });
    expect(result.stops.map(({ place }) => place?.name)).toEqual(['Tucumcari', 'Amarillo', 'Santa Rosa']);
    expect(result.stops[1]).toMatchObject({ local_date: '2026-01-02', photos: [photo.id] });
    const { statistics } = result;
    expect(statistics).toMatchObject({
      stories: 3,
      photos: 2,
      stops: 3,
      places: 3,
      days: 3,
      countries: ['United States'],
      regions: [{ name: 'New Mexico' }, { name: 'Texas' }],
      started_at: '2026-01-01T12:00:00.000Z',
      ended_at: '2026-01-03T12:00:00.000Z',
      longest_leg: { from_stop: 1, to_stop: 2 },
      farthest_point: { stop: 1, place: { name: 'Amarillo' } },
      largest_place: { name: 'Amarillo' },
    });
    expect(statistics.distance_km).toBeCloseTo(172.4 + 261.4, -1);
    expect(statistics.distance_km).toBeCloseTo(
      result.stops.reduce((sum, stop) => sum + stop.km_from_last_stop, 0),
      0,
    );
  });

  it('has the model tell from those figures and from what the stories stated, and nothing of the moment', async () => {
    let given: readonly Fact[] = [];
    const { result, degraded } = await run({
      stories: [tucumcariStory, storyJob(amarillo, 25)],
      tell: (brief, facts, ...rest) => {
        given = facts;
        expect(brief).toEqual({ length: 'medium', units: 'imperial', seed: 'job' });
        return tells(brief, facts, ...rest);
      },
    });
    const ids = given.map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining(['journey-way', 'journey-farthest', 'story-1-elevation']));
    expect(ids.filter((id) => /sun|population/.test(id))).toEqual([]);
    expect(result).toMatchObject({ content: 'It was a good way.', model: 'm', usage: { cost_micro_usd: 1_700 } });
    expect(result.credits).toEqual(
      expect.arrayContaining(['A credit of the story', expect.stringContaining('GeoNames')]),
    );
    expect(result.highlights[0]).toMatchObject({
      kind: 'story',
      job_id: tucumcariStory.id,
      text: 'Blue Swallow Motel: It was built in 1939.',
    });
    expect(degraded).toBeUndefined();
  });

  it('is told by the embedded narrator when the model is out of reach at the last chance', async () => {
    await expect(run({ stories: [tucumcariStory], tell: throttled })).rejects.toThrow(ThrottledError);
    const { result, degraded } = await run({ stories: [tucumcariStory], tell: throttled, lastChance: true });
    expect(degraded).toEqual(['model']);
    expect(result.model).toBe('narrator');
    expect(result.content).toContain('It was built in 1939.');
  });

  it('reads nothing for a job that names what is not its owner’s, whoever wrote it', async () => {
    const foreign = storyJob(tucumcari, 0, { owner: 'ben' });
    for (const stories of [[foreign], [tucumcariStory, foreign]]) {
      await expect(run({ stories })).rejects.toMatchObject({ code: 'journey_part_missing', retry: 'never' });
    }
    const foreignPhoto = photoJob({}, { owner: 'ben' });
    const refused = run({ stories: [tucumcariStory], photos: [foreignPhoto] });
    await expect(refused).rejects.toMatchObject({ code: 'journey_part_missing', retry: 'never' });
  });

  it('waits for what is not finished, and at the last chance goes without it and says so', async () => {
    const unfinished = photoJob({}, { status: 'processing', result: undefined });
    const given = { stories: [tucumcariStory], photos: [unfinished] };
    await expect(run(given)).rejects.toMatchObject({ code: 'awaiting_journey', retry: 'awaiting' });
    const { result } = await run({ ...given, lastChance: true });
    expect(result.left_out).toEqual([{ job_id: unfinished.id, reason: 'not_finished' }]);
    expect(result.statistics.photos).toBe(0);
  });

  it('leaves out what has failed, and takes a story whose voice is still being made', async () => {
    const failed = storyJob(amarillo, 3, { status: 'failed', result: undefined });
    const speaking = storyJob(santaRosa, 4, { status: 'processing', step: 'narrate' });
    const { result } = await run({ stories: [tucumcariStory, failed, speaking] });
    expect(result.left_out).toEqual([{ job_id: failed.id, reason: 'failed' }]);
    expect(result.statistics).toMatchObject({ stories: 2, stops: 2 });
  });

  it('fails when none of its stories was written', async () => {
    const failed = storyJob(amarillo, 3, { status: 'expired', result: undefined });
    await expect(run({ stories: [failed] })).rejects.toThrow(PermanentError);
  });

  it('does not believe the clock of a camera that is years away from the stories', async () => {
    const old = photoJob(takenIn(amarillo, '2001-01-01T00:00:00', 'America/Chicago'));
    const { result } = await run({ stories: [tucumcariStory], photos: [old] });
    expect(result.statistics).toMatchObject({ photos: 1, stops: 1, days: 1 });
  });

  it('looks back at a story told where there is no town for hundreds of kilometres', async () => {
    const atSea = storyJob({ latitude: -40, longitude: -120, name: 'Tucumcari' }, 0);
    const { result } = await run({ stories: [atSea], tell: throttled, lastChance: true });
    expect(result.stops).toMatchObject([{ latitude: -40 }]);
    expect(result.stops[0]?.place).toBeUndefined();
    expect(result.title).toBe('On the road');
  });
});
