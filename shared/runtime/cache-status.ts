import * as z from 'zod';
import type { JobDocument } from '../jobs/job-view.ts';

/** How our cache took part in an answer (RFC 9211). */
export const cacheStatuses = {
  hit: 'roadtrip-stories; hit',
  /** Written for this request. */
  miss: 'roadtrip-stories; fwd=miss',
  /** Another job is writing it for this one too. */
  collapsed: 'roadtrip-stories; fwd=miss; collapsed',
  /** The job runs later; what is kept now may be gone then. */
  bypass: 'roadtrip-stories; fwd=bypass',
} as const;

/** The header for an answer that shows a job: none unless it shows a story. */
export function cacheStatusOf({ type, result }: JobDocument): Readonly<Record<string, string>> {
  if (type !== 'generate_story' || result === undefined) return {};
  return { 'cache-status': Cached.safeParse(result).success ? cacheStatuses.hit : cacheStatuses.miss };
}

const Cached = z.object({ cached: z.literal(true) });
