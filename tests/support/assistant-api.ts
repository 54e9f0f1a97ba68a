import './silent-log.ts';

import * as z from 'zod';
import { answerMessage } from '../../functions/answer-messages/answer-message.ts';
import { headItem } from '../../shared/adapters/dynamodb/job-item.ts';
import { type OwnerLimitSettings, ownerLimits } from '../../shared/catalog/owner-limits.ts';
import type { Gazetteer } from '../../shared/domain/gazetteer.ts';
import { httpHandler } from '../../shared/runtime/http-handler.ts';
import { httpEvent, lambdaContext, type TestRequest } from './http-event.ts';
import { JobWorld } from './job-world.ts';
import { MemoryStoryCache } from './memory-story-cache.ts';
import { model } from './submit-api.ts';

const Answer = z.object({
  statusCode: z.number(),
  headers: z.record(z.string(), z.string()),
  body: z.string().transform((text): unknown => JSON.parse(text)),
});

/** The function that answers messages, over ports in memory; the look for a kept story is given up when `hurry` says so. */
export function assistantApi(gazetteer: Gazetteer, grant: OwnerLimitSettings = ownerLimits) {
  const world = new JobWorld();
  world.store.observe = (_, after) => void headItem(after);
  const cache = new MemoryStoryCache();
  const patience = { pause: (_milliseconds: number) => new Promise<void>(() => {}) };
  const ports = {
    store: world.store,
    queues: world.queues,
    spending: world.spending,
    telemetry: world.telemetry,
    random: world.random,
    now: world.now,
    limiting: { limits: world.spending, grant },
    pauseBeforeGivingUp: (milliseconds: number) => patience.pause(milliseconds),
    gazetteer,
    cache,
    model,
  };
  const handler = httpHandler({ ask_assistant: (request) => answerMessage(request, ports) });
  const ask = async (body: unknown, more: Partial<TestRequest> = {}) =>
    Answer.parse(await handler(httpEvent({ routeKey: assistantRoute, body, ...more }), lambdaContext()));
  return { world, cache, patience, ask };
}

const assistantRoute = 'POST /api/v1/assistant/messages';
