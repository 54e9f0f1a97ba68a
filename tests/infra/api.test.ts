import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { basePath, type RouteDefinition, routeNames, routes } from '../../shared/catalog/routes.ts';
import { Synthesized, targetOf } from './synthesized.ts';

const Route = z.object({
  RouteKey: z.string(),
  Target: z.object({ 'Fn::Join': z.tuple([z.literal(''), z.tuple([z.literal('integrations/'), z.unknown()])]) }),
  AuthorizationType: z.string(),
  AuthorizationScopes: z.array(z.string()).default([]),
});

const Api = z.object({ CorsConfiguration: z.object({ AllowOrigins: z.array(z.string()) }) });

const Stage = z.object({
  AccessLogSettings: z.object({ Format: z.string() }),
  // By the route are no metrics, which nobody looks at and each of which costs: the access log has the route.
  DefaultRouteSettings: z.strictObject({ ThrottlingRateLimit: z.number(), ThrottlingBurstLimit: z.number() }),
});

const Permission = z.object({
  Action: z.string(),
  FunctionName: z.unknown(),
  Principal: z.string(),
  SourceArn: z.unknown(),
});

const Authorizer = z.object({ JwtConfiguration: z.object({ Audience: z.array(z.string()), Issuer: z.string() }) });

let local: Synthesized;
beforeAll(() => {
  local = new Synthesized({ stage: 'local' });
});

describe('the HTTP API', () => {
  const deployed = () =>
    local.service.ofType('AWS::ApiGatewayV2::Route').map(({ Properties }) => Route.parse(Properties));
  const one = (type: string) => local.service.ofType(type)[0]?.Properties;

  it.each(routeNames)('asks for the scope of the catalog on route %s', (name) => {
    const { method, path, scope }: RouteDefinition = routes[name];
    const route = deployed().find(({ RouteKey }) => RouteKey === `${method} ${basePath}${path}`);
    expect(route?.AuthorizationType).toBe(scope ? 'JWT' : 'NONE');
    expect(route?.AuthorizationScopes).toEqual(scope ? [scope] : []);
  });

  it('has no route beside the catalog’s and the one for everything else', () => {
    expect(deployed()).toHaveLength(routeNames.length + 1);
  });

  it('answers what matches no route itself, without asking for a token', () => {
    const unmatched = deployed().find(({ RouteKey }) => RouteKey === '$default');
    expect(unmatched?.AuthorizationType).toBe('NONE');
  });

  it('may call the function of every route, under the name by which API Gateway calls it', () => {
    const permissions = local.service
      .ofType('AWS::Lambda::Permission')
      .map(({ Properties }) => Permission.parse(Properties))
      .filter(({ Principal }) => Principal === 'apigateway.amazonaws.com');
    const [api] = local.service.ofType('AWS::ApiGatewayV2::Api');
    const refused = deployed().filter(({ RouteKey, Target }) => {
      const called = `:<${api?.id}>/$default/${RouteKey.replace(' ', '')}`;
      const { IntegrationUri } = local.service.target(Target['Fn::Join'][1][1]).Properties;
      return !permissions.some(
        ({ FunctionName, SourceArn }) =>
          JSON.stringify(FunctionName) === JSON.stringify(IntegrationUri) && admits(resourceOf(SourceArn), called),
      );
    });
    expect(refused).toEqual([]);
  });

  it('lets a preflight request pass without a token', () => {
    const catching = deployed().filter(({ RouteKey }) => /^(ANY|OPTIONS) |^\$default$/.test(RouteKey));
    for (const route of catching) expect(route.AuthorizationType).toBe('NONE');
    expect(Api.parse(one('AWS::ApiGatewayV2::Api')).CorsConfiguration.AllowOrigins).toEqual([
      'http://localhost:3000',
      'http://localhost:8081',
    ]);
  });

  it('trusts the stage’s issuer for this audience only', () => {
    expect(Authorizer.parse(one('AWS::ApiGatewayV2::Authorizer')).JwtConfiguration).toEqual({
      Audience: ['roadtrip-jobs'],
      Issuer: 'https://issuer.roadtrip-jobs.local',
    });
  });

  it('logs every request as JSON, and is throttled', () => {
    const { AccessLogSettings, DefaultRouteSettings } = Stage.parse(one('AWS::ApiGatewayV2::Stage'));
    expect(JSON.parse(AccessLogSettings.Format)).toHaveProperty('request_id', '$context.requestId');
    expect(DefaultRouteSettings).toEqual({ ThrottlingRateLimit: 500, ThrottlingBurstLimit: 1_000 });
  });
});

/** What follows the account in an ARN of a template, with each `Ref` as `<its id>`. */
function resourceOf(arn: unknown): string {
  const parts = z.object({ 'Fn::Join': z.tuple([z.literal(''), z.array(z.unknown())]) }).parse(arn)['Fn::Join'][1];
  const text = parts.map((part) => (typeof part === 'string' ? part : `<${targetOf(part)}>`)).join('');
  return text.slice(text.lastIndexOf(':'));
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN */
function admits(pattern: string, text: string): boolean {
  const parts = pattern.split('*').map((part) => part.replaceAll(/[$<>{}.]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(text);
}
