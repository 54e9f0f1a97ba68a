import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { ClosingLineReporter } from './tests/support/closing-line-reporter.ts';

const project = (
  name: string,
  settings: {
    testTimeout?: number;
    hookTimeout?: number;
    globalSetup?: string[];
    env?: Record<string, string>;
    expect?: { poll: { timeout: number } };
  } = {},
) => ({
  test: { name, include: [`tests/${name}/**/*.test.ts`], environment: 'node' as const, ...settings },
});

export default defineConfig({
  test: {
    reporters: ['default', new ClosingLineReporter()],
    // Vitest leaves one core free: with two, files would run one by one, and most of their time is waiting.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      // Metrics go to the log, which would be the tests' own output.
      project('unit', { testTimeout: 30_000, env: { POWERTOOLS_METRICS_DISABLED: 'true' } }),
      // DynamoDB Local, on a busy machine, needs seconds to list what a suite polls for (npm run conformance).
      project('contract', { testTimeout: 60_000, expect: { poll: { timeout: 20_000 } } }),
      project('infra', { testTimeout: 60_000 }),
      project('chaos', { testTimeout: 60_000, hookTimeout: 60_000, globalSetup: ['tests/support/build-once.ts'] }),
      project('scenario', { testTimeout: 60_000, hookTimeout: 60_000, globalSetup: ['tests/support/build-once.ts'] }),
    ],
  },
});
