import { describe, expect, test } from 'vitest';
import { loadAssembly } from '../../../infra/local/template/assembly.ts';
import { resolveAssembly } from '../../../infra/local/template/resolve.ts';
import { type StackDraft, type TemplateDraft, writeAssembly } from '../../support/assembly-builder.ts';

const addresses = { aws: 'http://127.0.0.1:4510', api: 'http://127.0.0.1:4600' };

const resolve = (stacks: Readonly<Record<string, StackDraft>>, api: string | undefined = addresses.api) =>
  resolveAssembly(loadAssembly(writeAssembly(stacks)), { ...addresses, api });

/** The value that a property holding `value` gets, in a stack that has a queue, a table, a role and an alias. */
function propertyValue(value: unknown, more: TemplateDraft = {}): unknown {
  const template: TemplateDraft = {
    ...more,
    Resources: {
      Queue: { Type: 'AWS::SQS::Queue' },
      Table: { Type: 'AWS::DynamoDB::GlobalTable', Properties: { TableName: 'jobs' } },
      Role: { Type: 'AWS::IAM::Role' },
      Worker: { Type: 'AWS::Lambda::Function' },
      Live: { Type: 'AWS::Lambda::Alias', Properties: { FunctionName: { Ref: 'Worker' }, Name: 'live' } },
      Bucket: { Type: 'AWS::S3::Bucket', Properties: { Probe: value } },
      ...more.Resources,
    },
  };
  const [bucket] = resolve({ app: { template } }).resourcesOf('AWS::S3::Bucket');
  return bucket?.properties.Probe;
}

describe('intrinsic functions', () => {
  test.each([
    ['Ref of a queue is its URL at the AWS endpoint', { Ref: 'Queue' }, 'http://127.0.0.1:4510/000000000000/app-queue'],
    ['Ref of a table is its name', { Ref: 'Table' }, 'jobs'],
    [
      'Ref of an alias is the ARN of the alias',
      { Ref: 'Live' },
      'arn:aws:lambda:us-east-1:000000000000:function:app-worker:live',
    ],
    ['Ref of a pseudo parameter', { Ref: 'AWS::Region' }, 'us-east-1'],
    ['GetAtt of an ARN', { 'Fn::GetAtt': ['Table', 'Arn'] }, 'arn:aws:dynamodb:us-east-1:000000000000:table/jobs'],
    ['GetAtt written with a dot', { 'Fn::GetAtt': 'Queue.QueueName' }, 'app-queue'],
    ['Join', { 'Fn::Join': ['-', ['a', { Ref: 'Table' }, 1]] }, 'a-jobs-1'],
    [
      'Sub of resources, attributes, variables and literals',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the syntax of Fn::Sub
      { 'Fn::Sub': ['${Table}/${Queue.QueueName}/${x}/${!kept}/${AWS::AccountId}', { x: { Ref: 'Table' } }] },
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the syntax of Fn::Sub
      'jobs/app-queue/jobs/${kept}/000000000000',
    ],
    [
      'Select of a Split, as the CDK finds a function behind an alias',
      { 'Fn::Select': [6, { 'Fn::Split': [':', { Ref: 'Live' }] }] },
      'app-worker',
    ],
    ['a value inside lists and objects', { a: [{ b: { Ref: 'Table' } }] }, { a: [{ b: 'jobs' }] }],
    [
      'AWS::NoValue in a list and an object',
      { a: { Ref: 'AWS::NoValue' }, b: [{ Ref: 'AWS::NoValue' }, 1] },
      { b: [1] },
    ],
  ])('%s', (_, value, expected) => {
    expect(propertyValue(value)).toEqual(expected);
  });

  test('a parameter is its default', () => {
    expect(propertyValue({ Ref: 'Size' }, { Parameters: { Size: { Type: 'String', Default: 'small' } } })).toBe(
      'small',
    );
  });

  test.each([
    [
      'an unknown function',
      { 'Fn::Length': [1] },
      'app/Bucket.Properties.Probe: the local cloud does not know Fn::Length',
    ],
    [
      'an unknown resource',
      { Ref: 'Nothing' },
      'app/Bucket.Properties.Probe.Ref: there is no resource or parameter Nothing',
    ],
    [
      'an unknown attribute, deep inside',
      { deep: ['x', { 'Fn::GetAtt': ['Role', 'RoleId'] }] },
      'app/Bucket.Properties.Probe.deep[1].Fn::GetAtt: the local cloud knows no attribute RoleId of Role (AWS::IAM::Role)',
    ],
    ['a missing element', { 'Fn::Select': [3, ['a']] }, 'app/Bucket.Properties.Probe.Fn::Select has no element 3'],
    ['a list where a text belongs', { 'Fn::Join': ['', [['a']]] }, 'needs a text, not ["a"]'],
    [
      'an output of an unknown stack',
      { 'Fn::GetStackOutput': { StackName: 'data', OutputName: 'X' } },
      'app/Bucket.Properties.Probe.Fn::GetStackOutput: data has no output X',
    ],
    ['an import that nobody exports', { 'Fn::ImportValue': 'X' }, 'no stack exports X'],
  ])('%s is an error that says where', (_, value, message) => {
    expect(() => propertyValue(value)).toThrow(message);
  });
});

