import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import type { Gazetteer, Place } from '../../domain/gazetteer.ts';
import { distanceKm, type Point } from '../../domain/geodesy.ts';
import { boxesAround } from './boxes.ts';

type PositionSearch = Pick<Gazetteer, 'near' | 'countWithin' | 'citiesAtLatitude'>;

const positionSchema = z.object({ id: z.number(), latitude: z.number(), longitude: z.number() });
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
    countWithin: (point, radiusKm) => idsNear(point, radiusKm, findPlaces).length,
    citiesAtLatitude: (latitude, toleranceDegrees) =>
      findAtLatitude
        .all(latitude - toleranceDegrees, latitude + toleranceDegrees, latitudeCityPopulation)
        .map((row) => readPlace(idSchema.parse(row).id)),
  };
}
