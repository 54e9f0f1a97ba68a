import { beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { routes } from '../../../shared/catalog/routes.ts';
import {
  CancelReservationRequest,
  ProcessReservationRequest,
  StoredReservation,
} from '../../../shared/catalog/schemas/booking.ts';
import { ProblemDocument } from '../../../shared/catalog/schemas/job.ts';
import { GenerateStoryInput } from '../../../shared/catalog/schemas/story.ts';
import { storyKey, storyRequestOf } from '../../../shared/narrator/story-request.ts';
import { acceptedJob, endedJob } from '../../support/job-builder.ts';
import { aStoredStory } from '../../support/stored-story.ts';
import { model, submitApi, type TestAnswer } from '../../support/submit-api.ts';

let api: ReturnType<typeof submitApi>;
beforeEach(() => {
  api = submitApi();
});

const day = 86_400_000;
const key = { headers: { 'idempotency-key': 'k' } };
const story = { location: { latitude: 35.17, longitude: -103.72 } };
const idOf = ({ body }: TestAnswer) => z.object({ job_id: z.string() }).parse(body).job_id;

/** The owner of the requests, as records name it. */
async function owner(): Promise<string> {
  return api.world.store.head(idOf(await api.post(story))).owner;
}

async function isReplayed(path: string, body: unknown, first: TestAnswer): Promise<void> {
  const jobs = api.world.store.heads.size;
  const again = await api.postTo(path, body, key);
  expect(again).toMatchObject({ statusCode: 202, body: first.body, headers: { 'idempotent-replayed': 'true' } });
  expect(api.world.store.heads.size).toBe(jobs);
}

describe('a request that is repeated under its key is answered as before', () => {
  it('though the time of its booking has come', async () => {
    const { path } = routes.process_reservation;
    const example = ProcessReservationRequest.parse(ProcessReservationRequest.meta()?.examples?.[0]);
    const booking = { ...example, local_time: '2026-01-01T05:30' };
    const first = await api.postTo(path, booking, key);
    expect(first.statusCode).toBe(202);
    api.world.time += day / 2;
    await isReplayed(path, booking, first);
    expect((await api.postTo(path, booking, { headers: { 'idempotency-key': 'l' } })).statusCode).toBe(400);
  });

  it('though the booking that it gives back is no longer kept', async () => {
    const { path } = routes.cancel_reservation;
    const result = { inline: StoredReservation.meta()?.examples?.[0] };
    const booking = endedJob('completed', { type: 'process_reservation', owner: await owner(), result });
    api.world.store.place(booking);
    const body = CancelReservationRequest.parse({ job_id: booking.id });
    const first = await api.postTo(path, body, key);
    expect(first.statusCode).toBe(202);
    api.world.store.heads.delete(booking.id);
    await isReplayed(path, body, first);
    expect((await api.postTo(path, body, { headers: { 'idempotency-key': 'l' } })).statusCode).toBe(404);
  });

  it('though a story that it looks back at is no longer kept', async () => {
    const { path } = routes.generate_highlights;
    const told = acceptedJob({ owner: await owner() });
    api.world.store.place(told);
    const body = { stories: [{ job_id: told.id }] };
    const first = await api.postTo(path, body, key);
    expect(first.statusCode).toBe(202);
    api.world.store.heads.delete(told.id);
    await isReplayed(path, body, first);
  });

  it('though its story is kept by now, and counts as no story that was told again', async () => {
    const first = await api.post(story, key);
    const at = new Date(api.world.time);
    const kept = storyKey(storyRequestOf(GenerateStoryInput.parse(story)), at, model);
    await api.cache.keep(kept, aStoredStory(), api.world.time + day);
    await isReplayed(routes.generate_story.path, story, first);
    expect(api.world.telemetry.counted('stories_cached')).toBe(0);
  });
});

describe('a key that stands for another request', () => {
  it('is refused before anything else is looked into', async () => {
    const { path } = routes.cancel_reservation;
    const result = { inline: StoredReservation.meta()?.examples?.[0] };
    const booking = endedJob('completed', { type: 'process_reservation', owner: await owner(), result });
    api.world.store.place(booking);
    await api.postTo(path, { job_id: booking.id }, key);
    const other = await api.postTo(path, { job_id: '01JDHV7Q5W6T1PQ8Z3N4K5M6R7' }, key);
    expect([other.statusCode, ProblemDocument.parse(other.body).code]).toEqual([422, 'idempotency_key_reused']);
  });
});

describe('a repeated request', () => {
  it('with a large body leaves nothing behind in the store', async () => {
    const kept: string[] = [];
    api.world.store.fault = (operation, id) => void (operation === 'keep' && kept.push(id));
    const body = { text: 'Tucumcari lies on Route 66. '.repeat(200) };
    const first = await api.postTo(routes.synthesize_voice.path, body, key);
    await isReplayed(routes.synthesize_voice.path, body, first);
    expect(kept).toEqual([idOf(first)]);
  });
});
