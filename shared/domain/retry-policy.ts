import { longestRetrySeconds, type StepDefinition } from '../catalog/job-types.ts';
import { storyCache } from '../catalog/story-cache.ts';

/**
 * Seconds until the next attempt after `failures` counted failures: full jitter below a bound that doubles, so that jobs that failed
 * together do not come back together (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/).
 * Whole seconds, at least 1, because SQS delays are whole seconds.
 */
export function retryDelaySeconds(
  step: Pick<StepDefinition, 'firstRetrySeconds'>,
  failures: number,
  random: () => number,
): number {
  const bound = Math.min(longestRetrySeconds, step.firstRetrySeconds * 2 ** Math.max(0, failures - 1));
  return Math.max(1, Math.ceil(random() * bound));
}

/**
 * Seconds until the next attempt after an upstream asked for fewer calls: its own wish if it gave one, else a wait that grows with how
 * long the job has been throttled, so that a long outage costs few calls.
 */
export function throttleDelaySeconds(
  retryAfterSeconds: number | undefined,
  attempt: number,
  random: () => number,
): number {
  if (retryAfterSeconds !== undefined) return Math.min(longestRetrySeconds, Math.max(1, Math.ceil(retryAfterSeconds)));
  const bound = Math.min(THROTTLE_BOUND_SECONDS, 5 * 2 ** Math.max(0, attempt - 1));
  return Math.max(1, Math.ceil(bound / 2 + (random() * bound) / 2));
}

/** Seconds until a job looks again for what another one is making: soon at first, since most of it is made in seconds. */
export function awaitDelaySeconds(attempt: number): number {
  return Math.min(storyCache.longestLookSeconds, storyCache.firstLookSeconds * 2 ** Math.max(0, attempt - 1));
}

const THROTTLE_BOUND_SECONDS = 60;
