import './silent-log.ts';

import * as z from 'zod';
import { headItem } from '../../shared/adapters/dynamodb/job-item.ts';
import { httpHandler } from '../../shared/runtime/http-handler.ts';
import { acceptJob } from '../../shared/runtime/submit-route.ts';
import { httpEvent, lambdaContext, type TestRequest } from './http-event.ts';
import { JobWorld } from './job-world.ts';

const Answer = z.object({
  statusCode: z.number(),
  headers: z.record(z.string(), z.string()),
  body: z
    .string()
    .default('null')
    .transform((text): unknown => JSON.parse(text)),
});

export type TestAnswer = z.infer<typeof Answer>;

/** The routes of the function that accepts jobs, over ports in memory; a record that DynamoDB would not take is refused here too. */
export function submitApi(world = new JobWorld()) {
  world.store.observe = (_, after) => void headItem(after);
  const handler = httpHandler({
    generate_story: (request) =>
      acceptJob(request, { type: 'generate_story', input: request.body, options: request.body }, world),
    synthesize_voice: (request) =>
      acceptJob(request, { type: 'synthesize_voice', input: request.body, options: request.body }, world),
    probe_queue: (request) =>
      acceptJob(request, { type: 'probe', input: {}, options: {}, queue: request.params.queue }, world),
  });
  return {
    world,
    send: async (request: TestRequest) => Answer.parse(await handler(httpEvent(request), lambdaContext())),
    post: async (body: unknown, more: Partial<TestRequest> = {}) =>
      Answer.parse(await handler(httpEvent({ routeKey: storyRoute, body, ...more }), lambdaContext())),
  };
}

export const storyRoute = 'POST /api/v1/jobs/story/generate';
