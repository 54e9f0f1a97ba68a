import { GeoRoutesClient } from '@aws-sdk/client-geo-routes';
import { requestLimits } from '../request-limits.ts';

/** One client a function. Two tries at most, ten seconds each: the job's own retry policy spreads the rest over time instead of hurrying them. */
export function createLocationClient(): GeoRoutesClient {
  return new GeoRoutesClient({ maxAttempts: 2, requestHandler: requestLimits(1_000, 10_000) });
}
