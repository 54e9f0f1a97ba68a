import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { buildImaging } from '../../infra/build/imaging/build-imaging.ts';
import { binariesForElsewhere } from '../../infra/constructs/native-packages.ts';
import { createApp } from '../../infra/stacks/create-app.ts';
import { ForkedRenderer } from '../../shared/adapters/sharp/forked-renderer.ts';
import { imagingAsset } from '../../shared/catalog/functions.ts';
import { heldPhoto } from '../support/photos.ts';

const root = join(import.meta.dirname, '../..');
const built = join(root, 'dist/functions', imagingAsset.name);

/** `e_machine` of an ELF file (https://refspecs.linuxfoundation.org/elf/gabi4+/ch4.eheader.html), as Lambda names it. */
const machines: Readonly<Record<number, string>> = { 62: 'x86_64', 183: 'arm64' };

const Template = z.object({ Resources: z.record(z.string(), z.object({ Type: z.string(), Properties: z.unknown() })) });

const Imaging = z.object({
  Architectures: z.tuple([z.string()]),
  Environment: z.object({ Variables: z.looseObject({ QUEUE_NAME: z.literal('image_processing') }) }),
});

describe('the asset of the consumer of photos', () => {
  let outdir: string;
  let uploaded: string;

  beforeAll(() => {
    outdir = mkdtempSync(join(tmpdir(), 'imaging-'));
    createApp({ validate: false, outdir }).synth();
    const found = readdirSync(outdir).find((name) => existsSync(join(outdir, name, imagingAsset.renderer)));
    uploaded = join(outdir, found ?? 'nothing');
  }, 120_000);
  afterAll(() => rmSync(outdir, { recursive: true }));

  it('is uploaded with the binaries of its function’s architecture, and no other', () => {
    const binaries = readdirSync(uploaded, { recursive: true, encoding: 'utf8' }).filter((name) =>
      /\.(?:node|so)(?:\.[\d.]+)?$/.test(name),
    );
    expect(binaries.length).toBeGreaterThanOrEqual(2);
    const builtFor = binaries.map((name) => machines[readFileSync(join(uploaded, name)).readUInt16LE(18)]);
    expect(new Set(builtFor)).toEqual(new Set(architectures(outdir)));
  });

  it('is uploaded with the packages that the renderer loads, and the gazetteer', () => {
    for (const name of ['node_modules/sharp/package.json', 'node_modules/@img/colour/package.json', 'gazetteer.db'])
      expect(existsSync(join(uploaded, name))).toBe(true);
  });

  it('is the same whichever machine built it', () => {
    const files = readdirSync(uploaded, { recursive: true, encoding: 'utf8' });
    expect(files.filter((name) => /\.made-of$|\.package-lock\.json$|tslib/.test(name))).toEqual([]);
  });

  it('works as it was built: its renderer renders, with the binaries of this machine', async () => {
    const renderer = new ForkedRenderer({ script: join(built, imagingAsset.renderer), environment: {} });
    const photo = await renderer.render(await heldPhoto(6), new AbortController().signal);
    expect([photo.width, photo.height]).toEqual([300, 200]);
  });

  it('stays as it is when it is built again', async () => {
    const packageFile = join(built, 'node_modules/sharp/package.json');
    const { ctimeMs } = statSync(packageFile);
    const lines: string[] = [];
    await buildImaging({
      root,
      functionsFolder: join(root, 'dist/functions'),
      gazetteerFile: join(root, 'dist/gazetteer.db'),
      cacheFolder: join(root, 'dist/native'),
      log: (line) => lines.push(line),
    });
    expect(lines).toEqual([]);
    expect(statSync(packageFile).ctimeMs).toBe(ctimeMs);
  });
});

describe('without a registry', () => {
  it('the asset is built and renders on this machine, and is refused for Lambda', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'offline-'));
    vi.stubEnv('npm_config_offline', 'true');
    vi.stubEnv('npm_config_cache', join(folder, 'empty-cache'));
    try {
      const consumer = join(folder, imagingAsset.bundleOf);
      mkdirSync(consumer);
      copyFileSync(join(root, 'dist/functions', imagingAsset.bundleOf, 'index.mjs'), join(consumer, 'index.mjs'));
      const lines: string[] = [];
      const cacheFolder = join(folder, 'native');
      const gazetteerFile = join(root, 'dist/gazetteer.db');
      await buildImaging({
        root,
        functionsFolder: folder,
        gazetteerFile,
        cacheFolder,
        log: (line) => lines.push(line),
      });
      expect(lines).toEqual([expect.stringContaining('cannot be deployed')]);
      const asset = join(folder, imagingAsset.name);
      const renderer = new ForkedRenderer({ script: join(asset, imagingAsset.renderer), environment: {} });
      expect((await renderer.render(await heldPhoto(1), new AbortController().signal)).width).toBe(300);
      expect(() => binariesForElsewhere(asset)).toThrow(/run npm run build where npm reaches its registry/);
    } finally {
      vi.unstubAllEnvs();
      rmSync(folder, { recursive: true });
    }
  }, 60_000);
});

describe('an asset', () => {
  it('without the binaries of Lambda is not deployed', () => {
    const asset = mkdtempSync(join(tmpdir(), 'asset-'));
    try {
      expect(binariesForElsewhere(asset)).toEqual([]);
      mkdirSync(join(asset, 'node_modules/@img/sharp-darwin-arm64'), { recursive: true });
      expect(() => binariesForElsewhere(asset)).toThrow(/lacks sharp-linux-arm64/);
      for (const name of ['sharp-linux-arm64', 'sharp-libvips-linux-arm64'])
        mkdirSync(join(asset, 'node_modules/@img', name));
      expect(binariesForElsewhere(asset)).toEqual(['node_modules/@img/sharp-darwin-arm64']);
    } finally {
      rmSync(asset, { recursive: true });
    }
  });
});

/** Of every function that takes photos, from the templates that were written. */
function architectures(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.template.json'))
    .map((name) => Template.parse(JSON.parse(readFileSync(join(folder, name), 'utf8'))))
    .flatMap(({ Resources }) => Object.values(Resources))
    .flatMap(({ Properties }) => Imaging.safeParse(Properties).data?.Architectures ?? []);
}
