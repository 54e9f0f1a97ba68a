import { BedrockRuntimeClient, ConverseCommand, type ConverseCommandInput } from '@aws-sdk/client-bedrock-runtime';
import { CloudWatchClient, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import {
  BatchGetItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { GetEventSourceMappingCommand, LambdaClient, UpdateEventSourceMappingCommand } from '@aws-sdk/client-lambda';
import { DescribeVoicesCommand, PollyClient, SynthesizeSpeechCommand } from '@aws-sdk/client-polly';
import {
  DeleteObjectCommand,
  GetBucketTaggingCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import {
  GetContactCommand,
  GetSuppressedDestinationCommand,
  SESv2Client,
  SendEmailCommand,
} from '@aws-sdk/client-sesv2';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { GetQueueUrlCommand, SendMessageBatchCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requests } from '../../infra/local/aws/dynamodb/requests.ts';
import { createNeeds } from '../../infra/local/aws/iam/needs.ts';
import { queueOperations } from '../../infra/local/aws/sqs/operations.ts';
import { startGuardedAws, testerArn } from '../support/guarded-aws.ts';
import { signForm } from '../support/local-s3.ts';

let aws: Awaited<ReturnType<typeof startGuardedAws>>;
beforeAll(async () => {
  aws = await startGuardedAws();
});
afterAll(() => aws.close());

const allow = (Action: string | string[], Resource: string | string[], more = {}) => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
});
const here = 'us-east-1:000000000000';
const table = `arn:aws:dynamodb:${here}:table/jobs`;
const queue = `arn:aws:sqs:${here}:work`;
const objects = 'arn:aws:s3:::media/*';
const refusal = (action: string, resource: string) =>
  `User: ${testerArn} is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`;

const denied = 'AccessDeniedException';

/** What an SDK's caller sees of an error. */
const errorOf = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => 'no error',
    (error: unknown) => error,
  );

