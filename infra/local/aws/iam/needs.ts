import * as z from 'zod';
import type { AwsRequest, AwsService } from '../../server/aws-service.ts';
import { local, localArn } from '../../template/physical-names.ts';
import type { Need } from './decide.ts';
import { dynamoDbNeeds } from './dynamodb-needs.ts';
import type { Tables } from './partition-keys.ts';

/** Which permissions a call needs; undefined for an operation that no stand-in serves. Throws ZodError for a body that is not the operation's. */
export type NeedsOf = (service: AwsService['signingName'], request: AwsRequest) => readonly Need[] | undefined;

/**
 * The permissions of each operation that the stand-ins serve, as the Service Authorization Reference has them.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export function createNeeds(tables: Tables): NeedsOf {
  const services: Readonly<Record<AwsService['signingName'], (request: AwsRequest) => readonly Need[] | undefined>> = {
    dynamodb: (request) => dynamoDbNeeds(targetOf(request), jsonOf(request), tables),
    sqs: sqsNeeds,
    s3: s3Needs,
    polly: ({ method, path }) => everywhere(pollyActions.get(`${method} ${path}`)),
    bedrock: bedrockNeeds,
    lambda: lambdaNeeds,
    ssm: (request) => (targetOf(request) === 'GetParameter' ? parameterNeeds(request) : undefined),
    sns: snsNeeds,
    ses: sesNeeds,
    monitoring: (request) => everywhere(targetOf(request) === 'GetMetricData' ? 'cloudwatch:GetMetricData' : undefined),
  };
  return (service, request) => services[service](request);
}

const targetOf = ({ headers }: AwsRequest) => headers['x-amz-target']?.split('.').at(-1) ?? '';
const jsonOf = ({ body }: AwsRequest): unknown => JSON.parse(body.toString());
const everywhere = (action: string | undefined) => (action === undefined ? undefined : [{ action, resource: '*' }]);

/** A batch is the permission of its single call. */
const sqsActionOf: ReadonlyMap<string, string> = new Map([
  ['SendMessage', 'sqs:SendMessage'],
  ['SendMessageBatch', 'sqs:SendMessage'],
  ['ReceiveMessage', 'sqs:ReceiveMessage'],
  ['DeleteMessage', 'sqs:DeleteMessage'],
  ['DeleteMessageBatch', 'sqs:DeleteMessage'],
  ['ChangeMessageVisibility', 'sqs:ChangeMessageVisibility'],
  ['ChangeMessageVisibilityBatch', 'sqs:ChangeMessageVisibility'],
  ['GetQueueAttributes', 'sqs:GetQueueAttributes'],
  ['GetQueueUrl', 'sqs:GetQueueUrl'],
  ['PurgeQueue', 'sqs:PurgeQueue'],
]);

const queueByUrl = z.object({ QueueUrl: z.string() }).transform(({ QueueUrl }) => QueueUrl.split('/').at(-1) ?? '');
const queueByName = z.object({ QueueName: z.string() }).transform(({ QueueName }) => QueueName);

function sqsNeeds(request: AwsRequest) {
  const operation = targetOf(request);
  const action = sqsActionOf.get(operation);
  if (action === undefined) return undefined;
  const named = operation === 'GetQueueUrl' ? queueByName : queueByUrl;
  return [{ action, resource: localArn('sqs', named.parse(jsonOf(request))) }];
}

/** HEAD is GetObject: https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html */
const objectActions: ReadonlyMap<string, string> = new Map([
  ['GET', 's3:GetObject'],
  ['HEAD', 's3:GetObject'],
  ['PUT', 's3:PutObject'],
  ['DELETE', 's3:DeleteObject'],
]);

function s3Needs({ method, path }: AwsRequest) {
  const [, bucket = '', ...key] = path.split('/');
  if (key.join('/') === '')
    return method === 'GET' ? [{ action: 's3:ListBucket', resource: s3Arn(bucket) }] : undefined;
  const action = objectActions.get(method);
  if (action === undefined) return undefined;
  return [{ action, resource: s3Arn(bucket, decodeURIComponent(key.join('/'))) }];
}

