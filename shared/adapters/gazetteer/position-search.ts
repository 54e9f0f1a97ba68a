import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import type { Gazetteer, Place } from '../../domain/gazetteer.ts';
import { distanceKm, midpoint, type Point } from '../../domain/geodesy.ts';
import { boxesAround } from './boxes.ts';

type PositionSearch = Pick<Gazetteer, 'near' | 'countWithin' | 'citiesAtLatitude' | 'townsBetween'>;

const positionSchema = z.object({ id: z.number(), latitude: z.number(), longitude: z.number() });
const townSchema = positionSchema.extend({ name: z.string(), countryCode: z.string(), population: z.number() });
const idSchema = z.object({ id: z.number() });

/** Population from which a city is worth naming on the other side of the world. */
const latitudeCityPopulation = 400_000;

/** Questions of position, answered by the R-trees. */
export function createPositionSearch(database: DatabaseSync, readPlace: (id: number) => Place): PositionSearch {
  const findIn = (table: 'place_box' | 'city_box') =>
    database.prepare(`
      select id, south as latitude, west as longitude from ${table}
      where north >= ?1 and south <= ?2 and east >= ?3 and west <= ?4
    `);
  const findPlaces = findIn('place_box');
  const findCities = findIn('city_box');
  const findAtLatitude = database.prepare(`
    select place.id from city_box join place on place.id = city_box.id
    where north >= ?1 and south <= ?2 and population >= ?3 order by population desc
  `);

  const findTowns = database.prepare(`
    select place.id, name, country_code as countryCode, population, latitude_e5 / 1e5 as latitude, longitude_e5 / 1e5 as longitude
    from place_box join place on place.id = place_box.id
    where north >= ?1 and south <= ?2 and east >= ?3 and west <= ?4 and population >= ?5
  `);

  const idsNear = (point: Point, radiusKm: number, statement: typeof findPlaces): readonly number[] =>
    boxesAround(point, radiusKm)
      .flatMap((box) => statement.all(box.south, box.north, box.west, box.east))
      .map((row) => positionSchema.parse(row))
      .map((row) => ({ id: row.id, distance: distanceKm(point, row) }))
      .filter(({ distance }) => distance <= radiusKm)
      .sort((first, second) => first.distance - second.distance || first.id - second.id)
      .map(({ id }) => id);

  return {
    near: (point, radiusKm, options = {}) =>
      idsNear(point, radiusKm, options.minimumPopulation === 100_000 ? findCities : findPlaces)
        .slice(0, options.limit)
        .map(readPlace)
        .map((place) => ({ place, distanceKm: distanceKm(point, place) })),
    townsBetween: (from, to, longestKm, smallestPopulation) =>
      boxesAround(midpoint(from, to), longestKm / 2)
        .flatMap((box) => findTowns.all(box.south, box.north, box.west, box.east, smallestPopulation))
        .map((row) => townSchema.parse(row))
        .filter((town) => distanceKm(from, town) + distanceKm(town, to) <= longestKm),
    countWithin: (point, radiusKm) => idsNear(point, radiusKm, findPlaces).length,
    citiesAtLatitude: (latitude, toleranceDegrees) =>
      findAtLatitude
        .all(latitude - toleranceDegrees, latitude + toleranceDegrees, latitudeCityPopulation)
        .map((row) => readPlace(idSchema.parse(row).id)),
  };
}
