import type * as z from 'zod';
import type { InputOf } from '../../../shared/catalog/job-types.ts';
import type { StoredHighlights } from '../../../shared/catalog/schemas/highlights.ts';
import { StoredImage } from '../../../shared/catalog/schemas/image.ts';
import { GenerateStoryInput, StoredStory } from '../../../shared/catalog/schemas/story.ts';
import { AwaitingError, PermanentError } from '../../../shared/domain/errors.ts';
import { isFinal, type Job } from '../../../shared/domain/job.ts';
import { mapBounded } from '../../../shared/domain/map-bounded.ts';
import { journeyParts, type StoryPart } from '../../../shared/jobs/journey-parts.ts';
import type { StepContext } from '../../../shared/jobs/processor.ts';
import type { ProcessorServices } from '../services.ts';

/** What the stories and photos of a journey have made. */
export interface GatheredJourney {
  readonly stories: readonly GatheredStory[];
  readonly photos: readonly GatheredPhoto[];
  readonly leftOut: readonly LeftOut[];
}

export interface GatheredStory {
  readonly jobId: string;
  /** When the travellers heard it, milliseconds since the epoch. */
  readonly toldAt: number;
  readonly location: z.infer<typeof GenerateStoryInput>['location'];
  readonly story: StoredStory;
}

export interface GatheredPhoto {
  readonly jobId: string;
  readonly image: StoredImage;
}

type LeftOut = StoredHighlights['left_out'][number];
type Services = Pick<ProcessorServices, 'jobs' | 'now'>;

/** Records that are read at a time. */
const READS_AT_ONCE = 8;

/**
 * Reads what the named jobs have made. Whose they are is checked again although the submit was: a job may also come from elsewhere than the API.
 * Waits, by an AwaitingError, for those that have nothing yet, unless it is the last chance; those that never will are left out.
 */
export async function gatherJourney(
  { input, owner, signal, lastChance }: StepContext<InputOf<'generate_highlights'>, unknown>,
  services: Services,
): Promise<GatheredJourney> {
  const store = services.jobs();
  const parts = await journeyParts(input, owner, store, services.now());
  const [wrong] = parts.objections;
  if (wrong) throw new PermanentError('journey_part_missing', `${wrong.path} ${wrong.message}`);
  const jobs = [...parts.stories.map(({ job }) => job), ...parts.photos];
  if (!lastChance && jobs.some(isOpen)) {
    throw new AwaitingError('Some stories or photos are not finished', 'awaiting_journey');
  }
  const stories = parts.stories.filter(({ job }) => isMade(job));
  if (stories.length === 0) throw new PermanentError('journey_empty', 'No story of the journey was written');
  return {
    stories: await mapBounded(stories, READS_AT_ONCE, signal, (part) => readStory(part, store)),
    photos: await mapBounded(parts.photos.filter(isMade), READS_AT_ONCE, signal, (job) => readPhoto(job, store)),
    leftOut: jobs.filter((job) => !isMade(job)).map(leftOut),
  };
}

/** A story whose text is written is made, also while its voice is not. */
function isMade({ status, result }: Job): boolean {
  return result !== undefined && (status === 'completed' || !isFinal(status));
}

function isOpen(job: Job): boolean {
  return !isMade(job) && !isFinal(job.status);
}

function leftOut({ id: job_id, status }: Job): LeftOut {
  switch (status) {
    case 'failed':
    case 'cancelled':
    case 'expired':
      return { job_id, reason: status };
    default:
      return { job_id, reason: 'not_finished' };
  }
}

async function readStory({ job, toldAt }: StoryPart, store: ReturnType<Services['jobs']>): Promise<GatheredStory> {
  const { location } = GenerateStoryInput.parse(await store.read(job.id, job.input));
  return { jobId: job.id, toldAt, location, story: StoredStory.parse(await resultOf(job, store)) };
}

async function readPhoto(job: Job, store: ReturnType<Services['jobs']>): Promise<GatheredPhoto> {
  return { jobId: job.id, image: StoredImage.parse(await resultOf(job, store)) };
}

async function resultOf({ id, result }: Job, store: ReturnType<Services['jobs']>): Promise<unknown> {
  return result && store.read(id, result);
}