describe('several stacks', () => {
  const data: StackDraft = {
    template: {
      Resources: { Jobs: { Type: 'AWS::DynamoDB::Table' } },
      Outputs: { Weak: { Value: { Ref: 'Jobs' } }, Strong: { Value: { Ref: 'Jobs' }, Export: { Name: 'jobs-name' } } },
    },
  };

  test.each([
    [
      'a weak reference',
      { 'Fn::GetStackOutput': { StackName: 'data', OutputName: 'Weak', Region: { Ref: 'AWS::Region' } } },
    ],
    ['an import', { 'Fn::ImportValue': 'jobs-name' }],
  ])('%s is the value in the stack that gives it', (_, value) => {
    const service: StackDraft = {
      template: { Resources: { Media: { Type: 'AWS::S3::Bucket', Properties: { Probe: value } } } },
      dependsOn: ['data'],
    };
    const [bucket] = resolve({ service, data }).resourcesOf('AWS::S3::Bucket');
    expect(bucket?.properties.Probe).toBe('data-jobs');
  });

  test('a stack comes after those it depends on, whatever the order of the manifest', () => {
    const queue = { template: { Resources: { Q: { Type: 'AWS::SQS::Queue' } } } };
    const resolved = resolve({ c: { ...queue, dependsOn: ['b'] }, b: { ...queue, dependsOn: ['a'] }, a: queue });
    expect(resolved.resourcesOf('AWS::SQS::Queue').map((each) => each.stackName)).toEqual(['a', 'b', 'c']);
  });
});

test('a type that the local cloud does not know stops it with every such resource named', () => {
  const template = { Resources: { Web: { Type: 'AWS::EC2::Instance' }, Feed: { Type: 'AWS::Kinesis::Stream' } } };
  const start = () => resolve({ app: { template } });
  expect(start).toThrow('app/Web: the local cloud does not know AWS::EC2::Instance');
  expect(start).toThrow('app/Feed: the local cloud does not know AWS::Kinesis::Stream');
});

test('a conditional resource is refused: it might have to be left out', () => {
  const template = { Resources: { Q: { Type: 'AWS::SQS::Queue', Condition: 'Never' } } };
  expect(() => resolve({ app: { template } })).toThrow('the local cloud knows no conditions');
});

test('an asset is found by the key under which a deployment would upload it', () => {
  const template = { Resources: { Worker: { Type: 'AWS::Lambda::Function' } } };
  const resolved = resolve({ app: { template, assets: { abc: '/somewhere/worker' } } });
  const [worker] = resolved.resourcesOf('AWS::Lambda::Function');
  if (worker === undefined) throw new Error('the template has a function');
  expect(resolved.assetFolder(worker, 'abc.zip')).toBe('/somewhere/worker');
  expect(() => resolved.assetFolder(worker, 'other.zip')).toThrow('app/Worker: the assembly has no asset other.zip');
});

test('the address of the API is refused to whoever needs it before it is known', () => {
  const template = {
    Resources: {
      Http: { Type: 'AWS::ApiGatewayV2::Api' },
      Q: { Type: 'AWS::SQS::Queue', Properties: { Probe: { 'Fn::GetAtt': ['Http', 'ApiEndpoint'] } } },
    },
  };
  const resolved = resolveAssembly(loadAssembly(writeAssembly({ app: { template } })), {
    ...addresses,
    api: undefined,
  });
  expect(() => resolved.resourcesOf('AWS::SQS::Queue')).toThrow('the address of the HTTP API is not known');
});

test('a folder without an assembly says what to do', () => {
  expect(() => loadAssembly('/nowhere')).toThrow('synthesize the application first');
});
