import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as z from 'zod';
import { ports } from './ports.ts';

export interface TestOutcome {
  /** The file in tests/contract, without its ending. */
  readonly suite: string;
  readonly status: 'passed' | 'failed' | 'skipped';
  /** Whether a fake in memory was judged, and no adapter. */
  readonly isOfFake: boolean;
}

const root = path.resolve(import.meta.dirname, '../..');
const folder = path.join(root, 'tests/contract');
const fileOf = (suite: string) => path.join(folder, `${suite}.test.ts`);

/** The suites that ask for a DynamoDB table, whatever engine it is on. */
export function tableSuites(): readonly string[] {
  const suites = readdirSync(folder).flatMap((name) => /^(.*)\.test\.ts$/.exec(name)?.[1] ?? []);
  return suites.filter((suite) => /support\/(?:job-table|dynamodb-engine|dynamodb-endpoint)\.ts/.test(sourceOf(suite)));
}

/** Those of every port, and those that describe DynamoDB. */
export function standInSuites(): readonly string[] {
  return [...new Set([...ports.map(({ suite }) => suite), ...tableSuites()])];
}

/** Runs suites in a vitest of their own, which shows what it does. Rejects when it could not run them at all. */
export async function runSuites(
  suites: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<readonly TestOutcome[]> {
  const results = mkdtempSync(path.join(tmpdir(), 'conformance-'));
  const file = path.join(results, 'results.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const vitest = path.join(root, 'node_modules/vitest/vitest.mjs');
  try {
    await ended(
      spawn(process.execPath, [vitest, 'run', '--project', 'contract', ...reporters, ...suites.map(fileOf)], {
        cwd: root,
        env: { ...process.env, ...environment },
        stdio: 'inherit',
      }),
    );
    return Results.parse(JSON.parse(readFileSync(file, 'utf8'))).testResults.flatMap(outcomesOf);
  } finally {
    rmSync(results, { recursive: true });
  }
}

const Results = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      assertionResults: z.array(z.object({ ancestorTitles: z.array(z.string()), status: z.string() })),
    }),
  ),
});

/** A file that did not load is a failure. */
function outcomesOf({
  name,
  status,
  assertionResults,
}: z.infer<typeof Results>['testResults'][number]): readonly TestOutcome[] {
  const suite = path.basename(name, '.test.ts');
  if (status === 'failed' && assertionResults.length === 0) return [{ suite, status: 'failed', isOfFake: false }];
  return assertionResults.map((test) => ({
    suite,
    status: test.status === 'passed' || test.status === 'failed' ? test.status : 'skipped',
    isOfFake: test.ancestorTitles.some((title) => title.endsWith('in memory')),
  }));
}

function sourceOf(suite: string): string {
  return readFileSync(fileOf(suite), 'utf8');
}

function ended(child: ReturnType<typeof spawn>): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', () => resolve());
  });
}
