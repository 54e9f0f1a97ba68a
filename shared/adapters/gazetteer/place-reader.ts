import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import type { Place } from '../../domain/gazetteer.ts';

const placeSchema = z.object({
  id: z.number(),
  name: z.string(),
  latitude_e5: z.number(),
  longitude_e5: z.number(),
  feature_code: z.string(),
  country_code: z.string(),
  region_code: z.string().nullable(),
  region: z.string().nullable(),
  region_capital_id: z.number().nullable(),
  district: z.string().nullable(),
  district_rank: z.number().nullable(),
  district_places: z.number().nullable(),
  population: z.number(),
  elevation_meters: z.number().nullable(),
  other_names: z.string().nullable(),
  namesakes: z.number(),
});

const countryNames = new Intl.DisplayNames('en', { type: 'region' });

/** Names that the Unicode tables give in a form for lists, not for sentences. */
const plainCountryNames: Readonly<Record<string, string>> = {
  CD: 'Democratic Republic of the Congo',
  CG: 'Republic of the Congo',
  HK: 'Hong Kong',
  MM: 'Myanmar',
  MO: 'Macao',
};

/** Reads places by GeoNames id; an id that is not in the file is an error. */
export function createPlaceReader(database: DatabaseSync): (id: number) => Place {
  const findPlace = database.prepare(`
    select place.*, region.name as region, region.capital_id as region_capital_id, district.name as district from place
    left join region on region.code = place.country_code || '.' || place.region_code
    left join district on district.id = place.district_id
    where place.id = ?
  `);
  return (id) => toPlace(placeSchema.parse(findPlace.get(id)));
}

/** The usual English name of a country, such as "Türkiye" for TR. */
export function countryName(code: string): string {
  return plainCountryNames[code] ?? countryNames.of(code) ?? code;
}

function toPlace(row: z.infer<typeof placeSchema>): Place {
  const isRanked = row.district_rank !== null && row.district_places !== null;
  return {
    id: row.id,
    name: row.name,
    latitude: row.latitude_e5 / 1e5,
    longitude: row.longitude_e5 / 1e5,
    seatOf: seatOf(row),
    countryCode: row.country_code,
    country: countryName(row.country_code),
    regionCode: row.region_code ?? undefined,
    region: row.region ?? undefined,
    district: row.district ?? undefined,
    districtStanding: isRanked ? { rank: row.district_rank ?? 1, places: row.district_places ?? 1 } : undefined,
    population: row.population,
    elevationMeters: row.elevation_meters ?? undefined,
    otherNames: row.other_names?.split('|') ?? [],
    namesakes: row.namesakes,
  };
}

/** From the feature code; a seat of a region that has several is not believed to be its capital. */
function seatOf(row: z.infer<typeof placeSchema>): Place['seatOf'] {
  if (row.feature_code === 'PPLC') {
    return 'country';
  }
  if (row.feature_code === 'PPLA') {
    return row.region_capital_id === row.id ? 'region' : undefined;
  }
  return row.feature_code === 'PPLA2' ? 'district' : undefined;
}
