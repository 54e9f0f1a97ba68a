import { beforeEach, describe, expect, it } from 'vitest';
import { JobView } from '../../../shared/catalog/schemas/job.ts';
import type { Job } from '../../../shared/domain/job.ts';
import type { MediaLinks } from '../../../shared/domain/ports.ts';
import { retryAfterSeconds, viewJob } from '../../../shared/jobs/job-view.ts';
import { acceptedAt, acceptedJob, endedJob, heldJob, retryingJob, writtenStory } from '../../support/job-builder.ts';
import { JobWorld } from '../../support/job-world.ts';

let world: JobWorld;
let links = 0;
beforeEach(() => {
  world = new JobWorld();
});

const media: MediaLinks = { link: (key) => `https://media.example/${key}?signature=${++links}` };

const view = (job: Job) => viewJob(job, { store: world.store, media, now: world.now });
const now = acceptedAt + 30_000;

const narration = {
  audio_key: 'speech/a.mp3',
  audio_words_key: 'speech/a.json',
  audio_duration: 12.5,
  characters_billed: 40,
  voice_personality: 'ranger',
};

describe('what the owner sees of a job', () => {
  it('fits the catalog’s schema in every state', async () => {
    const waiting = [acceptedJob(), acceptedJob({ status: 'scheduled', not_before: now }), retryingJob(), heldJob()];
    const ended = (['completed', 'failed', 'cancelled', 'expired'] as const).map((status) => endedJob(status));
    for (const job of [...waiting, ...ended]) expect(JobView.parse(await view(job))).toEqual(await view(job));
  });

  it('has a fresh link in place of each object key, signed at each reading', async () => {
    const job = endedJob('completed', { type: 'synthesize_voice', step: 'narrate', result: { inline: narration } });
    const [first, second] = [await view(job), await view(job)];
    expect(Object.keys(first.result ?? {})).toEqual([
      'audio_url',
      'audio_words_url',
      'audio_duration',
      'characters_billed',
      'voice_personality',
    ]);
    expect(JSON.stringify(first)).not.toContain('_key');
    expect(first.result).not.toEqual(second.result);
  });

  it('has a link to retry it only if a retry can be accepted', async () => {
    const retryLink = async (job: Job) => (await view(job)).links.retry;
    expect(await retryLink(endedJob('failed'))).toContain('/jobs/retry/');
    const closed = endedJob('failed', {
      intended_end: { status: 'failed', error: { code: 'cancelled', message: 'No.' } },
    });
    expect(await retryLink(closed), 'its stories have ended with it').toBeUndefined();
    expect(await retryLink(endedJob('failed', { parent: { id: 'batch', index: 0 } }))).toBeUndefined();
    expect(await retryLink(endedJob('expired'))).toBeUndefined();
  });

  it('includes a result that is kept beside the head', async () => {
    const result = await world.store.keep({ id: 'x', visit: 1, attempt: 1 }, 'result', { content: 'x'.repeat(9_000) });
    const shown = await view(endedJob('completed', { id: 'x', result }));
    expect(shown.result).toEqual({ content: 'x'.repeat(9_000) });
  });

  it.each<[string, Job]>([
    ['Waiting to start', acceptedJob()],
    ['Waiting for its time', acceptedJob({ status: 'scheduled' })],
    ['Waiting to try again', retryingJob()],
    ['Writing', heldJob()],
    ['Looking around', heldJob({ message: 'Looking around' })],
    ['Narrating', writtenStory()],
    ['Completed', endedJob('completed')],
    ['It is over.', endedJob('failed', { error: { code: 'timed_out', message: 'It is over.' } })],
  ])('says "%s"', async (message, job) => {
    expect((await view(job)).message).toBe(message);
  });

  it('tells when a waiting job starts at the latest, and nothing of the kind once it runs or has ended', async () => {
    expect((await view(acceptedJob())).starts_by).toBe(new Date(acceptedAt + 3_600_000).toISOString());
    expect((await view(writtenStory())).starts_by).toBeDefined();
    expect((await view(heldJob())).starts_by).toBeUndefined();
    expect((await view(endedJob('failed'))).starts_by).toBeUndefined();
  });

  it('tells when the next attempt is, and how long the job took', async () => {
    expect((await view(retryingJob())).next_attempt_at).toBe(new Date(acceptedAt + 10_000).toISOString());
    expect((await view(endedJob('completed'))).duration).toBe(5);
    world.time = now;
    expect((await view(acceptedJob())).duration).toBe(30);
  });

  it('names neither owner, nor lease, nor input', async () => {
    const shown = JSON.stringify(await view(heldJob({ owner: 'secret-owner' })));
    for (const word of ['secret-owner', 'lease', 'latitude', 'rv']) expect(shown).not.toContain(`"${word}`);
    expect(shown).not.toContain('secret-owner');
  });
});

describe('how soon a client should look again', () => {
  it.each<[string, Job, number]>([
    ['soon while the job runs', heldJob(), 1],
    ['a little later while it waits', acceptedJob(), 2],
    ['when the wait is over', retryingJob({ not_before: acceptedAt + 9_001 }), 10],
    ['within a minute, however long the wait', acceptedJob({ not_before: acceptedAt + 7_200_000 }), 60],
  ])('%s', (_, job, seconds) => {
    expect(retryAfterSeconds(job, acceptedAt)).toBe(seconds);
  });
});
