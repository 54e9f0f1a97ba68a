import { jobTypes } from '../../shared/catalog/job-types.ts';
import type { StoredStory } from '../../shared/catalog/schemas/story.ts';
import type { CacheEntry, MediaStore, StoryCache } from '../../shared/domain/ports.ts';
import { findSpeech } from '../../shared/jobs/kept-speech.ts';
import { storyDimensions, toldAgain } from '../../shared/jobs/share-story.ts';
import type { Submit } from '../../shared/jobs/submit-job.ts';
import { storyKey, storyRequestOf } from '../../shared/narrator/story-request.ts';
import { cacheStatuses, collapsed } from '../../shared/runtime/cache-status.ts';
import type { HttpAnswer } from '../../shared/runtime/http-answer.ts';
import type { HttpRequest } from '../../shared/runtime/http-handler.ts';
import type { SubmitPorts } from '../../shared/runtime/submit-answer.ts';
import { acceptNew, answeredBefore } from '../../shared/runtime/submit-route.ts';

export interface StoryPorts extends SubmitPorts {
  readonly cache: StoryCache;
  readonly speech: Pick<MediaStore, 'find'>;
  /** Settings of the model that writes what is not kept. */
  readonly model: object;
}

/** A story that was written for the same request is told again: the job is finished at once, or goes on with the narration. */
export async function submitStory(request: HttpRequest<'generate_story'>, ports: StoryPorts): Promise<HttpAnswer> {
  return (await answeredBefore(request, ports)) ?? submitNewStory(request, ports);
}

async function submitNewStory(request: HttpRequest<'generate_story'>, ports: StoryPorts): Promise<HttpAnswer> {
  const { body } = request;
  const entry = await keptStory(body, ports);
  const headStart = entry.kind === 'story' ? await headStartOf(entry.story, body, ports) : undefined;
  const plan = () => ({ type: 'generate_story', input: body, ...(headStart && { headStart }) }) as const;
  const answer = await acceptNew(request, { options: body, plan }, ports);
  const isOwn = answer.headers?.['idempotent-replayed'] === undefined;
  if (headStart && isOwn) ports.telemetry.count('stories_cached', storyDimensions);
  if (answer.status !== 202 || !isOwn) return answer;
  return { ...answer, headers: { ...answer.headers, 'cache-status': statusByEntry[entry.kind] } };
}

type Body = HttpRequest<'generate_story'>['body'];

/** What is kept for the request. A cache that cannot be read is no reason to refuse anyone. */
async function keptStory(body: Body, { cache, model, telemetry, now }: StoryPorts): Promise<CacheEntry | Bypassed> {
  if (body.delay || body.run_at !== undefined) return { kind: 'bypassed' };
  const at = now();
  const key = storyKey(storyRequestOf(jobTypes.generate_story.input.parse(body)), new Date(at), model);
  try {
    return await cache.find(key, at);
  } catch (error) {
    telemetry.warn('cache_not_read', { key }, error);
    return { kind: 'nothing' };
  }
}

interface Bypassed {
  readonly kind: 'bypassed';
}

const statusByEntry = {
  story: cacheStatuses.generate_story.hit,
  nothing: cacheStatuses.generate_story.miss,
  being_written: collapsed,
  bypassed: cacheStatuses.generate_story.bypass,
} as const satisfies Record<(CacheEntry | Bypassed)['kind'], string>;

async function headStartOf(
  kept: StoredStory,
  { include_voice, voice_personality }: Body,
  { speech, telemetry, now }: StoryPorts,
): Promise<Submit['headStart']> {
  const result = toldAgain(kept);
  if (!include_voice) return { result };
  try {
    const kept = await findSpeech(result.content, voice_personality, speech, now());
    if (kept) return { result: { ...result, ...kept.speech } };
  } catch (error) {
    telemetry.warn('speech_not_looked_up', {}, error);
  }
  return { result, next: 'narrate' };
}
