import type { Gazetteer, Town } from '../gazetteer.ts';
import { distanceKm, nearestOnWay } from '../geodesy.ts';
import type { RoadPoint } from './road.ts';
import type { RouteTown, TownRoute } from './route-finder.ts';

/** How far from the road the middle of a town may lie: main roads go round them. */
const farthestKm = 4;

/** Smaller ones are farms and crossroads. */
const smallestTown = 100;

/** How much of the road is looked at in one question to the gazetteer. */
const pieceKm = 25;

/**
 * A road between two towns as the gazetteer's towns that lie on it, each where the road comes nearest to it, in the road's order. The two ends
 * are always there. A road without a point leads from a town to itself.
 */
export function townsOnRoad(
  gazetteer: Pick<Gazetteer, 'townsBetween'>,
  road: readonly RoadPoint[],
  origin: Town,
  destination: Town,
): TownRoute {
  const { alongKm, arrivalSeconds } = road.at(-1) ?? { alongKm: 0, arrivalSeconds: 0 };
  const passed = passedTowns(gazetteer, road);
  const between = [...passed.values()]
    .filter(({ town }) => town.id !== origin.id && town.id !== destination.id)
    .map(({ town, alongKm, arrivalSeconds }) => ({ ...town, alongKm, arrivalSeconds }))
    .toSorted((one, other) => one.alongKm - other.alongKm);
  const start: RouteTown = { ...origin, alongKm: 0, arrivalSeconds: 0 };
  const towns = road.length === 0 ? [start] : [start, ...between, { ...destination, alongKm, arrivalSeconds }];
  return { towns, lengthKm: alongKm, durationSeconds: arrivalSeconds, isApproximate: false };
}

/** A town, and where the road comes nearest to it. */
interface Passing {
  readonly town: Town;
  readonly offRoadKm: number;
  readonly alongKm: number;
  readonly arrivalSeconds: number;
}

/** By the towns' ids. A road that passes a town twice passes it where it is nearer. */
function passedTowns(
  gazetteer: Pick<Gazetteer, 'townsBetween'>,
  road: readonly RoadPoint[],
): ReadonlyMap<number, Passing> {
  const nearest = new Map<number, Passing>();
  for (const piece of piecesOf(road)) {
    for (const town of townsAround(gazetteer, piece)) {
      const passing = passingOf(town, piece);
      const known = nearest.get(town.id)?.offRoadKm ?? farthestKm;
      if (passing && passing.offRoadKm <= known) nearest.set(town.id, passing);
    }
  }
  return nearest;
}

/** Each begins where the one before ended. */
function piecesOf(road: readonly RoadPoint[]): readonly (readonly RoadPoint[])[] {
  const pieces: RoadPoint[][] = [];
  for (const [index, point] of road.entries()) {
    const piece = pieces.at(-1);
    const before = road[index - 1];
    if (!piece || !before || before.alongKm - (piece[0]?.alongKm ?? 0) >= pieceKm) {
      pieces.push(before ? [before, point] : [point]);
    } else {
      piece.push(point);
    }
  }
  return pieces;
}

/** All towns near the piece, and some that are not: those in the ellipse round its ends that holds everything near it. */
function townsAround(gazetteer: Pick<Gazetteer, 'townsBetween'>, piece: readonly RoadPoint[]): readonly Town[] {
  const [first, last] = [piece[0], piece.at(-1)];
  if (!first || !last) return [];
  const widest = Math.max(...piece.map((point) => distanceKm(first, point) + distanceKm(point, last)));
  return gazetteer.townsBetween(first, last, widest + 2 * farthestKm, smallestTown);
}

function passingOf(town: Town, piece: readonly RoadPoint[]): Passing | undefined {
  let nearest: Passing | undefined;
  for (const [index, to] of piece.entries()) {
    const from = piece[index - 1] ?? to;
    const { part, distanceKm: offRoadKm } = nearestOnWay(town, from, to);
    if (nearest && nearest.offRoadKm <= offRoadKm) continue;
    nearest = {
      town,
      offRoadKm,
      alongKm: from.alongKm + part * (to.alongKm - from.alongKm),
      arrivalSeconds: from.arrivalSeconds + part * (to.arrivalSeconds - from.arrivalSeconds),
    };
  }
  return nearest;
}
