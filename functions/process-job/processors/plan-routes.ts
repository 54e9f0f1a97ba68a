import { storiesPerRoute } from '../../../shared/catalog/batches.ts';
import type { InputOf } from '../../../shared/catalog/job-types.ts';
import type { PlannedRoute } from '../../../shared/catalog/schemas/batch.ts';
import { routeCost } from '../../../shared/domain/cost.ts';
import {
  explainResolution,
  type Gazetteer,
  type Place,
  placeLabel,
  resolvePlace,
} from '../../../shared/domain/gazetteer.ts';
import { isAsked, type RouteFinder, type TownRoute } from '../../../shared/domain/routes/route-finder.ts';
import { wayPoints } from '../../../shared/domain/routes/way-points.ts';
import type { StepContext } from '../../../shared/jobs/processor.ts';

type Asked = InputOf<'pregenerate_stories'>['routes'][number];

/** About a metre. */
const POSITION_DIGITS = 5;

interface Atlas {
  readonly gazetteer: Gazetteer;
  readonly finder: RouteFinder;
}

/** Of the attempt that plans. */
type Attempt = Pick<StepContext<unknown, unknown>, 'signal' | 'spend'>;

/**
 * Finds each route and the way points to tell of, one after another. A route whose places are not clear, or that no road leads along, says why
 * and has none; what stops the finder stops the plan.
 */
export async function planRoutes(routes: readonly Asked[], atlas: Atlas, attempt: Attempt): Promise<PlannedRoute[]> {
  const planned: PlannedRoute[] = [];
  for (const route of routes) planned.push(await planRoute(route, atlas, attempt));
  return planned;
}

async function planRoute(
  asked: Asked,
  { gazetteer, finder }: Atlas,
  { signal, spend }: Attempt,
): Promise<PlannedRoute> {
  const origin = resolvePlace(gazetteer, asked.origin);
  if (origin.outcome !== 'found') return unclear(asked, 'origin', origin);
  const destination = resolvePlace(gazetteer, asked.destination);
  if (destination.outcome !== 'found') return unclear(asked, 'destination', destination);
  const route = await finder.find(origin.place, destination.place, signal);
  if (finder.microUsd > 0 && isAsked(origin.place, destination.place)) spend(routeCost(finder.microUsd));
  if (route) return found(origin.place, destination.place, route);
  const message = `No way over land is known from ${placeLabel(origin.place)} to ${placeLabel(destination.place)}.`;
  return withProblem(asked, { code: 'route_unknown', message });
}

function found(origin: Place, destination: Place, route: TownRoute): PlannedRoute {
  return {
    origin: placeLabel(origin),
    destination: placeLabel(destination),
    approximate: route.isApproximate,
    distance_km: Math.round(route.lengthKm),
    duration: Math.round(route.durationSeconds),
    way_points: wayPoints(route, storiesPerRoute).map(({ name, latitude, longitude, alongKm, arrivalSeconds }) => ({
      name,
      latitude: Number(latitude.toFixed(POSITION_DIGITS)),
      longitude: Number(longitude.toFixed(POSITION_DIGITS)),
      distance_km: Math.round(alongKm),
      arrives_after: Math.round(arrivalSeconds),
    })),
  };
}

function unclear(
  asked: Asked,
  field: 'origin' | 'destination',
  resolution: Parameters<typeof explainResolution>[0],
): PlannedRoute {
  const code = resolution.outcome === 'ambiguous' ? 'place_ambiguous' : 'place_unknown';
  return withProblem(asked, { code, field, message: explainResolution(resolution) });
}

function withProblem({ origin, destination }: Asked, problem: NonNullable<PlannedRoute['problem']>): PlannedRoute {
  return { origin, destination, approximate: true, way_points: [], problem };
}
