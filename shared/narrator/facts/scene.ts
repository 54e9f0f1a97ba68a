import type { Gazetteer, NearbyPlace, Place } from '../../domain/gazetteer.ts';
import type { Point } from '../../domain/geodesy.ts';
import type { StoryBrief } from '../../domain/story.ts';

/** Where the traveller is, told by the one place a story is about. Every fact is about the scene. */
export interface Scene {
  readonly gazetteer: Gazetteer;
  readonly brief: StoryBrief;
  readonly point: Point;
  readonly here: Place;
  readonly distanceKm: number;
  readonly relation: Relation;
  /** The nearest places, `here` included, nearest first. */
  readonly around: readonly NearbyPlace[];
}

/** `in` the place, `near` it (12 km), `between` places or `offshore` (100 km), or `remote` from all of them. */
export type Relation = 'in' | 'near' | 'between' | 'offshore' | 'remote';

/** The map is drawn at 1:50 million: nearer to its coasts it does not say what is sea. */
export const seaMarginKm = 25;

/**
 * Searched one after the other until there are neighbors. The wide ones grow in small steps: a circle that takes in a whole
 * continent costs a hundred times one that just touches its coast. The last is the Earth.
 */
const ringsKm = [15, 40, 100, 250, 350, 500, 700, 900, 1_200, 1_600, 2_100, 2_700, 3_500, 20_040];
const neighborsWanted = 3;
const neighborsKept = 24;

/** Within this distance the better known place is preferred to the nearest. */
const preferKnownKm = 6;

/** A name the traveller gave is believed if a place so called is no further than this. */
const namedPlaceKm = 40;

/** Finds the place to speak of. Undefined only if the gazetteer is empty. */
export function findScene(gazetteer: Gazetteer, brief: StoryBrief): Scene | undefined {
  const { latitude, longitude, name } = brief.location;
  const point = { latitude, longitude };
  const around = nearestPlaces(gazetteer, point);
  const [nearest] = around;
  const chosen = placeNamed(around, name) ?? bestKnown(around) ?? nearest;
  if (nearest === undefined || chosen === undefined) {
    return undefined;
  }
  const relation = relationTo(chosen, nearest, () => gazetteer.openSea(point, seaMarginKm));
  return { gazetteer, brief, point, here: chosen.place, distanceKm: chosen.distanceKm, relation, around };
}

function nearestPlaces(gazetteer: Gazetteer, point: Point): readonly NearbyPlace[] {
  let places: readonly NearbyPlace[] = [];
  for (const radiusKm of ringsKm) {
    places = gazetteer.near(point, radiusKm, { limit: neighborsKept });
    if (places.length >= neighborsWanted || (places.length > 0 && radiusKm >= 350)) {
      break;
    }
  }
  return places;
}

function placeNamed(around: readonly NearbyPlace[], name: string | undefined): NearbyPlace | undefined {
  const wanted = name?.split(',')[0]?.trim();
  return around.find(
    ({ place, distanceKm }) =>
      wanted !== undefined &&
      distanceKm <= namedPlaceKm &&
      place.name.localeCompare(wanted, 'en', { sensitivity: 'base' }) === 0,
  );
}

function bestKnown(around: readonly NearbyPlace[]): NearbyPlace | undefined {
  const known = (nearby: NearbyPlace): number => nearby.place.population / (1 + nearby.distanceKm);
  const candidates = around.filter(({ distanceKm }) => distanceKm <= preferKnownKm);
  return candidates.toSorted((first, second) => known(second) - known(first))[0];
}

/** "In" is claimed only within a circle that the built-up area of a place of that size surely fills. */
function relationTo(chosen: NearbyPlace, nearest: NearbyPlace, isOpenSea: () => boolean): Relation {
  const builtUpKm = Math.min(4, Math.max(0.8, Math.sqrt(chosen.place.population) / 300));
  if (chosen.place.id === nearest.place.id && chosen.distanceKm <= builtUpKm) {
    return 'in';
  }
  if (chosen.distanceKm <= 12) {
    return 'near';
  }
  if (chosen.distanceKm > 100) {
    return 'remote';
  }
  return isOpenSea() ? 'offshore' : 'between';
}
