import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import packageJson from '../../package.json' with { type: 'json' };
import { contractDeclarations } from './client-types.ts';

const root = join(import.meta.dirname, '../..');
const source = join(root, 'shared/client');

export interface ClientSize {
  readonly bytes: number;
  readonly gzipBytes: number;
}

/**
 * Makes the client a package of its own in `outputDirectory`: one ES module that imports nothing, and declarations that need no other
 * package. Rejects with the compiler's messages when the client uses what only Node has.
 */
export async function buildClient(outputDirectory: string): Promise<ClientSize> {
  await rm(outputDirectory, { recursive: true, force: true });
  await mkdir(outputDirectory, { recursive: true });
  const [code] = await Promise.all([bundle(outputDirectory), declare(outputDirectory)]);
  await writeFile(join(outputDirectory, 'contract.d.ts'), contractDeclarations());
  await writeFile(join(outputDirectory, 'package.json'), JSON.stringify(manifest, null, 2));
  return { bytes: code.length, gzipBytes: gzipSync(code).length };
}

/** For the build's log. */
export function describeClient({ bytes, gzipBytes }: ClientSize): string {
  return `client ${(bytes / 1000).toFixed(1)} kB, ${(gzipBytes / 1000).toFixed(1)} kB compressed`;
}

const manifest = {
  name: `${packageJson.name}-client`,
  version: packageJson.version,
  license: packageJson.license,
  type: 'module',
  sideEffects: false,
  // `main` and `types` for bundlers that do not read `exports`, such as older Metro.
  main: './index.js',
  types: './index.d.ts',
  exports: { '.': { types: './index.d.ts', default: './index.js' }, './package.json': './package.json' },
};

/** Not minified: the app's own bundler does that, and until then stack traces can be read. */
async function bundle(outputDirectory: string): Promise<Uint8Array> {
  const { outputFiles, metafile } = await build({
    entryPoints: [join(source, 'index.ts')],
    outfile: join(outputDirectory, 'index.js'),
    bundle: true,
    platform: 'neutral',
    format: 'esm',
    target: 'es2020',
    metafile: true,
    write: false,
    logLevel: 'warning',
  });
  const outside = Object.keys(metafile.inputs).filter((file) => !file.includes('shared/client/'));
  if (outside.length > 0) throw new Error(`The client takes code from outside its folder: ${outside.join(', ')}`);
  const [file] = outputFiles;
  if (!file) throw new Error('esbuild made no file');
  await writeFile(file.path, file.contents);
  return file.contents;
}

/** The compiler's declarations, but for the contract, which would import zod and the catalog. */
async function declare(outputDirectory: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'client-types-'));
  await compile(folder);
  for (const name of await readdir(join(folder, 'client'))) {
    const text = await readFile(join(folder, 'client', name), 'utf8');
    await writeFile(join(outputDirectory, name), text.replaceAll(/(from '\.\/[\w-]+)\.ts'/g, "$1.js'"));
  }
  await rm(folder, { recursive: true });
}

async function compile(outputDirectory: string): Promise<void> {
  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  const options = ['--noEmit', 'false', '--declaration', '--emitDeclarationOnly', '--outDir', outputDirectory];
  try {
    await promisify(execFile)(process.execPath, [compiler, '-p', source, ...options]);
  } catch (error) {
    const messages = error instanceof Error && 'stdout' in error ? String(error.stdout) : '';
    throw new Error(`The client's types do not compile:\n${messages}`, { cause: error });
  }
}
