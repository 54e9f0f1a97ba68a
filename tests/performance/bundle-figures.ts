import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import type { environments } from '../../shared/catalog/environment.ts';
import { isFunctionName } from '../../shared/catalog/functions.ts';
import { sampleEnvironment } from '../support/sample-environment.ts';
import type { Figure } from './figures.ts';

const folder = path.resolve(import.meta.dirname, '../../dist/functions');

/** Functions of the API, whose cold start a traveller waits for. */
const apiFunctions = ['submit-job', 'answer-messages', 'read-jobs', 'control-jobs', 'schedule-jobs', 'operate'];

/** Size of each bundle of the API, and how long each function takes to import, best of five processes. */
export async function bundleFigures(): Promise<Figure[]> {
  const names = readdirSync(folder).filter((name) => existsSync(path.join(folder, name, 'index.mjs')));
  const sizes = names
    .filter((name) => apiFunctions.includes(name))
    .map((name) => ({
      name: `bundle of ${name}`,
      value: statSync(path.join(folder, name, 'index.mjs')).size / 1_000,
      unit: 'kB',
      target: 700,
    }));
  const imports = names
    .filter(isFunctionName)
    .map((name) => ({ name: `import of ${name}`, value: importMilliseconds(name), unit: 'ms', target: 250 }));
  return [...sizes, ...imports];
}

function importMilliseconds(name: keyof typeof environments): number {
  const url = `file://${path.join(folder, name, 'index.mjs')}`;
  const script = `const t = performance.now(); await import(${JSON.stringify(url)}); console.log(performance.now() - t)`;
  const runs = Array.from({ length: 5 }, () => {
    const { stdout, stderr, status } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
      env: { ...sampleEnvironment, ...sandbox, LAMBDA_TASK_ROOT: path.join(folder, name) },
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`${name} does not start: ${stderr.slice(-800)}`);
    return Number(stdout.trim().split('\n').at(-1));
  });
  return Math.min(...runs);
}

/** What Lambda sets. */
const sandbox = {
  PATH: process.env.PATH ?? '',
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'none',
  AWS_SECRET_ACCESS_KEY: 'none',
};
