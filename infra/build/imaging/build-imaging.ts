import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { imagingAsset } from '../../../shared/catalog/functions.ts';
import { bundleSettings, replaceWith } from '../bundles.ts';
import { type LockedPackages, lockedPackages } from './locked-packages.ts';
import { installFor, lambdaPlatform } from './native-packages.ts';

export interface ImagingOptions {
  /** Holds the renderer's source, `package-lock.json` and `node_modules`. */
  readonly root: string;
  /** Holds one asset folder per function, the consumer's bundle among them. */
  readonly functionsFolder: string;
  readonly gazetteerFile: string;
  /** Keeps the packages that npm has installed for Lambda. */
  readonly cacheFolder: string;
  readonly log: (line: string) => void;
}

const nativePackage = 'sharp';

/**
 * Puts the asset of the photos' consumer together: the consumer's bundle, the renderer's, the gazetteer, and sharp with its binaries for
 * Lambda and for this machine, since the local cloud runs the asset where it is. Only Lambda's are uploaded (infra/constructs/function-code.ts).
 * Without a registry the asset still runs here; then synthesis for a deployment refuses it.
 */
export async function buildImaging(options: ImagingOptions): Promise<void> {
  const asset = join(options.functionsFolder, imagingAsset.name);
  await mkdir(asset, { recursive: true });
  await build({
    ...bundleSettings,
    entryPoints: [join(options.root, 'shared/adapters/sharp/renderer-process.ts')],
    outfile: join(asset, imagingAsset.renderer),
    external: [nativePackage],
  });
  await replaceWith(join(options.functionsFolder, imagingAsset.bundleOf, 'index.mjs'), join(asset, 'index.mjs'));
  await replaceWith(options.gazetteerFile, join(asset, imagingAsset.gazetteer));
  await addPackages(asset, options);
}

async function addPackages(asset: string, { root, cacheFolder, log }: ImagingOptions): Promise<void> {
  const locked = await lockedPackages(root, nativePackage);
  const forLambda = await installFor(lambdaPlatform, locked, cacheFolder).catch((error: unknown) => {
    log(`${nativePackage} for Lambda could not be had, so this build runs here but cannot be deployed: ${error}`);
    return undefined;
  });
  await copyPackages(locked, { complete: forLambda ?? root, binaries: root }, asset);
}

/**
 * All packages as they are in one folder, and the binaries that the other one has beside them. Nothing is touched while it is as it should be: a
 * cloud may be running it.
 */
async function copyPackages(
  { packages }: LockedPackages,
  from: { readonly complete: string; readonly binaries: string },
  asset: string,
): Promise<void> {
  const stamp = join(asset, 'node_modules/.made-of');
  const madeOf = JSON.stringify({ from, packages });
  if (existsSync(stamp) && (await readFile(stamp, 'utf8')) === madeOf) return;
  await rm(join(asset, 'node_modules'), { recursive: true, force: true });
  const paths = Object.keys(packages);
  await copy(paths, from.complete, asset);
  await copy(
    paths.filter((path) => path.startsWith(binariesPrefix)),
    from.binaries,
    asset,
  );
  await writeFile(stamp, madeOf);
}

const binariesPrefix = 'node_modules/@img/sharp-';

async function copy(paths: readonly string[], source: string, target: string): Promise<void> {
  for (const path of paths.filter((candidate) => existsSync(join(source, candidate))))
    await cp(join(source, path), join(target, path), { recursive: true });
}
