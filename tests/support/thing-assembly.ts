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
    TableArn: { Value: { 'Fn::GetAtt': ['Things', 'Arn'] } },
    QueueUrl: { Value: { Ref: 'Queue' } },
    QueueArn: { Value: { 'Fn::GetAtt': ['Queue', 'Arn'] } },
  },
};

const tableArn = { 'Fn::GetStackOutput': { StackName: 'data', OutputName: 'TableArn' } };

/** The statements of each function's role. */
const grants = {
  Things: [
    { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: queueArn },
    { Effect: 'Allow', Action: 'dynamodb:GetItem', Resource: tableArn },
  ],
  StoreThing: [
    {
      Effect: 'Allow',
      Action: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
      Resource: queueArn,
    },
    { Effect: 'Allow', Action: 'dynamodb:PutItem', Resource: tableArn },
  ],
  ReconcileJobs: [{ Effect: 'Allow', Action: 'dynamodb:PutItem', Resource: tableArn }],
};
type FunctionId = keyof typeof grants;

/** The role `<function>Role` and its policy `<function>Policy`. */
function roleOf(id: FunctionId, without: string | undefined): NonNullable<TemplateDraft['Resources']> {
  const Statement = grants[id].filter(({ Action }) => ![Action].flat().some((action) => action === without));
  return {
    [`${id}Role`]: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: {} } },
    [`${id}Policy`]: {
      Type: 'AWS::IAM::Policy',
      Properties: {
        PolicyName: id,
        PolicyDocument: { Version: '2012-10-17', Statement },
        Roles: [{ Ref: `${id}Role` }],
      },
    },
  };
}

function functionResource(id: FunctionId, folder: string, variables: Record<string, unknown>, role?: string) {
  return {
    Type: 'AWS::Lambda::Function',
    Properties: {
      Role: role ?? { 'Fn::GetAtt': [`${id}Role`, 'Arn'] },
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
  MayCall: {
    Type: 'AWS::Lambda::Permission',
    Properties: {
      Action: 'lambda:InvokeFunction',
      FunctionName: { Ref: 'ThingsLive' },
      Principal: 'apigateway.amazonaws.com',
      SourceArn: { 'Fn::Join': ['', ['arn:aws:execute-api:us-east-1:000000000000:', { Ref: 'Api' }, '/*/*/*']] },
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
  /** ARN of the role of `reconcile-jobs`; its own by default. */
  readonly reconcilerRole?: string;
  /** The statements with this action are left out, of all roles. */
  readonly without?: string;
  /** Resources that the service stack has besides. */
  readonly more?: TemplateDraft['Resources'];
}

/** Two functions, an API, a queue, a table and a bucket over two stacks; `reconcile-jobs` fails if asked to. */
export function writeThingAssembly(options: ThingOptions = {}): string {
  const Resources: TemplateDraft['Resources'] = {
    ...api,
    ...roleOf('Things', options.without),
    ...roleOf('StoreThing', options.without),
    ...roleOf('ReconcileJobs', options.without),
    ...options.more,
    Things: functionResource('Things', 'things', { QUEUE_URL: queueUrl }),
    ThingsLive: { Type: 'AWS::Lambda::Alias', Properties: { FunctionName: { Ref: 'Things' }, Name: 'live' } },
    StoreThing: functionResource('StoreThing', 'store-thing', {}),
    ReconcileJobs: functionResource(
      'ReconcileJobs',
      'reconcile-jobs',
      options.reconcilerFails ? { FAIL: 'yes' } : {},
      options.reconcilerRole,
    ),
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
