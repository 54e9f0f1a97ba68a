import { defineConfig } from 'vitest/config';
import { ClosingLineReporter } from './tests/support/closing-line-reporter.ts';

const project = (
  name: string,
  settings: { testTimeout?: number; hookTimeout?: number; globalSetup?: string[] } = {},
) => ({
  test: { name, include: [`tests/${name}/**/*.test.ts`], environment: 'node' as const, ...settings },
});

export default defineConfig({
  test: {
    reporters: ['default', new ClosingLineReporter()],
    projects: [
      project('unit', { testTimeout: 30_000 }),
      project('contract', { testTimeout: 60_000 }),
      project('infra', { testTimeout: 60_000 }),
      project('scenario', { testTimeout: 60_000, hookTimeout: 60_000, globalSetup: ['tests/support/build-once.ts'] }),
    ],
  },
});
