import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { DISABLE_ASSET_STAGING_CONTEXT } from 'aws-cdk-lib/cx-api';
import type { Construct } from 'constructs';
import { binariesForElsewhere } from './native-packages.ts';

/** Context key: any value makes functions without code, so that a template can be had without a build. */
export const stubCodeKey = 'stub-code';

const assets = join(import.meta.dirname, '../../dist/functions');

/**
 * The built asset of a function, without its source map and without binaries that are not for Lambda; an asset that is not staged is run where
 * it was built, and keeps them. Throws when it has not been built, or not for Lambda.
 */
export function functionCode(scope: Construct, asset: string): Code {
  if (scope.node.tryGetContext(stubCodeKey) !== undefined) return Code.fromInline('exports.handler = async () => {};');
  const folder = join(assets, asset);
  if (!existsSync(join(folder, 'index.mjs'))) throw new Error(`dist/functions/${asset} is missing: run npm run build.`);
  const runsHere = scope.node.tryGetContext(DISABLE_ASSET_STAGING_CONTEXT) !== undefined;
  return Code.fromAsset(folder, { exclude: ['*.map', '.made-of', ...(runsHere ? [] : binariesForElsewhere(folder))] });
}
