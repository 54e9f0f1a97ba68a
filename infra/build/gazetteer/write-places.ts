import { readFileSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { nameKey } from '../../../shared/adapters/gazetteer/name-key.ts';
import { readDistrictNames, readRegionNames } from './divisions.ts';
import { inputFiles } from './inputs.ts';
import { otherNamesOf, placeNameVocabulary } from './other-names.ts';
import type { GeoNamesRecord } from './read-places.ts';
import { findStandings } from './standings.ts';

/** From this population on a place is a city: it has its own R-tree. */
const cityPopulation = 100_000;

/** Smaller places are looked up by their own name only: their alternates are mostly spellings of it. */
const alternatesFromPopulation = 20_000;

const latinName = /^\p{Lu}[\p{Script=Latin}\p{M} .'’-]+$/u;

/** Fills the place, name, division and position tables. */
export function writePlaces(database: DatabaseSync, records: readonly GeoNamesRecord[]): void {
  const districtIds = writeDivisions(database, records);
  const englishWords = z.array(z.string()).parse(JSON.parse(readFileSync(inputFiles.englishWords, 'utf8')));
  const vocabulary = placeNameVocabulary(englishWords, records);
  const standings = findStandings(records);
  const insertPlace = database.prepare('insert into place values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  for (const record of records.toSorted((first, second) => first.id - second.id)) {
    const standing = standings.get(record.id);
    insertPlace.run(
      record.id,
      record.name,
      Math.round(record.latitude * 1e5),
      Math.round(record.longitude * 1e5),
      record.featureCode,
      record.countryCode,
      record.regionCode || null,
      districtIds.get(districtCode(record)) ?? null,
      standing?.districtRank ?? null,
      standing?.districtPlaces ?? null,
      record.population,
      record.elevationMeters ?? null,
      otherNamesOf(record, vocabulary).join('|') || null,
      standing?.namesakes ?? 1,
    );
  }
  writePositions(database, records);
  writeNames(database, records);
}

function writePositions(database: DatabaseSync, records: readonly GeoNamesRecord[]): void {
  const insertPlaceBox = database.prepare('insert into place_box values (?1, ?2, ?2, ?3, ?3)');
  const insertCityBox = database.prepare('insert into city_box values (?1, ?2, ?2, ?3, ?3)');
  for (const record of records.filter((candidate) => candidate.featureCode !== 'PPLX')) {
    insertPlaceBox.run(record.id, record.latitude, record.longitude);
    if (record.population >= cityPopulation) {
      insertCityBox.run(record.id, record.latitude, record.longitude);
    }
  }
}

function writeNames(database: DatabaseSync, records: readonly GeoNamesRecord[]): void {
  const insertName = database.prepare('insert or ignore into name values (?, ?)');
  const insertWords = database.prepare('insert into place_words(rowid, words) values (?, ?)');
  const keysById = records.map((record) => [record.id, namesToFind(record)] as const);
  const pairs = keysById.flatMap(([id, keys]) => keys.map((key) => [key, id] as const));
  for (const [key, id] of pairs.toSorted(([first], [second]) => (first < second ? -1 : Number(first > second)))) {
    insertName.run(key, id);
  }
  for (const [id, keys] of keysById) {
    insertWords.run(id, keys.join(' '));
  }
}

function namesToFind(record: GeoNamesRecord): string[] {
  const alternates = record.population >= alternatesFromPopulation ? record.alternateNames : [];
  const names = [record.name, record.asciiName, ...alternates.filter((name) => latinName.test(name))];
  return [...new Set(names.map(nameKey))].filter((key) => key !== '');
}

/** Writes regions, countries and the districts in use; answers the district ids by code. */
function writeDivisions(database: DatabaseSync, records: readonly GeoNamesRecord[]): Map<string, number> {
  const regionCapitals = findRegionCapitals(records);
  const countryCapitals = new Map(
    records.filter(({ featureCode }) => featureCode === 'PPLC').map(({ countryCode, id }) => [countryCode, id]),
  );
  const insertRegion = database.prepare('insert into region values (?, ?, ?)');
  for (const [code, name] of readRegionNames()) {
    insertRegion.run(code, name, regionCapitals.get(code) ?? null);
  }
  const insertCountry = database.prepare('insert into country values (?, ?)');
  for (const [code, capitalId] of countryCapitals) {
    insertCountry.run(code, capitalId);
  }
  return writeDistricts(database, records);
}

/** The national capital where it is in the region, else the region's seat; none where the records name several seats. */
function findRegionCapitals(records: readonly GeoNamesRecord[]): Map<string, number> {
  const seats = records.filter(({ featureCode }) => featureCode === 'PPLA' || featureCode === 'PPLC');
  const byRegion = Map.groupBy(seats, (record) => `${record.countryCode}.${record.regionCode}`);
  const capitals = new Map<string, number>();
  for (const [code, candidates] of byRegion) {
    const [first, second] = candidates;
    const capital = candidates.find(({ featureCode }) => featureCode === 'PPLC') ?? (second ? undefined : first);
    if (capital !== undefined) {
      capitals.set(code, capital.id);
    }
  }
  return capitals;
}

function writeDistricts(database: DatabaseSync, records: readonly GeoNamesRecord[]): Map<string, number> {
  const insertDistrict = database.prepare('insert into district values (?, ?)');
  const used = new Set(records.map(districtCode));
  const ids = new Map<string, number>();
  for (const [code, name] of readDistrictNames()) {
    if (used.has(code)) {
      ids.set(code, ids.size + 1);
      insertDistrict.run(ids.size, name);
    }
  }
  return ids;
}

function districtCode(record: GeoNamesRecord): string {
  return `${record.countryCode}.${record.regionCode}.${record.districtCode}`;
}
