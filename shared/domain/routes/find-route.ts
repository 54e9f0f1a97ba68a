import type { Gazetteer, Town } from '../gazetteer.ts';
import { distanceKm } from '../geodesy.ts';
import { OpenList } from './open-list.ts';
import type { TownRoute } from './route-finder.ts';
import { townGrid } from './town-grid.ts';

/** How much longer than the straight way, from town to town, a route may be; and room for short ones. */
const longestDetour = 1.28;
const roomKm = 20;

/** Roads are so much longer than the straight lines between their towns: 836 km for the 832 km of I-80 from Reno to Salt Lake City. */
const roadFactor = 1.18;

/** Between the 95 km/h of US-101 from San Francisco to Los Angeles and what the small roads between small towns allow. */
const meanKmPerHour = 85;
const secondsPerHour = 3_600;

/** The longest stretch without a town, kilometres: it grows from the first number to the second until there is a way. */
const usualHopKm = 60;
const longestHopKm = 300;
const hopGrowth = 1.6;

/**
 * The cheapest way over the gazetteer's towns, which follows the main roads because towns line them: long hops and tiny towns cost extra. It leaves a country that both ends lie in only if it must.
 * Undefined when nothing but sea or desert lies between the two.
 */
export function findRoute(
  gazetteer: Pick<Gazetteer, 'townsBetween'>,
  origin: Town,
  destination: Town,
): TownRoute | undefined {
  if (origin.id === destination.id) return measured([origin]);
  const straightKm = distanceKm(origin, destination);
  const longestKm = straightKm * longestDetour + roomKm;
  // The ends may be among them: a hop to where one is costs and gains nothing.
  const between = gazetteer.townsBetween(origin, destination, longestKm, smallestTown(straightKm));
  const home = between.filter(({ countryCode }) => countryCode === origin.countryCode);
  const isDomestic = origin.countryCode === destination.countryCode;
  return (
    (isDomestic ? routeOver([origin, destination, ...home]) : undefined) ?? routeOver([origin, destination, ...between])
  );
}

/** The route from the first of the towns to the second over some of the others. */
function routeOver(towns: readonly Town[]): TownRoute | undefined {
  const near = townGrid(towns);
  for (let hopKm = usualHopKm; hopKm <= longestHopKm; hopKm *= hopGrowth) {
    const path = cheapestPath(towns, (node) => near(node, hopKm));
    if (path) return measured(path);
  }
  return undefined;
}

/** People a town must have to lie on a route: on long ones the small towns add nothing but time to search. */
function smallestTown(straightKm: number): number {
  if (straightKm < 800) return 100;
  if (straightKm < 1_500) return 1_000;
  return straightKm < 2_500 ? 5_000 : 10_000;
}

/** A* from the first of the towns to the second. */
function cheapestPath(
  towns: readonly Town[],
  near: (node: number) => readonly { readonly node: number; readonly distanceKm: number }[],
): readonly Town[] | undefined {
  const [start, goal] = towns;
  if (!start || !goal) return undefined;
  const costs = new Map([[0, 0]]);
  const cameFrom = new Map<number, number>();
  const closed = new Set<number>();
  const open = new OpenList();
  open.add(distanceKm(start, goal), 0);
  for (let node = open.take(); node !== undefined; node = open.take()) {
    if (node === 1) return pathTo(node, cameFrom, towns);
    if (closed.has(node)) continue;
    closed.add(node);
    for (const { node: next, distanceKm: hopKm } of near(node)) {
      const town = towns[next];
      if (!town || closed.has(next)) continue;
      const cost = (costs.get(node) ?? 0) + costOf(hopKm, town.population);
      if (cost >= (costs.get(next) ?? Number.POSITIVE_INFINITY)) continue;
      costs.set(next, cost);
      cameFrom.set(next, node);
      open.add(cost + distanceKm(town, goal), next);
    }
  }
  return undefined;
}

/** Never less than the distance, so that the straight way to the goal is a lower bound. */
function costOf(hopKm: number, population: number): number {
  const tiny = Math.max(0, 4 - Math.log10(Math.max(10, population)));
  return Math.max(hopKm, 1) ** 1.25 + 1.5 + 1.2 * tiny;
}

function pathTo(goal: number, cameFrom: ReadonlyMap<number, number>, towns: readonly Town[]): readonly Town[] {
  const path: Town[] = [];
  for (let node: number | undefined = goal; node !== undefined; node = cameFrom.get(node)) {
    const town = towns[node];
    if (town) path.unshift(town);
  }
  return path;
}

function measured(path: readonly Town[]): TownRoute {
  let alongKm = 0;
  const towns = path.map((town, index) => {
    const before = path[index - 1];
    alongKm += before ? distanceKm(before, town) * roadFactor : 0;
    return { ...town, alongKm, arrivalSeconds: drivingSeconds(alongKm) };
  });
  return { towns, lengthKm: alongKm, durationSeconds: drivingSeconds(alongKm), isApproximate: true };
}

function drivingSeconds(km: number): number {
  return (km / meanKmPerHour) * secondsPerHour;
}