describe('a caller without a policy is refused in the form of the service:', () => {
  const Text = { Data: 'x', Charset: 'UTF-8' };
  const mail = {
    FromEmailAddress: 'hello@mail.example',
    Destination: { ToAddresses: ['ada@example.com'] },
    Content: { Simple: { Subject: Text, Body: { Text } } },
  };
  const StartTime = new Date(0);
  const model = 'us.amazon.nova-2-lite-v1:0';
  const device = `arn:aws:sns:${here}:endpoint/GCM/app/1`;
  const mapping = `arn:aws:lambda:${here}:event-source-mapping:m-1`;
  const put = { TableName: 'jobs', Item: { pk: { S: 'a' } } };
  const speech = { Engine: 'neural', OutputFormat: 'mp3', Text: 'Hi', VoiceId: 'Ruth' } as const;
  const said: ConverseCommandInput = { modelId: model, messages: [{ role: 'user', content: [{ text: 'x' }] }] };
  type Options = ReturnType<typeof aws.caller>;
  const calls: [action: string, resource: string, status: number, name: string, (o: Options) => Promise<unknown>][] = [
    ['dynamodb:PutItem', table, 400, denied, (o) => new DynamoDBClient(o).send(new PutItemCommand(put))],
    [
      'ssm:GetParameter',
      `arn:aws:ssm:${here}:parameter/a`,
      400,
      denied,
      (o) => new SSMClient(o).send(new GetParameterCommand({ Name: '/a' })),
    ],
    [
      'lambda:GetEventSourceMapping',
      mapping,
      403,
      denied,
      (o) => new LambdaClient(o).send(new GetEventSourceMappingCommand({ UUID: 'm-1' })),
    ],
    [
      'lambda:UpdateEventSourceMapping',
      mapping,
      403,
      denied,
      (o) => new LambdaClient(o).send(new UpdateEventSourceMappingCommand({ UUID: 'm-1', Enabled: false })),
    ],
    [
      'cloudwatch:GetMetricData',
      '*',
      403,
      denied,
      (o) =>
        new CloudWatchClient(o).send(
          new GetMetricDataCommand({ MetricDataQueries: [], StartTime, EndTime: StartTime }),
        ),
    ],
    ['polly:SynthesizeSpeech', '*', 403, denied, (o) => new PollyClient(o).send(new SynthesizeSpeechCommand(speech))],
    ['polly:DescribeVoices', '*', 403, denied, (o) => new PollyClient(o).send(new DescribeVoicesCommand({}))],
    [
      'bedrock:InvokeModel',
      `arn:aws:bedrock:${here}:inference-profile/${model}`,
      403,
      denied,
      (o) => new BedrockRuntimeClient(o).send(new ConverseCommand(said)),
    ],
    [
      'ses:SendEmail',
      `arn:aws:ses:${here}:identity/mail.example`,
      403,
      denied,
      (o) => new SESv2Client(o).send(new SendEmailCommand(mail)),
    ],
    [
      'ses:GetSuppressedDestination',
      '*',
      403,
      denied,
      (o) => new SESv2Client(o).send(new GetSuppressedDestinationCommand({ EmailAddress: 'a@example.com' })),
    ],
    [
      'ses:GetContact',
      `arn:aws:ses:${here}:contact-list/list`,
      403,
      denied,
      (o) => new SESv2Client(o).send(new GetContactCommand({ ContactListName: 'list', EmailAddress: 'a@example.com' })),
    ],
    [
      'SNS:Publish',
      device,
      403,
      'AuthorizationErrorException',
      (o) => new SNSClient(o).send(new PublishCommand({ TargetArn: device, Message: '{}', MessageStructure: 'json' })),
    ],
    [
      's3:ListBucket',
      '"arn:aws:s3:::media"',
      403,
      'AccessDenied',
      (o) => new S3Client(o).send(new ListObjectsV2Command({ Bucket: 'media' })),
    ],
    [
      's3:PutObject',
      '"arn:aws:s3:::media/a b"',
      403,
      'AccessDenied',
      (o) => new S3Client(o).send(new PutObjectCommand({ Bucket: 'media', Key: 'a b', Body: 'x' })),
    ],
    [
      's3:DeleteObject',
      '"arn:aws:s3:::media/a"',
      403,
      'AccessDenied',
      (o) => new S3Client(o).send(new DeleteObjectCommand({ Bucket: 'media', Key: 'a' })),
    ],
    [
      'sqs:sendmessage',
      queue,
      403,
      'AccessDenied',
      (o) => new SQSClient(o).send(new SendMessageCommand({ QueueUrl: aws.queueUrl, MessageBody: 'x' })),
    ],
    [
      'sqs:getqueueurl',
      queue,
      403,
      'AccessDenied',
      (o) => new SQSClient(o).send(new GetQueueUrlCommand({ QueueName: 'work' })),
    ],
  ];

  it.each(calls)('%s', async (action, resource, status, name, call) => {
    const message = refusal(action, resource);
    expect(await errorOf(call(aws.caller()))).toMatchObject({ name, message, $metadata: { httpStatusCode: status } });
  });
});

