import type { JobType } from '../../shared/catalog/job-types.ts';
import { accept } from '../../shared/domain/accept.ts';
import type { Job, JobStatus } from '../../shared/domain/job.ts';

/** The moment the builders' jobs were accepted. */
export const acceptedAt = Date.UTC(2026, 0, 1, 12);

let jobs = 0;

/** An id no other test uses, in the form of a ULID. */
export function newId(): string {
  jobs++;
  return `01JDHV7Q5W6T1PQ8Z3N4K${String(jobs).padStart(5, '0')}`;
}

const inputs: Readonly<Partial<Record<JobType, unknown>>> = {
  generate_story: {
    location: { latitude: 35.17, longitude: -103.72 },
    interests: [],
    context: {},
    preferences: {},
    include_voice: false,
  },
  synthesize_voice: { text: 'Tucumcari lies on Route 66.' },
  process_image: { upload_key: 'uploads/nLfYkU5K0pY6xUeQ3mXb1A/01JDHV7Q5W6T1PQ8Z3N4K5M6R7' },
  pregenerate_stories: { routes: [{ origin: 'Tucumcari', destination: 'Amarillo' }], themes: [], include_voice: false },
  probe: {},
};

/** A job just accepted: a story without voice unless told otherwise. */
export function acceptedJob(fields: Partial<Job> = {}): Job {
  const type = fields.type ?? 'generate_story';
  const job = accept(
    { id: fields.id ?? newId(), type, owner: 'traveller', input: { inline: inputs[type] ?? {} } },
    acceptedAt,
  );
  return { ...job, ...fields };
}

/** A story that will be narrated too. */
export function voicedStory(fields: Partial<Job> = {}): Job {
  return acceptedJob({ input: { inline: { ...story, include_voice: true } }, ...fields });
}

const story = {
  location: { latitude: 35.17, longitude: -103.72 },
  interests: [],
  context: {},
  preferences: {},
};

/** A voiced story whose text is written and whose narration waits. */
export function writtenStory(fields: Partial<Job> = {}): Job {
  return voicedStory({
    status: 'processing',
    step: 'narrate',
    queue: 'voice_synthesis',
    visit: 2,
    attempt: 1,
    progress: 50,
    seq: 3,
    result: { inline: { title: 'Tucumcari' } },
    wait_until: acceptedAt + 1_800_000,
    ...fields,
  });
}

/** A job that an attempt holds until a minute and a half after it was accepted. */
export function heldJob(fields: Partial<Job> = {}): Job {
  return acceptedJob({
    status: 'processing',
    attempt: 1,
    seq: 2,
    processing_at: acceptedAt,
    lease_until: acceptedAt + 90_000,
    due_at: acceptedAt + 100_000,
    ...fields,
  });
}

/** A job that failed once and waits for its next attempt, ten seconds after it was accepted. */
export function retryingJob(fields: Partial<Job> = {}): Job {
  return acceptedJob({
    status: 'retrying',
    visit: 2,
    attempt: 1,
    failures: 1,
    seq: 3,
    not_before: acceptedAt + 10_000,
    due_at: acceptedAt + 70_000,
    error: { code: 'timed_out', message: 'The work took longer than it may.' },
    ...fields,
  });
}

/** A job that ended so. */
export function endedJob(status: JobStatus, fields: Partial<Job> = {}): Job {
  const { due_at: _, ...job } = acceptedJob({
    status,
    ended_at: acceptedAt + 5_000,
    ttl: acceptedAt / 1_000,
    ...fields,
  });
  return job;
}
