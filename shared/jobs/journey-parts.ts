import { clockToleranceMilliseconds } from '../catalog/highlights.ts';
import type { InputOf, JobType } from '../catalog/job-types.ts';
import type { Job } from '../domain/job.ts';
import type { JobStore } from '../domain/ports.ts';

export type NamedParts = Pick<InputOf<'generate_highlights'>, 'stories' | 'photos'>;

/** A story of the journey, and when the travellers heard it, milliseconds since the epoch. */
export interface StoryPart {
  readonly job: Job;
  readonly toldAt: number;
}

/** What is wrong with one field of the request: its path and what it must be. */
export interface Objection {
  readonly path: string;
  readonly message: string;
}

export interface JourneyParts {
  readonly stories: readonly StoryPart[];
  readonly photos: readonly Job[];
  readonly objections: readonly Objection[];
}

/**
 * The jobs that a journey names, as far as they are the owner's. A job of somebody else is objected to in the same words as one that does not
 * exist or is of another type. `now` is in milliseconds since the epoch. Rejects only when the store does.
 */
export async function journeyParts(
  named: NamedParts,
  owner: string,
  store: Pick<JobStore, 'findAll'>,
  now: number,
): Promise<JourneyParts> {
  const ids = [...named.stories, ...named.photos].map(({ job_id }) => job_id);
  const { jobs, unreadable } = await store.findAll([...new Set(ids)], 'strong');
  const damaged = unreadable.find((record) => record.owner === owner);
  if (damaged) throw damaged; // it may be all right by another release, so it is not refused as no job of the owner's
  const own = new Map(jobs.filter((job) => job.owner === owner).map((job) => [job.id, job]));
  const stories = named.stories.map((story) => storyPart(story, own, now));
  const photos = named.photos.map(({ job_id }) => jobOf(own, job_id, 'process_image'));
  return {
    stories: stories.filter((part) => typeof part !== 'string'),
    photos: photos.filter((job) => job !== undefined),
    objections: [
      ...stories.flatMap((part, index) => (typeof part === 'string' ? [objectionToStory(part, index)] : [])),
      ...photos.flatMap((job, index) =>
        job ? [] : [{ path: `photos[${index}].job_id`, message: 'is not one of your photos' }],
      ),
      ...repeated('stories', named.stories),
      ...repeated('photos', named.photos),
    ],
  };
}

type StoryObjection = keyof typeof storyObjections;

const storyObjections = {
  not_yours: { field: 'job_id', message: 'is not one of your stories' },
  time_missing: { field: 'told_at', message: 'is required: the story was written ahead of the journey, by a batch' },
  too_early: { field: 'told_at', message: 'is before the story was asked for' },
  in_future: { field: 'told_at', message: 'must not be in the future' },
} as const;

function objectionToStory(objection: StoryObjection, index: number): Objection {
  const { field, message } = storyObjections[objection];
  return { path: `stories[${index}].${field}`, message };
}

function storyPart(
  { job_id, told_at }: NamedParts['stories'][number],
  own: ReadonlyMap<string, Job>,
  now: number,
): StoryPart | StoryObjection {
  const job = jobOf(own, job_id, 'generate_story');
  if (!job) return 'not_yours';
  if (told_at === undefined) {
    return job.parent ? 'time_missing' : { job, toldAt: job.processing_at ?? job.accepted_at };
  }
  const toldAt = Date.parse(told_at);
  if (toldAt < job.accepted_at - clockToleranceMilliseconds) return 'too_early';
  return toldAt > now + clockToleranceMilliseconds ? 'in_future' : { job, toldAt };
}

function jobOf(own: ReadonlyMap<string, Job>, id: string, type: JobType): Job | undefined {
  const job = own.get(id);
  return job?.type === type ? job : undefined;
}

function repeated(field: keyof NamedParts, parts: readonly { readonly job_id: string }[]): readonly Objection[] {
  const ids = parts.map(({ job_id }) => job_id);
  return ids.flatMap((id, index) =>
    ids.indexOf(id) < index ? [{ path: `${field}[${index}].job_id`, message: 'is named twice' }] : [],
  );
}
