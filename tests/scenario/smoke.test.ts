import { spawn } from 'node:child_process';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { smokeChecks } from '../../infra/commands/smoke-checks.ts';
import { startTestCloud, type TestCloud } from '../support/local-cloud.ts';

const root = path.resolve(import.meta.dirname, '../..');

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startTestCloud();
});
afterAll(() => cloud.close());

async function smoke(args: readonly string[], token?: string) {
  const child = spawn(process.execPath, ['infra/commands/smoke.ts', ...args], {
    cwd: root,
    env: { ...process.env, ROADTRIP_JOBS_TOKEN: token },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const code = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { code: await code, output, errors };
}

it('finds that a stage keeps every promise', async () => {
  const token = await cloud.issueToken({ owner: 'smoke', scope: 'jobs:read jobs:write' });
  const { code, output, errors } = await smoke(['--api', cloud.apiUrl], token);
  expect(errors).toBe('');
  const kept = output.split('\n').filter((line) => line.startsWith('✔'));
  expect(kept.map((line) => line.slice(2, line.indexOf(' (')))).toEqual(smokeChecks.map(({ promise }) => promise));
  expect(code).toBe(0);
});

it('stops at the first promise that is not kept, and says which', async () => {
  const token = await cloud.issueToken({ owner: 'smoke', scope: 'jobs:read' });
  const { code, output, errors } = await smoke(['--api', cloud.apiUrl], token);
  expect(output).toContain('✔ strangers are refused');
  expect(errors).toMatch(/^✘ a wrong request is refused by the name of its field: .*403/);
  expect(output).not.toContain('story');
  expect(code).toBe(1);
});

it.each([
  { mistake: 'no token', args: ['--api', 'http://127.0.0.1:9'], says: 'ROADTRIP_JOBS_TOKEN is not set' },
  { mistake: 'no address', args: [], says: '--api must be the address of the API' },
])('tells how it is used when given $mistake', async ({ args, says }) => {
  const { code, errors } = await smoke(args);
  expect(errors).toContain(says);
  expect(errors).toContain('Usage:');
  expect(code).toBe(2);
});
