import { local, localArn } from './physical-names.ts';
import { TemplateError } from './template-error.ts';

/** What the local cloud does with one CloudFormation type, and what Ref and Fn::GetAtt of such a resource give. */
export interface ResourceType {
  readonly treatment: { readonly run: true } | { readonly inert: string };
  /** The property that names the resource, where the type has one. */
  readonly nameProperty?: string;
  /** Default: the physical name. */
  readonly ref?: Reference;
  readonly attributes?: Readonly<Record<string, Reference>>;
}

export type Reference = (resource: ReferencedResource) => string;

export interface ReferencedResource {
  readonly name: string;
  /** A property of the resource, resolved; throws TemplateError if it is not a text. */
  text(property: string): string;
  readonly addresses: LocalAddresses;
}

/** Where the local cloud listens. A value not known yet is undefined, and a template that needs it then is refused. */
export interface LocalAddresses {
  /** Base URL of the AWS endpoint, without a slash at the end. */
  readonly aws: string;
  /** Base URL of the HTTP API. */
  readonly api: string | undefined;
}

const run = { run: true } as const;
const inert = (reason: string) => ({ inert: reason });

const name: Reference = (resource) => resource.name;
const arn =
  (service: string, prefix = ''): Reference =>
  (resource) =>
    localArn(service, `${prefix}${resource.name}`);
const queueUrl: Reference = (resource) => `${resource.addresses.aws}/${local.accountId}/${resource.name}`;
const bucketArn: Reference = (resource) => `arn:${local.partition}:s3:::${resource.name}`;
const roleArn: Reference = (resource) => `arn:${local.partition}:iam::${local.accountId}:role/${resource.name}`;
const aliasArn: Reference = (resource) => `${functionArn(resource)}:${resource.text('Name')}`;
/** Every function has one version here. */
export const onlyVersion = '1';
const noDeployments = 'a new version replaces the old one at once';
const noConsole = 'there is no console here; the metrics themselves are collected';
const noHistory = 'what is usual, and what is kept for four weeks, needs more history than one machine has';
const logsAreFiles = 'function logs are files in the data folder';

const table: ResourceType = {
  treatment: run,
  nameProperty: 'TableName',
  attributes: { Arn: arn('dynamodb', 'table/') },
};

/**
 * Every CloudFormation type that the local cloud knows: it runs, or it is inert for the reason given. A type that is not
 * here stops the start, so that nothing is left out in silence.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html
 */
export const resourceTypes: Readonly<Record<string, ResourceType>> = {
  'AWS::DynamoDB::Table': table,
  'AWS::DynamoDB::GlobalTable': table,
  'AWS::SQS::Queue': {
    treatment: run,
    nameProperty: 'QueueName',
    ref: queueUrl,
    attributes: { Arn: arn('sqs'), QueueName: name, QueueUrl: queueUrl },
  },
  'AWS::S3::Bucket': { treatment: run, nameProperty: 'BucketName', attributes: { Arn: bucketArn } },
  'AWS::Lambda::Function': {
    treatment: run,
    nameProperty: 'FunctionName',
    attributes: { Arn: arn('lambda', 'function:') },
  },
  'AWS::Lambda::Version': {
    treatment: run,
    ref: (resource) => `${functionArn(resource)}:${onlyVersion}`,
    attributes: { Version: () => onlyVersion, FunctionArn: (resource) => `${functionArn(resource)}:${onlyVersion}` },
  },
  'AWS::Lambda::Alias': { treatment: run, ref: aliasArn, attributes: { AliasArn: aliasArn } },
  'AWS::Lambda::EventSourceMapping': { treatment: run },
  'AWS::ApiGatewayV2::Api': {
    treatment: run,
    attributes: { ApiId: name, ApiEndpoint: (resource) => apiUrl(resource.addresses) },
  },
  'AWS::ApiGatewayV2::Stage': { treatment: run, ref: (resource) => resource.text('StageName') },
  'AWS::ApiGatewayV2::Integration': { treatment: run },
  'AWS::ApiGatewayV2::Route': { treatment: run },
  'AWS::ApiGatewayV2::Authorizer': { treatment: run, attributes: { AuthorizerId: name } },
  'AWS::Scheduler::Schedule': {
    treatment: run,
    nameProperty: 'Name',
    attributes: { Arn: arn('scheduler', 'schedule/default/') },
  },
  'AWS::IAM::Role': { treatment: run, nameProperty: 'RoleName', attributes: { Arn: roleArn } },
  'AWS::IAM::Policy': { treatment: run },
  'AWS::IAM::ManagedPolicy': { treatment: run },
  'AWS::Lambda::EventInvokeConfig': {
    treatment: inert('only schedules invoke asynchronously here, and the next run of one is due within a minute'),
  },
  'AWS::Lambda::Permission': { treatment: run },
  'AWS::S3::BucketPolicy': { treatment: run },
  'AWS::SQS::QueuePolicy': { treatment: run },
  'AWS::Logs::LogGroup': {
    treatment: inert(logsAreFiles),
    nameProperty: 'LogGroupName',
    attributes: { Arn: arn('logs', 'log-group:') },
  },
  'AWS::Logs::QueryDefinition': { treatment: inert(logsAreFiles) },
  'AWS::CloudWatch::Alarm': {
    treatment: run,
    nameProperty: 'AlarmName',
    attributes: { Arn: arn('cloudwatch', 'alarm:') },
  },
  'AWS::CloudWatch::CompositeAlarm': {
    treatment: run,
    nameProperty: 'AlarmName',
    attributes: { Arn: arn('cloudwatch', 'alarm:') },
  },
  'AWS::CloudWatch::Dashboard': { treatment: inert(noConsole), nameProperty: 'DashboardName' },
  'AWS::CloudWatch::AnomalyDetector': { treatment: inert(noHistory) },
  'AWS::ApplicationSignals::ServiceLevelObjective': { treatment: inert(noHistory), nameProperty: 'Name' },
  'AWS::SNS::Topic': {
    treatment: run,
    nameProperty: 'TopicName',
    ref: arn('sns'),
    attributes: { TopicArn: arn('sns'), TopicName: name },
  },
  'AWS::SNS::Subscription': { treatment: run, ref: arn('sns') },
  'AWS::SNS::TopicPolicy': { treatment: run },
  'AWS::Budgets::Budget': { treatment: inert('nothing is spent on one machine') },
  'AWS::CodeDeploy::Application': { treatment: inert(noDeployments), nameProperty: 'ApplicationName' },
  'AWS::CodeDeploy::DeploymentGroup': { treatment: inert(noDeployments), nameProperty: 'DeploymentGroupName' },
  'AWS::CDK::Metadata': { treatment: inert('says only which constructs were used') },
};

/** `FunctionName` of a version or alias may be a name or an ARN. */
function functionArn(resource: ReferencedResource): string {
  const reference = resource.text('FunctionName');
  return reference.startsWith('arn:') ? reference : localArn('lambda', `function:${reference}`);
}

function apiUrl(addresses: LocalAddresses): string {
  if (addresses.api !== undefined) return addresses.api;
  throw new TemplateError('the address of the HTTP API is not known before its functions run');
}
