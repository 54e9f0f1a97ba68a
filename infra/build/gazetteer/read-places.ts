import { readFileSync } from 'node:fs';
import { inputFiles } from './inputs.ts';

/** One record of GeoNames cities500.txt, as far as it is used. */
export interface GeoNamesRecord {
  readonly id: number;
  readonly name: string;
  readonly asciiName: string;
  readonly alternateNames: readonly string[];
  readonly latitude: number;
  readonly longitude: number;
  readonly featureCode: string;
  readonly countryCode: string;
  readonly regionCode: string;
  readonly districtCode: string;
  /** 0 when unknown. */
  readonly population: number;
  /** Surveyed height where there is one, else from the terrain model; metres. */
  readonly elevationMeters: number | undefined;
}

/** Abandoned, historical and destroyed places: nobody drives through them. */
const goneFeatureCodes = new Set(['PPLQ', 'PPLH', 'PPLW', 'PPLCH']);

/** Columns: https://download.geonames.org/export/dump/readme.txt */
const columnCount = 19;

/** Every living populated place of the file. */
export function readPlaces(): GeoNamesRecord[] {
  return readFileSync(inputFiles.places, 'utf8')
    .split('\n')
    .map((line) => line.split('\t'))
    .filter((columns) => columns.length === columnCount)
    .map(toRecord)
    .filter((record) => record.name !== '' && !goneFeatureCodes.has(record.featureCode));
}

function toRecord(columns: readonly string[]): GeoNamesRecord {
  const column = (index: number): string => columns[index] ?? '';
  return {
    id: Number(column(0)),
    name: column(1),
    asciiName: column(2),
    alternateNames:
      column(3) === ''
        ? []
        : column(3)
            .split(',')
            .map((name) => name.trim()),
    latitude: Number(column(4)),
    longitude: Number(column(5)),
    featureCode: column(7),
    countryCode: column(8),
    regionCode: column(10),
    districtCode: column(11),
    population: Number(column(14)) || 0,
    elevationMeters: readElevation(column(15), column(16)),
  };
}

/** The terrain model writes -9999 where it knows nothing. */
function readElevation(surveyed: string, terrain: string): number | undefined {
  const text = surveyed === '' ? terrain : surveyed;
  return text === '' || text === '-9999' ? undefined : Number(text);
}
