import { basename, dirname, relative } from 'node:path';
import type { Metafile } from 'esbuild';

/** What one bundle weighs, in bytes before compression, and its heaviest parts. */
export interface BundleSize {
  readonly name: string;
  readonly bytes: number;
  /** Heaviest first; the service's own code is `own`. */
  readonly parts: readonly { readonly name: string; readonly bytes: number }[];
}

/** Reads the sizes from esbuild's own account of what went where. Largest bundle first. */
export function bundleSizes(metafile: Metafile, outputDirectory: string): readonly BundleSize[] {
  return Object.entries(metafile.outputs)
    .filter(([file]) => basename(file) === 'index.mjs')
    .map(([file, output]) => ({
      name: relative(outputDirectory, dirname(file)),
      bytes: output.bytes,
      parts: partsOf(output),
    }))
    .sort((a, b) => b.bytes - a.bytes);
}

/** One line a bundle, for the build's log. */
export function describeSize({ name, bytes, parts }: BundleSize): string {
  const heaviest = parts.slice(0, 5).map((part) => `${part.name} ${kilobytes(part.bytes)}`);
  return `${name.padEnd(18)} ${kilobytes(bytes).padStart(7)}  ${heaviest.join(', ')}`;
}

function partsOf(output: Metafile['outputs'][string]): BundleSize['parts'] {
  const bytesByPart = new Map<string, number>();
  for (const [file, { bytesInOutput }] of Object.entries(output.inputs)) {
    const part = packageOf(file);
    bytesByPart.set(part, (bytesByPart.get(part) ?? 0) + bytesInOutput);
  }
  return [...bytesByPart].map(([name, bytes]) => ({ name, bytes })).sort((a, b) => b.bytes - a.bytes);
}

/** The last `node_modules/<package>` in the path, so that a nested copy counts under its own name. */
function packageOf(file: string): string {
  return [...file.matchAll(/node_modules\/((?:@[^/]+\/)?[^/]+)/g)].at(-1)?.[1] ?? 'own';
}

function kilobytes(bytes: number): string {
  return `${Math.round(bytes / 1000)} kB`;
}
