import { kmPerDegree, type Point } from '../../domain/geodesy.ts';
import type { Outline } from './outline-codec.ts';

/** True if a line from the point to the east crosses the outlines an odd number of times: inside, holes left out. */
export function isInside(point: Point, outlines: readonly Outline[]): boolean {
  let inside = false;
  for (const outline of outlines) {
    let from = outline.at(-1);
    for (const to of outline) {
      if (from !== undefined && crossesEastward(point, from, to)) {
        inside = !inside;
      }
      from = to;
    }
  }
  return inside;
}

/** Distance to the nearest line of the outlines in kilometres; right to a few percent within some tens of kilometres. */
export function distanceToOutlinesKm(point: Point, outlines: readonly Outline[]): number {
  const kmPerLongitudeDegree = kmPerDegree * Math.cos((point.latitude * Math.PI) / 180);
  const flat = (corner: Point): readonly [x: number, y: number] => [
    (corner.longitude - point.longitude) * kmPerLongitudeDegree,
    (corner.latitude - point.latitude) * kmPerDegree,
  ];
  let nearest = Number.POSITIVE_INFINITY;
  for (const outline of outlines) {
    const last = outline.at(-1);
    let from = last === undefined ? undefined : flat(last);
    for (const corner of outline) {
      const to = flat(corner);
      nearest = Math.min(nearest, from === undefined ? Number.POSITIVE_INFINITY : distanceToOrigin(from, to));
      from = to;
    }
  }
  return nearest;
}

function crossesEastward(point: Point, from: Point, to: Point): boolean {
  if (from.latitude > point.latitude === to.latitude > point.latitude) {
    return false;
  }
  const share = (point.latitude - from.latitude) / (to.latitude - from.latitude);
  return point.longitude < from.longitude + share * (to.longitude - from.longitude);
}

function distanceToOrigin(from: readonly [number, number], to: readonly [number, number]): number {
  const [stepX, stepY] = [to[0] - from[0], to[1] - from[1]];
  const lengthSquared = stepX * stepX + stepY * stepY;
  const along = lengthSquared === 0 ? 0 : -(from[0] * stepX + from[1] * stepY) / lengthSquared;
  const share = Math.min(1, Math.max(0, along));
  return Math.hypot(from[0] + share * stepX, from[1] + share * stepY);
}
