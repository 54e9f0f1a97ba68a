import * as z from 'zod';
import { type HttpApi, type HttpApiAnswer, type HttpApiRoute, startHttpApi } from './aws/apigateway/http-api.ts';
import { jwtAuthorizer } from './aws/apigateway/jwt-authorizer.ts';
import { wildcard } from './aws/iam/wildcard.ts';
import type { TriggerOptions } from './cloud-triggers.ts';
import { ignored, readProperties } from './read-properties.ts';
import { localArn } from './template/physical-names.ts';
import type { ResolvedTemplate } from './template/resolve.ts';
import { TemplateError } from './template/template-error.ts';

const texts = z.array(z.string());

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_ApiGatewayV2.html */
const ApiProperties = z.strictObject({
  ProtocolType: z.literal('HTTP'),
  CorsConfiguration: z
    .strictObject({
      AllowOrigins: texts.optional(),
      AllowMethods: texts.optional(),
      AllowHeaders: texts.optional(),
      ExposeHeaders: texts.optional(),
      AllowCredentials: z.boolean().optional(),
      MaxAge: z.number().optional(),
    })
    .optional(),
  Name: ignored,
  Description: ignored,
  IpAddressType: ignored,
  Tags: ignored,
});

const StageProperties = z.looseObject({ StageName: z.literal('$default') });

const RouteProperties = z.object({
  RouteKey: z.string(),
  Target: z.string().startsWith('integrations/'),
  AuthorizationType: z.enum(['NONE', 'JWT']).default('NONE'),
  AuthorizerId: z.string().optional(),
  AuthorizationScopes: texts.default([]),
});

const IntegrationProperties = z.object({
  IntegrationType: z.literal('AWS_PROXY'),
  PayloadFormatVersion: z.literal('2.0'),
  IntegrationUri: z.string(),
});

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-permission.html */
const PermissionProperties = z.object({
  FunctionName: z.string(),
  Principal: z.string(),
  SourceArn: z.string().default('*'),
});

const AuthorizerProperties = z.object({
  AuthorizerType: z.literal('JWT'),
  IdentitySource: z.tuple([z.literal('$request.header.Authorization')]),
  JwtConfiguration: z.object({ Issuer: z.url(), Audience: z.array(z.string()).min(1) }),
});

/** Who the API trusts: the issuer's name and the audience its tokens are for. */
export interface TokenTrust {
  readonly issuer: string;
  readonly audience: string;
}

/** What the template's JWT authorizer trusts. Throws TemplateError unless there is exactly one. */
export function readTokenTrust(template: ResolvedTemplate): TokenTrust {
  const { Issuer, Audience } = onlyOne(
    template,
    'AWS::ApiGatewayV2::Authorizer',
    AuthorizerProperties,
  ).JwtConfiguration;
  return { issuer: Issuer, audience: Audience[0] ?? '' };
}

export interface ApiOptions extends TriggerOptions {
  /** Where the issuer with the trusted name listens. */
  readonly issuerUrl: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly observe?: (apiId: string, answer: HttpApiAnswer) => void;
}

/** Starts the template's HTTP API. Rejects if the port is taken, and with TemplateError for a route that may not call its function. */
export function startApi(template: ResolvedTemplate, options: ApiOptions): Promise<HttpApi> {
  const { CorsConfiguration } = onlyOne(template, 'AWS::ApiGatewayV2::Api', ApiProperties);
  const [api] = template.resourcesOf('AWS::ApiGatewayV2::Api');
  onlyOne(template, 'AWS::ApiGatewayV2::Stage', StageProperties);
  const { issuerUrl, clock } = options;
  const authorizers = template.resourcesOf('AWS::ApiGatewayV2::Authorizer').map((resource) => {
    const { Issuer: issuer, Audience: audience } = readProperties(AuthorizerProperties, resource).JwtConfiguration;
    const locate = (url: string) => url.replace(issuer.replace(/\/$/, ''), issuerUrl);
    return [resource.name, jwtAuthorizer({ issuer, audience, locate, clock })] as const;
  });
  return startHttpApi({
    routes: readRoutes(template, options),
    cors: CorsConfiguration,
    authorizers: Object.fromEntries(authorizers),
    port: options.port,
    host: '127.0.0.1',
    log: options.log,
    observe: (answer) => options.observe?.(api?.name ?? '', answer),
    clock,
  });
}

function readRoutes(template: ResolvedTemplate, { functions }: ApiOptions): HttpApiRoute[] {
  const targets = new Map(
    template
      .resourcesOf('AWS::ApiGatewayV2::Integration')
      .map((resource) => [
        `integrations/${resource.name}`,
        readProperties(IntegrationProperties, resource).IntegrationUri,
      ]),
  );
  const mayCall = readCallers(template);
  return template.resourcesOf('AWS::ApiGatewayV2::Route').map((resource) => {
    const route = readProperties(RouteProperties, resource);
    const target = targets.get(route.Target) ?? '';
    if (!mayCall(route.RouteKey, target)) {
      const place = `${resource.stackName}/${resource.logicalId}`;
      throw new TemplateError(
        `${place}: no AWS::Lambda::Permission lets the API call ${target} for ${route.RouteKey}.`,
      );
    }
    return {
      routeKey: route.RouteKey,
      target: functions.find(target),
      authorizer: route.AuthorizationType === 'JWT' ? route.AuthorizerId : undefined,
      scopes: route.AuthorizationScopes,
    };
  });
}

/**
 * Whether the API may call a function for a route. Without, AWS answers each request of the route with 500.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
function readCallers(template: ResolvedTemplate): (routeKey: string, target: string) => boolean {
  const [api] = template.resourcesOf('AWS::ApiGatewayV2::Api');
  const permissions = template
    .resourcesOf('AWS::Lambda::Permission')
    .map((resource) => readProperties(PermissionProperties, resource))
    .filter(({ Principal }) => Principal === 'apigateway.amazonaws.com');
  return (routeKey, target) => {
    const caller = localArn('execute-api', `${api?.name}/$default/${routeKey.replace(' ', '')}`);
    return permissions.some(
      ({ FunctionName, SourceArn }) => FunctionName === target && wildcard(SourceArn).test(caller),
    );
  };
}

function onlyOne<Schema extends z.ZodType>(template: ResolvedTemplate, type: string, schema: Schema): z.infer<Schema> {
  const resources = template.resourcesOf(type);
  const [only] = resources;
  if (only === undefined || resources.length > 1) {
    throw new TemplateError(`The local cloud runs exactly one ${type}; the template has ${resources.length}.`);
  }
  return readProperties(schema, only);
}
