import * as z from 'zod';
import type { JobDocument } from '../jobs/job-view.ts';

/** How the cache of a job type took part in an answer (RFC 9211). */
export const cacheStatuses = {
  generate_story: statusesOf('roadtrip-stories'),
  /** Speech is looked for by the job and not by the submit, so only an answer that shows the job tells. */
  synthesize_voice: statusesOf('roadtrip-speech'),
} as const;

/** Another job is writing the story for this one too. */
export const collapsed = `${cacheStatuses.generate_story.miss}; collapsed`;

/** The header for an answer that shows a job: none unless it shows what may be kept. */
export function cacheStatusOf({ type, result }: JobDocument): Readonly<Record<string, string>> {
  if (!isCachedType(type) || result === undefined) return {};
  const { hit, miss } = cacheStatuses[type];
  return { 'cache-status': Cached.safeParse(result).success ? hit : miss };
}

function isCachedType(type: string): type is keyof typeof cacheStatuses {
  return Object.hasOwn(cacheStatuses, type);
}

const Cached = z.object({ cached: z.literal(true) });

function statusesOf(cache: string) {
  return {
    hit: `${cache}; hit`,
    /** Made for this request. */
    miss: `${cache}; fwd=miss`,
    /** The job runs later; what is kept now may be gone then. */
    bypass: `${cache}; fwd=bypass`,
  };
}
