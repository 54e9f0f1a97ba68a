import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jobTypeNames, longestRetrySeconds, stepNames, stepOf } from '../../../shared/catalog/job-types.ts';
import { longestDelaySeconds } from '../../../shared/catalog/queues.ts';
import { retryDelaySeconds, throttleDelaySeconds } from '../../../shared/domain/retry-policy.ts';

const steps = jobTypeNames.flatMap((type) => stepNames(type).flatMap((step) => stepOf(type, step) ?? []));
const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const isLegal = (seconds: number, cap: number) => Number.isInteger(seconds) && seconds >= 1 && seconds <= cap;

describe('the wait before another attempt', () => {
  it('is a whole number of seconds that SQS accepts, at least one, whatever failed and how often', () => {
    fc.assert(
      fc.property(fc.constantFrom(...steps), fc.nat(5_000), chance, (step, failures, random) =>
        isLegal(
          retryDelaySeconds(step, failures, () => random),
          longestRetrySeconds,
        ),
      ),
    );
    expect(longestRetrySeconds).toBeLessThanOrEqual(longestDelaySeconds);
  });

  it('is a whole number of seconds that SQS accepts, whatever an upstream wishes', () => {
    const wish = fc.option(fc.oneof(fc.nat(), fc.double({ min: 0, max: 1e12, noNaN: true })), { nil: undefined });
    fc.assert(
      fc.property(wish, fc.nat(5_000), chance, (seconds, attempt, random) =>
        isLegal(
          throttleDelaySeconds(seconds, attempt, () => random),
          longestRetrySeconds,
        ),
      ),
    );
  });

  it('spreads jobs that failed together over the whole bound', () => {
    const waits = Array.from({ length: 100 }, (_, index) =>
      retryDelaySeconds({ firstRetrySeconds: 100 }, 1, () => index / 100),
    );
    expect(new Set(waits).size).toBeGreaterThan(90);
    expect([Math.min(...waits), Math.max(...waits)]).toEqual([1, 99]);
  });
});
