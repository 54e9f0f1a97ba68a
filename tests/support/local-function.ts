import { fileURLToPath } from 'node:url';
import {
  createFunction,
  type LocalFunction,
  type LocalFunctionOptions,
} from '../../infra/local/aws/lambda/function.ts';

/** A function whose bundle is in tests/support/functions; its lines are collected in `lines`. */
export function testFunction(
  bundle: 'probe' | 'missing-import' | 'slow-import' | 'no-handler' | 'consumer' | 'web',
  options: Partial<LocalFunctionOptions> = {},
): LocalFunction & { readonly lines: string[] } {
  const lines: string[] = [];
  const created = createFunction({
    name: bundle,
    folder: fileURLToPath(new URL(`functions/${bundle}`, import.meta.url)),
    handler: 'index.handler',
    timeoutSeconds: 3,
    memoryMegabytes: 128,
    environment: { AWS_REGION: 'eu-west-1', STAGE: 'local' },
    maxConcurrency: 5,
    log: (_name, line) => lines.push(line),
    ...options,
  });
  return { ...created, lines };
}
