import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import type { Gazetteer } from '../../domain/gazetteer.ts';
import { createAreaFinder } from './area-finder.ts';
import { createNameSearch } from './name-search.ts';
import { createPlaceReader } from './place-reader.ts';
import { createPositionSearch } from './position-search.ts';

const capitalSchema = z.object({ capital_id: z.number().nullable() }).optional();

/**
 * Opens the gazetteer file read only. It stays open as long as the process: nothing in it changes.
 * Throws an Error that says what to do when the file is missing.
 */
export function openGazetteer(file: string): Gazetteer {
  if (!existsSync(file)) {
    throw new Error(`The gazetteer is missing at ${file}. Make it with: npm run build`);
  }
  const database = new DatabaseSync(file, { readOnly: true });
  const readPlace = createPlaceReader(database);
  const findRegion = database.prepare('select capital_id from region where code = ?');
  const findCountry = database.prepare('select capital_id from country where code = ?');
  return {
    ...createPositionSearch(database, readPlace),
    ...createNameSearch(database, readPlace),
    ...createAreaFinder(database),
    capital: (countryCode, regionCode) => {
      const row =
        regionCode === undefined ? findCountry.get(countryCode) : findRegion.get(`${countryCode}.${regionCode}`);
      const id = capitalSchema.parse(row)?.capital_id ?? undefined;
      return id === undefined ? undefined : readPlace(id);
    },
  };
}
