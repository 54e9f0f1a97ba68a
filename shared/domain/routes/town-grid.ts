import { distanceKm, kmPerDegree, type Point } from '../geodesy.ts';

/** Side of a cell, degrees; about the length of a hop from town to town. */
const CELL_DEGREES = 0.5;
const CELLS_AROUND = 360 / CELL_DEGREES;

export interface Neighbor {
  readonly node: number;
  readonly distanceKm: number;
}

/** Finds the points within a distance of each other without measuring every pair. Works across the date line, not across a pole. */
export function townGrid(points: readonly Point[]): (node: number, radiusKm: number) => readonly Neighbor[] {
  const cells = Map.groupBy(points.keys(), (node) => keyOf(points[node] ?? origin));
  return (node, radiusKm) => {
    const from = points[node] ?? origin;
    return keysAround(from, radiusKm)
      .flatMap((key) => cells.get(key) ?? [])
      .filter((other) => other !== node)
      .map((other) => ({ node: other, distanceKm: distanceKm(from, points[other] ?? origin) }))
      .filter(({ distanceKm: distance }) => distance <= radiusKm);
  };
}

const origin: Point = { latitude: 0, longitude: 0 };

function keyOf({ latitude, longitude }: Point): number {
  return key(Math.floor(latitude / CELL_DEGREES), Math.floor(longitude / CELL_DEGREES));
}

function key(row: number, column: number): number {
  return row * CELLS_AROUND + (((column % CELLS_AROUND) + CELLS_AROUND) % CELLS_AROUND);
}

function keysAround(point: Point, radiusKm: number): readonly number[] {
  const degrees = radiusKm / kmPerDegree;
  const highest = Math.min(85, Math.abs(point.latitude) + degrees);
  const width = Math.min(CELLS_AROUND / 2 - 1, Math.ceil(degrees / Math.cos((highest * Math.PI) / 180) / CELL_DEGREES));
  const height = Math.ceil(degrees / CELL_DEGREES);
  const row = Math.floor(point.latitude / CELL_DEGREES);
  const column = Math.floor(point.longitude / CELL_DEGREES);
  return range(row - height, row + height).flatMap((y) => range(column - width, column + width).map((x) => key(y, x)));
}

function range(first: number, last: number): readonly number[] {
  return Array.from({ length: last - first + 1 }, (_, offset) => first + offset);
}