describe('a caller with a policy', () => {
  const dynamoDb = (...statements: object[]) => new DynamoDBClient(aws.caller(...statements));
  const put = (client: DynamoDBClient, pk: string) =>
    client.send(new PutItemCommand({ TableName: 'jobs', Item: { pk: { S: pk } } }));
  const isStored = async (pk: string) => {
    const read = new GetItemCommand({ TableName: 'jobs', Key: { pk: { S: pk } } });
    return (await new DynamoDBClient(aws.owner).send(read)).Item !== undefined;
  };

  it('does what the policy allows, and nothing else', async () => {
    const writer = dynamoDb(allow('dynamodb:PutItem', table));
    await put(writer, 'mine');
    expect(await isStored('mine')).toBe(true);
    const read = writer.send(new GetItemCommand({ TableName: 'jobs', Key: { pk: { S: 'mine' } } }));
    expect(await errorOf(read)).toMatchObject({ name: denied, message: refusal('dynamodb:GetItem', table) });
  });

  it('is refused with the words for a denial where a statement denies', async () => {
    const Deny = { Effect: 'Deny', Action: 'dynamodb:Put*', Resource: '*' };
    const error = await errorOf(put(dynamoDb(allow('dynamodb:*', '*'), Deny), 'denied'));
    const message = `User: ${testerArn} is not authorized to perform: dynamodb:PutItem on resource: ${table} with an explicit deny in an identity-based policy`;
    expect(error).toMatchObject({ name: denied, message });
    expect(await isStored('denied')).toBe(false);
  });

  it('queries only the indexes that are named', async () => {
    const query = (client: DynamoDBClient, index: object, condition: object) =>
      client.send(
        new QueryCommand({ TableName: 'jobs', KeyConditionExpression: 'due = :one', ...index, ...condition }),
      );
    const one = { ExpressionAttributeValues: { ':one': { N: '1' } } };
    const byIndex = dynamoDb(allow('dynamodb:Query', `${table}/index/due`));
    expect((await query(byIndex, { IndexName: 'due' }, one)).Items).toEqual([]);
    const byTable = query(dynamoDb(allow('dynamodb:Query', table)), { IndexName: 'due' }, one);
    expect(await errorOf(byTable)).toMatchObject({ message: refusal('dynamodb:Query', `${table}/index/due`) });
  });

  it('reads a batch by a permission of its own', async () => {
    const batch = new BatchGetItemCommand({ RequestItems: { jobs: { Keys: [{ pk: { S: 'a' } }] } } });
    await dynamoDb(allow('dynamodb:BatchGetItem', table)).send(batch);
    const error = await errorOf(dynamoDb(allow('dynamodb:GetItem', table)).send(batch));
    expect(error).toMatchObject({ message: refusal('dynamodb:BatchGetItem', table) });
  });

  it('needs the permission of every write of a transaction, or none of them is done', async () => {
    const Key = { pk: { S: 'absent' } };
    const check = { TableName: 'jobs', Key, ConditionExpression: 'attribute_not_exists(pk)' };
    const TransactItems = [{ Put: { TableName: 'jobs', Item: { pk: { S: 'both' } } } }, { ConditionCheck: check }];
    const transact = (...actions: string[]) =>
      dynamoDb(allow(actions, table)).send(new TransactWriteItemsCommand({ TransactItems }));
    expect(await errorOf(transact('dynamodb:PutItem'))).toMatchObject({
      message: refusal('dynamodb:ConditionCheckItem', table),
    });
    expect(await isStored('both')).toBe(false);
    await transact('dynamodb:PutItem', 'dynamodb:ConditionCheckItem');
    expect(await isStored('both')).toBe(true);
  });

  it('with a condition on leading keys is held to it in writes, transactions and key conditions', async () => {
    const Condition = { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['S#*'] } };
    const keeper = dynamoDb(allow(['dynamodb:PutItem', 'dynamodb:Query'], table, { Condition }));
    await put(keeper, 'S#1');
    expect(await errorOf(put(keeper, 'J#1'))).toMatchObject({ name: denied });
    const writes = ['S#2', 'J#2'].map((pk) => ({ Put: { TableName: 'jobs', Item: { pk: { S: pk } } } }));
    const transaction = keeper.send(new TransactWriteItemsCommand({ TransactItems: writes }));
    expect(await errorOf(transaction)).toMatchObject({ name: denied });
    const query = (pk: string) =>
      keeper.send(
        new QueryCommand({
          TableName: 'jobs',
          KeyConditionExpression: '#key = :pk',
          ExpressionAttributeNames: { '#key': 'pk' },
          ExpressionAttributeValues: { ':pk': { S: pk } },
        }),
      );
    expect((await query('S#1')).Items).toHaveLength(1);
    expect(await errorOf(query('mine'))).toMatchObject({ name: denied });
  });

  it('sends a batch of messages by the permission to send one', async () => {
    const Entries = [{ Id: '1', MessageBody: 'x' }];
    const batch = new SendMessageBatchCommand({ QueueUrl: aws.queueUrl, Entries });
    const answer = await new SQSClient(aws.caller(allow('sqs:SendMessage', queue))).send(batch);
    expect(answer.Successful).toHaveLength(1);
  });

  it('calls a model only where the profile may run it', async () => {
    const profile = `arn:aws:bedrock:${here}:inference-profile/us.amazon.nova-2-lite-v1:0`;
    const model = 'arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-2-lite-v1:0';
    const converse = (...resources: string[]) =>
      new BedrockRuntimeClient(aws.caller(allow('bedrock:InvokeModel', resources))).send(
        new ConverseCommand({
          modelId: 'us.amazon.nova-2-lite-v1:0',
          messages: [{ role: 'user', content: [{ text: 'Facts: none' }] }],
        }),
      );
    expect(await errorOf(converse(profile))).toMatchObject({ message: refusal('bedrock:InvokeModel', model) });
    expect((await converse(profile, model)).stopReason).toBe('end_turn');
  });
});

