import { longestRetrySeconds, type StepDefinition } from '../catalog/job-types.ts';

/**
 * Seconds until the next attempt after `failures` counted failures: full jitter below a bound that doubles, so that jobs that failed
 * together do not come back together (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/).
 * Whole seconds, at least 1, because SQS delays are whole seconds. A step that lists its waits gets those, give or take a tenth.
 */
export function retryDelaySeconds(
  step: Pick<StepDefinition, 'firstRetrySeconds' | 'retrySeconds'>,
  failures: number,
  random: () => number,
): number {
  const listed = step.retrySeconds?.at(Math.min(failures, step.retrySeconds.length) - 1);
  if (listed !== undefined) return Math.max(1, Math.ceil(listed * (1 + (random() - 0.5) * 2 * LISTED_JITTER)));
  const bound = Math.min(longestRetrySeconds, step.firstRetrySeconds * 2 ** Math.max(0, failures - 1));
  return Math.max(1, Math.ceil(random() * bound));
}

/**
 * Seconds until the next attempt after an upstream asked for fewer calls: its own wish if it gave one, else a wait that grows with how
 * often this step was tried, from 1, so that a long outage costs few calls.
 */
export function throttleDelaySeconds(
  retryAfterSeconds: number | undefined,
  tries: number,
  random: () => number,
): number {
  if (retryAfterSeconds !== undefined) return Math.min(longestRetrySeconds, Math.max(1, Math.ceil(retryAfterSeconds)));
  const bound = Math.min(THROTTLE_BOUND_SECONDS, 5 * 2 ** Math.max(0, tries - 1));
  return Math.max(1, Math.ceil(bound / 2 + (random() * bound) / 2));
}

/** Seconds until a job looks again for what another one is making: soon at first, since most of it is made in seconds. */
export function awaitDelaySeconds(tries: number, longestSeconds: number): number {
  return Math.min(longestSeconds, FIRST_LOOK_SECONDS * 2 ** Math.max(0, tries - 1));
}

const FIRST_LOOK_SECONDS = 1;

const THROTTLE_BOUND_SECONDS = 60;

/** How far a listed wait is moved either way, as a part of it. */
const LISTED_JITTER = 0.1;
