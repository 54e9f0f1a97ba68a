import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The binaries that Lambda needs, as sharp names its packages; must agree with the architecture of service-function.ts. */
const forLambda = ['sharp-linux-arm64', 'sharp-libvips-linux-arm64'];

const folder = 'node_modules/@img';

/**
 * The paths in an asset that hold binaries for another machine than Lambda's, most likely the one that built it. Throws when an asset with
 * binaries lacks Lambda's own: each of its invocations would fail.
 */
export function binariesForElsewhere(asset: string): readonly string[] {
  if (!existsSync(join(asset, folder))) return [];
  const present = readdirSync(join(asset, folder)).filter((name) => name.startsWith('sharp-'));
  const missing = forLambda.filter((name) => !present.includes(name));
  if (missing.length > 0)
    throw new Error(`${asset} lacks ${missing.join(', ')}: run npm run build where npm reaches its registry.`);
  return present.filter((name) => !forLambda.includes(name)).map((name) => `${folder}/${name}`);
}
