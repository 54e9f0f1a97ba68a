import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as z from 'zod';
import { localStageFolder } from '../../infra/commands/local-stage.ts';

/** What every function of the next release writes into its log when it starts. */
export const releaseNote = 'This is the next release';

const AssetManifest = z.looseObject({
  files: z.record(z.string(), z.looseObject({ source: z.looseObject({ path: z.string() }) })).default({}),
});

/** The `local` stage as a later release would synthesize it: the same template, every bundle another one. Answers its folder. */
export function synthesizeNextRelease(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'roadtrip-next-'));
  cpSync(localStageFolder, folder, { recursive: true });
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.assets.json'))) {
    const manifest = AssetManifest.parse(JSON.parse(readFileSync(path.join(folder, file), 'utf8')));
    for (const [hash, asset] of Object.entries(manifest.files)) {
      const bundle = path.resolve(localStageFolder, asset.source.path);
      if (path.extname(bundle) === '') asset.source.path = changed(bundle, path.join(folder, 'assets', hash));
      else asset.source.path = bundle;
    }
    writeFileSync(path.join(folder, file), JSON.stringify(manifest));
  }
  return folder;
}

/** The asset with a line more in its bundle; what lies beside it is large, and the same. */
function changed(asset: string, copy: string): string {
  mkdirSync(copy, { recursive: true });
  for (const name of readdirSync(asset)) {
    const original = path.join(asset, name);
    if (name !== 'index.mjs') symlinkSync(original, path.join(copy, name));
    else writeFileSync(path.join(copy, name), `console.log('${releaseNote}');\n${readFileSync(original, 'utf8')}`);
  }
  return copy;
}
