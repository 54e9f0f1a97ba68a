import type { RouteTown, TownRoute } from './route-finder.ts';

/** How much a tenfold population outweighs lying in the middle of its stretch. */
const populationWeight = 0.2;

/**
 * Up to `count` towns along the route, in its order: the route without its ends is cut into equal stretches, and each gives the town that is
 * large and near its middle. A stretch without a town gives none; a route without towns between its ends gives its destination.
 */
export function wayPoints(
  { towns, lengthKm }: Pick<TownRoute, 'towns' | 'lengthKm'>,
  count: number,
): readonly RouteTown[] {
  const stretchKm = lengthKm / (count + 1);
  const chosen = Array.from({ length: count }, (_, index) => bestTown(towns, (index + 1) * stretchKm, stretchKm));
  const points = chosen.flatMap((town) => town ?? []);
  return points.length > 0 ? points : towns.slice(-1);
}

function bestTown(towns: readonly RouteTown[], middleKm: number, stretchKm: number): RouteTown | undefined {
  const inStretch = towns.filter(
    ({ alongKm }) => alongKm >= middleKm - stretchKm / 2 && alongKm < middleKm + stretchKm / 2,
  );
  const worthOf = ({ alongKm, population }: RouteTown) =>
    populationWeight * Math.log10(population + 1) - Math.abs(alongKm - middleKm) / stretchKm;
  return inStretch.toSorted((a, b) => worthOf(b) - worthOf(a))[0];
}
