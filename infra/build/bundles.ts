import { existsSync } from 'node:fs';
import { copyFile, link, mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type BuildOptions, type BuildResult, build } from 'esbuild';
import { answeringAsset, imagingAsset, narratingAsset } from '../../shared/catalog/functions.ts';
import { type BundleSize, bundleSizes } from './bundle-sizes.ts';

export interface BundleOptions {
  /** Holds one folder per function, each with `handler.ts`. */
  readonly functionsDirectory: string;
  /** Receives one asset folder per function. Folders of functions that no longer exist are removed. */
  readonly outputDirectory: string;
  /** Goes beside the bundles that look places up. Without it their assets are left as they were. */
  readonly gazetteerFile?: string;
}

/**
 * Bundles every function in one esbuild call: twelve bundles take 2 s this way, and 14 s in a call each.
 * The AWS SDK goes in too, so that what runs is the version that was tested.
 * Rejects with esbuild's own message, which names file and line, when a handler does not compile.
 */
export async function buildBundles(options: BundleOptions): Promise<readonly BundleSize[]> {
  const names = await functionNames(options.functionsDirectory);
  const { metafile } = await bundle(names, options);
  if (names.includes(narratingAsset.bundleOf)) await assembleNarrating(options);
  if (names.includes(answeringAsset.bundleOf)) await addGazetteer(answeringAsset, options);
  await removeStale(names, options.outputDirectory);
  return bundleSizes(metafile, options.outputDirectory);
}

async function functionNames(directory: string): Promise<readonly string[]> {
  if (!existsSync(directory)) return [];
  const entries = await readdir(directory, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory() && existsSync(join(directory, entry.name, 'handler.ts')))
    .map((entry) => entry.name)
    .sort();
}

function bundle(
  names: readonly string[],
  { functionsDirectory, outputDirectory }: BundleOptions,
): Promise<BuildResult<{ metafile: true }>> {
  return build({
    entryPoints: Object.fromEntries(
      names.map((name) => [`${name}/index`, join(functionsDirectory, name, 'handler.ts')]),
    ),
    outdir: outputDirectory,
    outExtension: { '.js': '.mjs' },
    metafile: true,
    ...bundleSettings,
  });
}

/** Some CommonJS dependencies call `require` at run time. The alias cannot collide with a handler's own import. */
const requireForCommonJs =
  "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);";

/** How everything that is deployed is bundled. */
export const bundleSettings = {
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  alias: { '@aws-sdk/credential-provider-node': join(import.meta.dirname, 'lambda-credentials.ts') },
  // Packages that also ship CommonJS are otherwise taken in that form, and tree shaking is lost.
  mainFields: ['module', 'main'],
  minify: true,
  // Error classes are told apart by name.
  keepNames: true,
  sourcemap: true,
  sourcesContent: false,
  logLevel: 'warning',
  banner: { js: requireForCommonJs },
} as const satisfies BuildOptions;

/** The consumer's bundle again, with the gazetteer beside it: only queues that narrate pay for its size. */
async function assembleNarrating(options: BundleOptions): Promise<void> {
  const { outputDirectory } = options;
  const target = join(outputDirectory, narratingAsset.name);
  await mkdir(target, { recursive: true });
  await replaceWith(join(outputDirectory, narratingAsset.bundleOf, 'index.mjs'), join(target, 'index.mjs'));
  await addGazetteer(narratingAsset, options);
}

async function addGazetteer(
  asset: { readonly name: string; readonly gazetteer: string },
  { outputDirectory, gazetteerFile }: BundleOptions,
): Promise<void> {
  if (gazetteerFile !== undefined) await replaceWith(gazetteerFile, join(outputDirectory, asset.name, asset.gazetteer));
}

/** A hard link where the file system can, so that a large file is neither copied nor stored twice. */
export async function replaceWith(source: string, target: string): Promise<void> {
  await rm(target, { force: true });
  await link(source, target).catch(() => copyFile(source, target));
}

async function removeStale(names: readonly string[], outputDirectory: string): Promise<void> {
  const current = new Set([...names, narratingAsset.name, imagingAsset.name]);
  const present = existsSync(outputDirectory) ? await readdir(outputDirectory) : [];
  for (const name of present.filter((folder) => !current.has(folder))) {
    await rm(join(outputDirectory, name), { recursive: true });
  }
}
