import { Stack } from 'aws-cdk-lib';
import { Grant } from 'aws-cdk-lib/aws-iam';
import type { StageSettings } from '../stage-settings.ts';
import type { Configurable } from './configurable.ts';

/**
 * Tells a function who finds its routes, and lets it ask Amazon Location if that is who.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_geo-routes.html
 */
export function grantRoutes(fn: Configurable<'ROUTE_FINDER'>, finder: StageSettings['routes']): void {
  fn.setVariable('ROUTE_FINDER', finder);
  if (finder === 'embedded') return;
  const provider = { service: 'geo-routes', account: '', resource: 'provider', resourceName: 'default' };
  Grant.addToPrincipal({
    grantee: fn,
    actions: ['geo-routes:CalculateRoutes'],
    resourceArns: [Stack.of(fn).formatArn(provider)],
  });
}
