import type * as z from 'zod';
import { JobEvents } from '../../shared/catalog/schemas/job-lists.ts';
import { hasEnded, type JobDocument, jobWhen, submit } from './api-client.ts';
import type { FaultyCloud } from './faulty-cloud.ts';
import type { CallOptions, TestCloud } from './local-cloud.ts';

let places = 0;

/** A place that no other story of the test file is about; its name is in everything that the model is asked. */
export function newPlace() {
  places += 1;
  const name = `Camp ${String(places).padStart(4, '0')}`;
  return { latitude: 31 + (places % 150) / 10, longitude: -118 + (places % 370) / 10, name };
}

/** A story about a new place, short. */
export async function submitStory(cloud: TestCloud, fields: object = {}, options: CallOptions = {}) {
  const location = newPlace();
  const body = { location, preferences: { length: 'short' }, ...fields };
  const { job_id } = await submit(cloud, '/jobs/story/generate', body, options);
  return { id: job_id, place: location.name };
}

export function untilEnded(cloud: TestCloud, id: string, owner?: string): Promise<JobDocument> {
  return jobWhen(cloud, id, hasEnded, owner);
}

/** Takes every attempt there is for dead, then has the reconciler look again and again until the job has ended. */
export async function recovered(cloud: FaultyCloud, id: string, owner?: string): Promise<JobDocument> {
  const restartedAt = Date.now();
  for (;;) {
    await cloud.recover(restartedAt);
    const lookAgainAt = Date.now() + 1_000;
    const job = await jobWhen(cloud, id, (each) => hasEnded(each) || Date.now() > lookAgainAt, owner);
    if (hasEnded(job)) return job;
  }
}

/** Everything that happened to the job, as its owner reads it. */
export async function eventsOf(cloud: TestCloud, id: string, owner?: string) {
  const response = await cloud.call(`/jobs/events/${id}`, owner === undefined ? {} : { owner });
  return JobEvents.parse(await response.json()).events;
}

/** The ends of the job: one, unless something is very wrong. */
export async function endsOf(cloud: TestCloud, id: string, owner?: string): Promise<string[]> {
  const ends: readonly z.infer<typeof JobEvents>['events'][number]['status'][] = [
    'completed',
    'failed',
    'cancelled',
    'expired',
  ];
  const events = await eventsOf(cloud, id, owner);
  return events.map(({ status }) => status).filter((status) => ends.includes(status));
}

/** Points in the life of a worker, as they are seen on the wire. */
export const workerPoints = {
  'before its claim': { service: 'dynamodb', operation: 'UpdateItem', about: /"holder"/, side: 'before' },
  'after its claim': { service: 'dynamodb', operation: 'UpdateItem', about: /"holder"/, side: 'after' },
  'before the model is asked': { service: 'bedrock', side: 'before' },
  'after the model has answered': { service: 'bedrock', side: 'after' },
  'before its last write': { service: 'dynamodb', operation: 'UpdateItem', about: /"S":"completed"/, side: 'before' },
  'after its last write': { service: 'dynamodb', operation: 'UpdateItem', about: /"S":"completed"/, side: 'after' },
} as const;

/** The function that writes stories. */
export const storyWriter = 'process-ai-generation';
