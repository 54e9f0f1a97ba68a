import path from 'node:path';
import { type TemplateDraft, writeAssembly } from './assembly-builder.ts';

const functionsFolder = path.join(import.meta.dirname, 'fixture-functions');
const queueUrl = { 'Fn::GetStackOutput': { StackName: 'data', OutputName: 'QueueUrl' } };
const queueArn = { 'Fn::GetStackOutput': { StackName: 'data', OutputName: 'QueueArn' } };
const tableName = { 'Fn::GetStackOutput': { StackName: 'data', OutputName: 'TableName' } };

const data: TemplateDraft = {
  Resources: {
    Things: {
      Type: 'AWS::DynamoDB::Table',
      Properties: {
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        BillingMode: 'PAY_PER_REQUEST',
      },
    },
    Queue: {
      Type: 'AWS::SQS::Queue',
      Properties: {
        RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': ['DeadLetters', 'Arn'] }, maxReceiveCount: 3 },
      },
    },
    DeadLetters: { Type: 'AWS::SQS::Queue' },
    Media: { Type: 'AWS::S3::Bucket' },
  },
  Outputs: {
    TableName: { Value: { Ref: 'Things' } },
    QueueUrl: { Value: { Ref: 'Queue' } },
    QueueArn: { Value: { 'Fn::GetAtt': ['Queue', 'Arn'] } },
  },
};

function functionResource(folder: string, variables: Record<string, unknown>) {
  return {
    Type: 'AWS::Lambda::Function',
    Properties: {
      Code: { S3Bucket: 'assets', S3Key: `${folder}.zip` },
      Handler: 'index.handler',
      Runtime: 'nodejs24.x',
      Timeout: 5,
      MemorySize: 256,
      Environment: { Variables: { TABLE_NAME: tableName, ...variables } },
    },
  };
}

const route = (routeKey: string, authorization: Record<string, unknown> = {}) => ({
  Type: 'AWS::ApiGatewayV2::Route',
  Properties: {
    ApiId: { Ref: 'Api' },
    RouteKey: routeKey,
    Target: { 'Fn::Join': ['/', ['integrations', { Ref: 'Integration' }]] },
    ...authorization,
  },
});

const api: NonNullable<TemplateDraft['Resources']> = {
  Api: {
    Type: 'AWS::ApiGatewayV2::Api',
    Properties: { ProtocolType: 'HTTP', Name: 'things', CorsConfiguration: { AllowOrigins: ['https://app.example'] } },
  },
  Stage: { Type: 'AWS::ApiGatewayV2::Stage', Properties: { ApiId: { Ref: 'Api' }, StageName: '$default' } },
  Authorizer: {
    Type: 'AWS::ApiGatewayV2::Authorizer',
    Properties: {
      AuthorizerType: 'JWT',
      IdentitySource: ['$request.header.Authorization'],
      JwtConfiguration: { Audience: ['things'], Issuer: 'https://issuer.example' },
    },
  },
  Integration: {
    Type: 'AWS::ApiGatewayV2::Integration',
    Properties: {
      IntegrationType: 'AWS_PROXY',
      IntegrationUri: { Ref: 'ThingsLive' },
      PayloadFormatVersion: '2.0',
    },
  },
  Post: route('POST /things', {
    AuthorizationType: 'JWT',
    AuthorizerId: { Ref: 'Authorizer' },
    AuthorizationScopes: ['things:write'],
  }),
  Get: route('GET /things/{id}'),
};

interface ThingOptions {
  readonly reconcilerFails?: boolean;
  /** Resources that the service stack has besides. */
  readonly more?: TemplateDraft['Resources'];
}

/** Two functions, an API, a queue, a table and a bucket over two stacks; `reconcile-jobs` fails if asked to. */
export function writeThingAssembly(options: ThingOptions = {}): string {
  const Resources: TemplateDraft['Resources'] = {
    ...api,
    ...options.more,
    Things: functionResource('things', { QUEUE_URL: queueUrl }),
    ThingsLive: { Type: 'AWS::Lambda::Alias', Properties: { FunctionName: { Ref: 'Things' }, Name: 'live' } },
    StoreThing: functionResource('store-thing', {}),
    ReconcileJobs: functionResource('reconcile-jobs', options.reconcilerFails ? { FAIL: 'yes' } : {}),
    Feed: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: {
        EventSourceArn: queueArn,
        FunctionName: { 'Fn::GetAtt': ['StoreThing', 'Arn'] },
        BatchSize: 1,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        ScalingConfig: { MaximumConcurrency: 2 },
      },
    },
  };
  const assets = Object.fromEntries(
    ['things', 'store-thing', 'reconcile-jobs'].map((folder) => [folder, path.join(functionsFolder, folder)]),
  );
  return writeAssembly({ data: { template: data }, service: { template: { Resources }, dependsOn: ['data'], assets } });
}
