import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jobTypeNames, longestRetrySeconds, stepNames, stepOf } from '../../../shared/catalog/job-types.ts';
import { longestDelaySeconds } from '../../../shared/catalog/queues.ts';
import { retryDelaySeconds, throttleDelaySeconds } from '../../../shared/domain/retry-policy.ts';

const allSteps = jobTypeNames.flatMap((type) => stepNames(type).flatMap((step) => stepOf(type, step) ?? []));
const steps = allSteps.filter(({ retrySeconds }) => retrySeconds === undefined);
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

  it('is the one that the step lists, give or take a tenth, and the last one for all that follow', () => {
    const listed = { firstRetrySeconds: 1, retrySeconds: [5, 300] };
    const waits = [1, 2, 3].map((failures) =>
      [0, 0.5, 0.999].map((random) => retryDelaySeconds(listed, failures, () => random)),
    );
    expect(waits).toEqual([
      [5, 5, 6],
      [270, 300, 330],
      [270, 300, 330],
    ]);
  });

  it('of every step that lists its waits fits, all together, into the time that the step may wait', () => {
    const listing = allSteps.filter(({ retrySeconds }) => retrySeconds !== undefined);
    expect(listing.length).toBeGreaterThan(0);
    for (const { retrySeconds = [], failuresAllowed, waitLimitSeconds = 0 } of listing) {
      expect(retrySeconds).toHaveLength(failuresAllowed - 1);
      expect(retrySeconds.reduce((sum, seconds) => sum + seconds * 1.1, 0)).toBeLessThan(waitLimitSeconds);
    }
  });

  it('spreads jobs that failed together over the whole bound', () => {
    const waits = Array.from({ length: 100 }, (_, index) =>
      retryDelaySeconds({ firstRetrySeconds: 100 }, 1, () => index / 100),
    );
    expect(new Set(waits).size).toBeGreaterThan(90);
    expect([Math.min(...waits), Math.max(...waits)]).toEqual([1, 99]);
  });
});
