import './silent-log.ts';

import * as z from 'zod';
import { submitBatch } from '../../functions/submit-job/submit-batch.ts';
import { submitCancellation, submitReservation } from '../../functions/submit-job/submit-booking.ts';
import { submitHighlights } from '../../functions/submit-job/submit-highlights.ts';
import { submitImage } from '../../functions/submit-job/submit-image.ts';
import { submitStory } from '../../functions/submit-job/submit-story.ts';
import { headItem } from '../../shared/adapters/dynamodb/job-item.ts';
import type { OwnerLimitSettings } from '../../shared/catalog/owner-limits.ts';
import { basePath } from '../../shared/catalog/routes.ts';
import type { MediaProperties } from '../../shared/domain/ports.ts';
import { httpHandler } from '../../shared/runtime/http-handler.ts';
import { acceptJob } from '../../shared/runtime/submit-route.ts';
import { httpEvent, lambdaContext, type TestRequest } from './http-event.ts';
import { JobWorld } from './job-world.ts';
import { MemoryStoryCache } from './memory-story-cache.ts';

const Answer = z.object({
  statusCode: z.number(),
  headers: z.record(z.string(), z.string()),
  body: z
    .string()
    .default('null')
    .transform((text): unknown => JSON.parse(text)),
});

export type TestAnswer = z.infer<typeof Answer>;

/** The routes of the function that accepts jobs, over ports in memory; a record that DynamoDB would not take is refused here too. `grant` limits owners. */
export function submitApi(world = new JobWorld(), grant?: OwnerLimitSettings) {
  world.store.observe = (_, after) => void headItem(after);
  const cache = new MemoryStoryCache();
  const limits = world.spending;
  /** Speech that is there, by key; a test may make the look for it fail. */
  const speech = { kept: new Map<string, MediaProperties>(), find: async (key: string) => speech.kept.get(key) };
  /** What happens while a held request passes the time; the clock has moved on already. */
  const holding = { pauses: [] as number[], meanwhile: async () => {} };
  const ports = {
    store: world.store,
    queues: world.queues,
    spending: world.spending,
    telemetry: world.telemetry,
    random: world.random,
    now: world.now,
    ...(grant && { limiting: { limits, grant } }),
    media: { link: (key: string) => `https://media.example/${key}` },
    pause: async (milliseconds: number) => {
      holding.pauses.push(milliseconds);
      world.time += milliseconds;
      await holding.meanwhile();
    },
  };
  const handler = httpHandler({
    generate_story: (request) => submitStory(request, { ...ports, cache, speech, model }),
    synthesize_voice: (request) =>
      acceptJob(
        request,
        { options: request.body, plan: () => ({ type: 'synthesize_voice', input: request.body }) },
        ports,
      ),
    send_notification: (request) =>
      acceptJob(
        request,
        { options: request.body, plan: () => ({ type: 'send_notification', input: request.body }) },
        ports,
      ),
    process_image: (request) => submitImage(request, ports),
    process_reservation: (request) => submitReservation(request, ports),
    cancel_reservation: (request) => submitCancellation(request, ports),
    generate_highlights: (request) => submitHighlights(request, ports),
    pregenerate_stories: (request) => submitBatch(request, ports),
    probe_queue: (request) =>
      acceptJob(
        request,
        { options: {}, plan: () => ({ type: 'probe', input: {}, queue: request.params.queue }) },
        world,
      ),
  });
  const send = async (request: TestRequest, remaining?: number) =>
    Answer.parse(await handler(httpEvent(request), lambdaContext(remaining)));
  return {
    world,
    cache,
    limits,
    speech,
    holding,
    send,
    /** Posts to another submit route; `path` is that of its row in the routes table. */
    postTo: (path: string, body: unknown, more: Partial<TestRequest> = {}, remaining?: number) =>
      send({ routeKey: `POST ${basePath}${path}`, body, ...more }, remaining),
    post: (body: unknown, more: Partial<TestRequest> = {}, remaining?: number) =>
      send({ routeKey: storyRoute, body, ...more }, remaining),
  };
}

/** The model of the stage. */
export const model = { modelId: 'a-model' };

export const storyRoute = 'POST /api/v1/jobs/story/generate';
