import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const isOfTheDomain = ({ moduleId }: TestSpecification): boolean => moduleId.includes('/unit/domain/');

/** The domain's own tests are quick and judge most mutants, so they go first: a run ends with the first test that fails. */
class DomainFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return files.toSorted((a, b) => Number(isOfTheDomain(b)) - Number(isOfTheDomain(a)));
  }
}

export default defineConfig({
  test: {
    include: [
      'tests/unit/{domain,jobs,patterns,routes,bookings,journey,notifications,photo,operate}/**/*.test.ts',
      'tests/unit/runtime/{owner-limits,schedules}.test.ts',
      'tests/unit/narrator/story-request.test.ts',
    ],
    // Each takes seconds, and would for every mutant it covers. The narrator's tests are left out for the same reason.
    exclude: ['**/any-order.test.ts', '**/true-journey.test.ts', '**/long-waits.test.ts'],
    environment: 'node',
    isolate: false,
    testTimeout: 30_000,
    sequence: { sequencer: DomainFirst },
    env: { POWERTOOLS_METRICS_DISABLED: 'true' },
  },
});