describe('an object', () => {
  const s3 = (...statements: object[]) => new S3Client(aws.caller(...statements));
  const get = new GetObjectCommand({ Bucket: 'media', Key: 'kept' });
  beforeAll(() => new S3Client(aws.owner).send(new PutObjectCommand({ Bucket: 'media', Key: 'kept', Body: 'x' })));

  it('is looked for by the permission to read it', async () => {
    const head = new HeadObjectCommand({ Bucket: 'media', Key: 'kept' });
    expect((await s3(allow('s3:GetObject', objects)).send(head)).ContentLength).toBe(1);
    expect(await errorOf(s3().send(head))).toMatchObject({ $metadata: { httpStatusCode: 403 } });
  });

  it('that is absent is a secret from those who may not list', async () => {
    const absent = new GetObjectCommand({ Bucket: 'media', Key: 'absent' });
    const message = refusal('s3:ListBucket', '"arn:aws:s3:::media"');
    const reader = allow('s3:GetObject', objects);
    expect(await errorOf(s3(reader).send(absent))).toMatchObject({ name: 'AccessDenied', message });
    const lister = s3(reader, allow('s3:ListBucket', 'arn:aws:s3:::media'));
    expect(await errorOf(lister.send(absent))).toMatchObject({ name: 'NoSuchKey' });
  });

  it('is read by a link as the one who signed it may read it', async () => {
    const fetched = async (...statements: object[]) => (await fetch(await getSignedUrl(s3(...statements), get))).status;
    expect(await fetched(allow('s3:GetObject', objects))).toBe(200);
    expect(await fetched(allow('s3:PutObject', objects))).toBe(403);
  });

  it('is uploaded by a form as the one who signed it may write it', async () => {
    const upload = async (...statements: object[]) => {
      const { accessKeyId, secretAccessKey: secret } = aws.caller(...statements).credentials;
      const fields = { key: 'uploads/1' };
      const signed = signForm(fields, [fields], { expiresAt: Date.now() + 60_000, accessKeyId, secret });
      const body = new FormData();
      for (const [name, value] of Object.entries(signed)) body.append(name, value);
      body.append('file', new Blob(['x']));
      return fetch(`${new URL(aws.owner.endpoint).origin}/media`, { method: 'POST', body });
    };
    expect((await upload(allow('s3:PutObject', objects))).status).toBe(204);
    const refused = await upload(allow('s3:GetObject', objects));
    expect(refused.status).toBe(403);
    expect(await refused.text()).toContain('not authorized to perform: s3:PutObject on resource');
  });
});

describe('the permissions of operations', () => {
  const needsOf = createNeeds({ table: () => expect.fail('asked for a table') });
  const requestOf = (target: string, body: object) => ({
    method: 'POST',
    path: '/',
    query: new URLSearchParams(),
    headers: { 'x-amz-target': target },
    body: Buffer.from(JSON.stringify(body)),
    accessKeyId: 'x',
    signal: AbortSignal.timeout(1),
  });

  it('are known for every operation of DynamoDB and SQS that is served', () => {
    const body = {
      TableName: 'jobs',
      RequestItems: { jobs: { Keys: [{}] } },
      TransactItems: [{ Put: { TableName: 'jobs' } }],
    };
    for (const name of Object.keys(requests))
      expect(needsOf('dynamodb', requestOf(`DynamoDB_20120810.${name}`, body)), name).toHaveLength(1);
    for (const name of [...Object.keys(queueOperations), 'GetQueueUrl'])
      expect(
        needsOf('sqs', requestOf(`AmazonSQS.${name}`, { QueueUrl: aws.queueUrl, QueueName: 'work' })),
        name,
      ).toHaveLength(1);
  });

  it('that are not known are refused, whatever a role may do', async () => {
    expect(needsOf('dynamodb', requestOf('DynamoDB_20120810.Scan', { TableName: 'jobs' }))).toBeUndefined();
    const copy = new S3Client(aws.caller(allow('*', '*'))).send(new GetBucketTaggingCommand({ Bucket: 'media' }));
    expect(await errorOf(copy)).toMatchObject({ name: 'NotImplemented' });
  });
});
