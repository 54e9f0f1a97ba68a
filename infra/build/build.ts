import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeSize } from './bundle-sizes.ts';
import { buildBundles } from './bundles.ts';
import { buildClient, describeClient } from './client.ts';
import { buildDocs } from './docs.ts';
import { buildGazetteer } from './gazetteer/build-gazetteer.ts';
import { buildImaging } from './imaging/build-imaging.ts';
import { buildOpenapi } from './openapi.ts';

const root = join(import.meta.dirname, '../..');
const gazetteerFile = join(root, 'dist/gazetteer.db');

/** What `npm run build` does, in order. Each step logs what it made; the first failure ends the build. */
const steps: Readonly<Record<string, () => Promise<void>>> = {
  gazetteer: () => buildGazetteer({ outputFile: gazetteerFile, log: (line) => console.error(`  ${line}`) }),
  bundles: async () => {
    const sizes = await buildBundles({
      functionsDirectory: join(root, 'functions'),
      outputDirectory: join(root, 'dist/functions'),
      gazetteerFile,
    });
    for (const size of sizes) console.error(`  ${describeSize(size)}`);
  },
  imaging: () =>
    buildImaging({
      root,
      functionsFolder: join(root, 'dist/functions'),
      gazetteerFile,
      cacheFolder: join(root, 'dist/native'),
      log: (line) => console.error(`  ${line}`),
    }),
  // One for readers, one beside the function that answers with it.
  openapi: () => buildOpenapi([join(root, 'dist/openapi.json'), join(root, 'dist/functions/read-jobs/openapi.json')]),
  docs: () => buildDocs([join(root, 'dist/docs.html'), join(root, 'dist/functions/read-jobs/docs.html')]),
  client: async () => console.error(`  ${describeClient(await buildClient(join(root, 'dist/client')))}`),
};

for (const [name, step] of Object.entries(steps)) await run(name, step);
// What was changed before this moment is in dist/; the local cloud builds again only when something is newer.
writeFileSync(join(root, 'dist/built'), '');

/** Progress goes to stderr: `cdk synth` builds first, and its stdout is a template. */
async function run(name: string, step: () => Promise<void>): Promise<void> {
  const started = performance.now();
  console.error(`build: ${name}`);
  try {
    await step();
  } catch (error) {
    console.error(`build: ${name} failed: ${error instanceof Error ? error.message : String(error)}`);
    process.exit(1);
  }
  console.error(`build: ${name} done in ${((performance.now() - started) / 1000).toFixed(1)} s`);
}
