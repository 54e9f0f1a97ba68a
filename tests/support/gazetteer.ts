import { join } from 'node:path';
import { buildGazetteer } from '../../infra/build/gazetteer/build-gazetteer.ts';
import { openGazetteer } from '../../shared/adapters/gazetteer/sqlite-gazetteer.ts';
import type { Gazetteer } from '../../shared/domain/gazetteer.ts';

/** Where `npm run build` puts the gazetteer. */
export const gazetteerFile = join(import.meta.dirname, '../../dist/gazetteer.db');

/** The real gazetteer, built first if it is missing or out of date. */
export async function builtGazetteer(): Promise<Gazetteer> {
  await buildGazetteer({ outputFile: gazetteerFile, log: () => undefined });
  return openGazetteer(gazetteerFile);
}
