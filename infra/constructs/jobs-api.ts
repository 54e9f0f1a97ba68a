import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  CorsHttpMethod,
  HttpApi,
  HttpMethod,
  HttpRoute,
  HttpRouteKey,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { basePath, type RouteDefinition, type RouteName, routeNames, routes } from '../../shared/catalog/routes.ts';
import type { StageSettings } from '../stage-settings.ts';
import { acceptFinding } from './accepted-finding.ts';
import { pascalCase } from './deployed-queues.ts';

export interface JobsApiProps {
  readonly settings: Pick<StageSettings, 'issuer' | 'audience' | 'corsOrigins' | 'apiThrottle' | 'logRetentionDays'>;
  /** What answers the routes: every function that a route of the catalog names. */
  readonly functions: Readonly<Record<RoutedFunction, IFunction>>;
  /** Answers whatever matches no route. */
  readonly otherwise: RoutedFunction;
}

export type RoutedFunction = (typeof routes)[RouteName]['function'];

/**
 * The HTTP API: one route for each of the catalog, with its scope, and `$default` for our own 404 and 405. API Gateway itself
 * answers preflight requests (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html).
 */
export class JobsApi extends Construct {
  /** Ends with a slash. */
  readonly url: string;
  readonly http: HttpApi;

  constructor(scope: Construct, id: string, { settings, functions, otherwise }: JobsApiProps) {
    super(scope, id);
    const api = new HttpApi(this, 'Http', {
      apiName: Stack.of(this).stackName,
      createDefaultStage: false,
      corsPreflight: {
        allowOrigins: settings.corsOrigins,
        allowMethods: [CorsHttpMethod.GET, CorsHttpMethod.HEAD, CorsHttpMethod.POST, CorsHttpMethod.DELETE],
        allowHeaders: ['authorization', 'content-type', 'idempotency-key', 'if-none-match', 'prefer'],
        exposeHeaders: exposedHeaders,
        maxAge: Duration.hours(1),
      },
    });
    this.http = api;
    const integrations = integrationsOf(functions);
    const tokens = new HttpJwtAuthorizer('Tokens', settings.issuer, { jwtAudience: [settings.audience] });
    for (const name of routeNames) addRoute(api, name, integrations, tokens);
    const unmatched = new HttpRoute(this, 'Unmatched', {
      httpApi: api,
      routeKey: HttpRouteKey.DEFAULT,
      // Of its own: API Gateway calls it for `<api>/<stage>/$default`, which the permission of the others, `<api>/*/*/*`, leaves out.
      // https://github.com/aws/serverless-application-model/issues/1860
      integration: new HttpLambdaIntegration('Unmatched', functions[otherwise]),
    });
    acceptFinding(unmatched, noAuthorizer, 'Answers 404 or 405 and nothing else.');
    this.url = this.#addStage(api, settings);
  }

  #addStage(api: HttpApi, { logRetentionDays, apiThrottle }: JobsApiProps['settings']): string {
    const logGroup = new LogGroup(this, 'AccessLogs', {
      retention: logRetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const stage = api.addStage('DefaultStage', {
      stageName: '$default',
      autoDeploy: true,
      throttle: { rateLimit: apiThrottle.requestsPerSecond, burstLimit: apiThrottle.burst },
      accessLogSettings: {
        destination: new LogGroupLogDestination(logGroup),
        format: AccessLogFormat.custom(JSON.stringify(accessLogFields)),
      },
    });
    return stage.url;
  }
}

type Integrations = Readonly<Record<RoutedFunction, HttpLambdaIntegration>>;

function addRoute(api: HttpApi, name: RouteName, integrations: Integrations, tokens: HttpJwtAuthorizer): void {
  const { method, path, scope, signature }: RouteDefinition = routes[name];
  const added = api.addRoutes({
    path: `${basePath}${path}`,
    methods: [HttpMethod[method]],
    integration: integrations[routes[name].function],
    ...(scope ? { authorizer: tokens, authorizationScopes: [scope] } : {}),
  });
  if (scope) return;
  const reason = signature
    ? `The function itself checks who the sender is, by ${signature}.`
    : 'The contract asks for no token on this route.';
  for (const route of added) acceptFinding(route, noAuthorizer, reason);
}

/** One integration and one permission a function, whatever the number of its routes with a method and a path. */
function integrationsOf(functions: JobsApiProps['functions']): Integrations {
  const integrate = (name: RoutedFunction) =>
    new HttpLambdaIntegration(pascalCase(name), functions[name], { scopePermissionToRoute: false });
  return {
    'submit-job': integrate('submit-job'),
    'answer-messages': integrate('answer-messages'),
    'read-jobs': integrate('read-jobs'),
    'control-jobs': integrate('control-jobs'),
    'schedule-jobs': integrate('schedule-jobs'),
    operate: integrate('operate'),
    'receive-webhooks': integrate('receive-webhooks'),
  };
}

const noAuthorizer = /^AwsSolutions-APIG4$/;

/** What a browser may read of an answer beside its body. */
const exposedHeaders = [
  'location',
  'etag',
  'retry-after',
  'ratelimit',
  'ratelimit-policy',
  'idempotent-replayed',
  'cache-status',
  'preference-applied',
  'apigw-requestid',
];

/** HTTP APIs do not fill the variables of CDK's default format. */
const accessLogFields = {
  request_id: '$context.requestId',
  time: '$context.requestTimeEpoch',
  route: '$context.routeKey',
  path: '$context.path',
  status: '$context.status',
  latency_ms: '$context.responseLatency',
  integration_latency_ms: '$context.integrationLatency',
  integration_error: '$context.integrationErrorMessage',
  authorizer_error: '$context.authorizer.error',
  bytes: '$context.responseLength',
  user_agent: '$context.identity.userAgent',
};
