import { nameKey } from '../../../shared/adapters/gazetteer/name-key.ts';
import type { GeoNamesRecord } from './read-places.ts';

/** What a place can only know by looking at all the others. */
export interface Standing {
  /** Places of the same country with the same name, itself included. */
  readonly namesakes: number;
  /** 1 is the most populous of its district; undefined when its population or district is unknown. */
  readonly districtRank: number | undefined;
  readonly districtPlaces: number;
}

/** The standing of every place, by GeoNames id. Parts of towns are not counted as places. */
export function findStandings(records: readonly GeoNamesRecord[]): Map<number, Standing> {
  const towns = records.filter((record) => record.featureCode !== 'PPLX');
  const byName = Map.groupBy(towns, (record) => `${record.countryCode}.${nameKey(record.name)}`);
  const byDistrict = Map.groupBy(towns, districtKey);
  const standings = new Map<number, Standing>();
  for (const [key, members] of byDistrict) {
    const ranked = members.toSorted((first, second) => second.population - first.population);
    for (const [index, record] of ranked.entries()) {
      const namesakes = byName.get(`${record.countryCode}.${nameKey(record.name)}`)?.length ?? 1;
      const isRanked = key !== '' && record.population > 0;
      standings.set(record.id, {
        namesakes,
        districtRank: isRanked ? index + 1 : undefined,
        districtPlaces: members.length,
      });
    }
  }
  return standings;
}

function districtKey(record: GeoNamesRecord): string {
  return record.districtCode === '' ? '' : `${record.countryCode}.${record.regionCode}.${record.districtCode}`;
}
