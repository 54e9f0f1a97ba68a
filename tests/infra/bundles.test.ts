import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { buildBundles } from '../../infra/build/bundles.ts';

describe('bundles', () => {
  let root: string;
  const build = () =>
    buildBundles({
      functionsDirectory: join(root, 'functions'),
      outputDirectory: join(root, 'dist'),
      gazetteerFile: join(root, 'gazetteer.db'),
    });
  const write = (name: string, source: string) => {
    mkdirSync(join(root, 'functions', name), { recursive: true });
    writeFileSync(join(root, 'functions', name, 'handler.ts'), source);
  };

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'bundles-'));
    writeFileSync(join(root, 'gazetteer.db'), 'places');
    write('read-jobs', 'export const handler = (): string => require("node:os").EOL;');
    write('process-job', 'export class JobFailed extends Error {}\nexport const handler = () => JobFailed.name;');
  });
  afterEach(() => rmSync(root, { recursive: true }));

  it('are one folder a function, and one more for consumers that narrate', async () => {
    await build();
    expect(readdirSync(join(root, 'dist')).sort()).toEqual(['process-job', 'process-job-narrating', 'read-jobs']);
  });

  it('carry the gazetteer only where stories are told', async () => {
    await build();
    expect(readFileSync(join(root, 'dist/process-job-narrating/gazetteer.db'), 'utf8')).toBe('places');
    expect(existsSync(join(root, 'dist/process-job/gazetteer.db'))).toBe(false);
  });

  it('take a new gazetteer when it has changed', async () => {
    await build();
    rmSync(join(root, 'gazetteer.db'));
    writeFileSync(join(root, 'gazetteer.db'), 'more places');
    await build();
    expect(readFileSync(join(root, 'dist/process-job-narrating/gazetteer.db'), 'utf8')).toBe('more places');
  });

  it('keep the names of classes, and let CommonJS dependencies load what they need', async () => {
    await build();
    expect(await run('process-job')).toBe('JobFailed');
    expect(await run('read-jobs')).toBe('\n');
  });

  it('lose a function that is no longer there', async () => {
    write('old-function', 'export const handler = () => 1;');
    await build();
    rmSync(join(root, 'functions/old-function'), { recursive: true });
    await build();
    expect(existsSync(join(root, 'dist/old-function'))).toBe(false);
  });

  it('tell where a handler does not compile', async () => {
    write('read-jobs', 'export const handler = () => {\n  return (;\n};');
    await expect(build()).rejects.toThrow(/read-jobs\/handler\.ts:2:\d+: ERROR/);
  });

  it('say what each weighs, the largest first', async () => {
    const sizes = await build();
    expect(sizes.map(({ name }) => name).sort()).toEqual(['process-job', 'read-jobs']);
    expect(sizes[0]?.bytes).toBeGreaterThanOrEqual(sizes[1]?.bytes ?? 0);
    expect(sizes[0]?.parts).toEqual([{ name: 'own', bytes: expect.any(Number) }]);
  });

  async function run(name: string): Promise<unknown> {
    const bundle: unknown = await import(pathToFileURL(join(root, 'dist', name, 'index.mjs')).href);
    return z
      .object({ handler: z.function({ output: z.unknown() }) })
      .parse(bundle)
      .handler();
  }
});
