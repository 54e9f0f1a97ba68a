import type { EnvironmentOf } from '../catalog/environment.ts';
import type { Gazetteer } from '../domain/gazetteer.ts';
import { embeddedRouteFinder } from '../domain/routes/embedded-route-finder.ts';
import type { RouteFinder } from '../domain/routes/route-finder.ts';
import { gatedRouteFinder } from '../jobs/gated-calls.ts';
import type { UpstreamGate } from '../jobs/upstream-gate.ts';

/** The stage's, Amazon Location behind its gate; its client is loaded only where it is asked. Throws in a function that plans no routes. */
export async function routeFinder(
  { ROUTE_FINDER }: Pick<EnvironmentOf<'process-job'>, 'ROUTE_FINDER'>,
  gazetteer: Gazetteer,
  gate: () => UpstreamGate,
): Promise<RouteFinder> {
  if (ROUTE_FINDER === undefined) throw new Error('This function has no finder of routes');
  if (ROUTE_FINDER === 'embedded') return embeddedRouteFinder(gazetteer);
  const { createLocationClient } = await import('../adapters/location/location-client.ts');
  const { LocationRouteFinder } = await import('../adapters/location/location-route-finder.ts');
  return gatedRouteFinder(new LocationRouteFinder(createLocationClient(), gazetteer), gate());
}
