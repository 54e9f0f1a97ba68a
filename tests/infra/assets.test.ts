import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../../infra/stacks/create-app.ts';
import { functions, imagingAsset, narratingAsset } from '../../shared/catalog/functions.ts';

const root = join(import.meta.dirname, '../..');
const built = (asset: string) => join(root, 'dist/functions', asset);
const apiAssets = ['submit-job', 'answer-messages', 'read-jobs', 'operate'] as const;
const assets = [...Object.keys(functions), narratingAsset.name, imagingAsset.name];

describe('what is uploaded', () => {
  let outdir: string;
  /** One list of files for each uploaded folder. */
  let uploads: readonly (readonly { readonly name: string; readonly bytes: number }[])[];

  beforeAll(() => {
    if (
      !assets.every((asset) => existsSync(join(built(asset), 'index.mjs'))) ||
      !existsSync(join(built('read-jobs'), 'openapi.json'))
    ) {
      execFileSync('node', ['infra/build/build.ts'], { cwd: root, stdio: 'ignore' });
    }
    outdir = mkdtempSync(join(tmpdir(), 'assets-'));
    createApp({ validate: false, outdir }).synth();
    uploads = readdirSync(outdir, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && entry.name.startsWith('asset.'))
      .map((entry) => filesIn(join(outdir, entry.name)));
  }, 120_000);
  afterAll(() => rmSync(outdir, { recursive: true }));

  it('is a folder for each function, one more for consumers that narrate, and one for the one of photos; three hold the gazetteer', () => {
    expect(uploads).toHaveLength(assets.length);
    expect(uploads.filter((files) => files.some(({ name }) => name === 'gazetteer.db'))).toHaveLength(3);
  });

  it('has the OpenAPI document beside the function that answers with it', () => {
    expect(uploads.filter((files) => files.some(({ name }) => name === 'openapi.json'))).toHaveLength(1);
  });

  it('holds no source map', () => {
    expect(uploads.flat().filter(({ name }) => name.endsWith('.map'))).toEqual([]);
  });

  it('is 120 MB at most a function, unzipped', () => {
    for (const files of uploads) expect(files.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThanOrEqual(120e6);
  });

  it.each(apiAssets)('starts quickly: the bundle of %s is 700 kB at most', (asset) => {
    expect(statSync(join(built(asset), 'index.mjs')).size).toBeLessThanOrEqual(700_000);
  });
});

function filesIn(folder: string) {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => ({
    name,
    bytes: statSync(join(folder, name)).size,
  }));
}