/** The ARN of a bucket or of an object. */
export function s3Arn(bucket: string, key?: string): string {
  return `arn:${local.partition}:s3:::${bucket}${key === undefined ? '' : `/${key}`}`;
}

const pollyActions: ReadonlyMap<string, string> = new Map([
  ['POST /v1/speech', 'polly:SynthesizeSpeech'],
  ['GET /v1/voices', 'polly:DescribeVoices'],
]);

const converseInput = z.object({ guardrailConfig: z.object({ guardrailIdentifier: z.string() }).optional() });

/**
 * Converse by an inference profile needs the profile and the model where it is run: here that is this region, and for a global
 * profile also the region that IAM sees as none.
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/global-cross-region-inference.html
 */
function bedrockNeeds(request: AwsRequest) {
  const [, encoded = '', operation] = /^\/model\/([^/]+)\/([^/]+)$/u.exec(request.path) ?? [];
  if (operation !== 'converse') return undefined;
  const profile = decodeURIComponent(encoded);
  const [scope, ...model] = profile.split('.');
  const regions = scope === 'global' ? [local.region, ''] : [local.region];
  const models = regions.map(
    (region) => `arn:${local.partition}:bedrock:${region}::foundation-model/${model.join('.')}`,
  );
  const needs = [localArn('bedrock', `inference-profile/${profile}`), ...models].map((resource) => ({
    action: 'bedrock:InvokeModel',
    resource,
  }));
  const guardrail = converseInput.parse(jsonOf(request)).guardrailConfig?.guardrailIdentifier;
  if (guardrail === undefined) return needs;
  return [...needs, { action: 'bedrock:ApplyGuardrail', resource: localArn('bedrock', `guardrail/${guardrail}`) }];
}

function lambdaNeeds({ method, path }: AwsRequest) {
  const id = /^\/2015-03-31\/event-source-mappings\/([^/]+)$/.exec(path)?.[1];
  if (id === undefined || (method !== 'GET' && method !== 'PUT')) return undefined;
  const action = `lambda:${method === 'GET' ? 'Get' : 'Update'}EventSourceMapping`;
  return [{ action, resource: localArn('lambda', `event-source-mapping:${decodeURIComponent(id)}`) }];
}

const parameterInput = z.object({ Name: z.string() });

function parameterNeeds(request: AwsRequest) {
  const { Name } = parameterInput.parse(jsonOf(request));
  return [{ action: 'ssm:GetParameter', resource: localArn('ssm', `parameter/${Name.replace(/^\//, '')}`) }];
}

function snsNeeds({ body }: AwsRequest) {
  const fields = new URLSearchParams(body.toString());
  if (fields.get('Action') !== 'Publish') return undefined;
  return [{ action: 'sns:Publish', resource: fields.get('TargetArn') ?? fields.get('TopicArn') ?? '' }];
}

const mailInput = z.object({
  FromEmailAddress: z.string(),
  ListManagementOptions: z.object({ ContactListName: z.string() }).optional(),
});

/** Senders are verified by their domain. */
function sesNeeds(request: AwsRequest) {
  const { method, path } = request;
  if (method === 'POST' && path === '/v2/email/outbound-emails') {
    const { FromEmailAddress: from, ListManagementOptions: list } = mailInput.parse(jsonOf(request));
    const names = [
      `identity/${from.slice(from.lastIndexOf('@') + 1)}`,
      ...(list ? [`contact-list/${list.ContactListName}`] : []),
    ];
    return names.map((name) => ({ action: 'ses:SendEmail', resource: localArn('ses', name) }));
  }
  if (method !== 'GET') return undefined;
  if (path.startsWith('/v2/email/suppression/addresses/')) return everywhere('ses:GetSuppressedDestination');
  const list = /^\/v2\/email\/contact-lists\/([^/]+)\/contacts\/[^/]+$/.exec(path)?.[1];
  if (list === undefined) return undefined;
  return [{ action: 'ses:GetContact', resource: localArn('ses', `contact-list/${decodeURIComponent(list)}`) }];
}
