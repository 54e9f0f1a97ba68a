import { describe, expect, test } from 'vitest';
import { createDecider, type Need } from '../../../infra/local/aws/iam/decide.ts';
import { parseIdentityPolicy, parseResourcePolicy } from '../../../infra/local/aws/iam/statement.ts';

const table = 'arn:aws:dynamodb:us-east-1:000000000000:table/jobs';
/** A policy variable, which is no template of ours. */
const variable = `\${aws:username}`;
const version = { Version: '2012-10-17' };
const allow = (Action: unknown, Resource: unknown, more: object = {}) => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
});
const deny = (Action: unknown, Resource: unknown, more: object = {}) => ({ Effect: 'Deny', Action, Resource, ...more });
const decider = (...Statement: object[]) => createDecider(parseIdentityPolicy({ ...version, Statement }, 'policy'));

describe('a role may', () => {
  const allowed: Record<string, [statements: object[], action: string, resource: string]> = {
    'what a statement names': [[allow('dynamodb:GetItem', table)], 'dynamodb:GetItem', table],
    'one of several actions and resources': [
      [allow(['sqs:SendMessage', 'dynamodb:GetItem'], ['arn:aws:sqs:x', table])],
      'dynamodb:GetItem',
      table,
    ],
    'an action in other letters': [[allow('DynamoDB:getitem', table)], 'dynamodb:GetItem', table],
    'actions by a star': [[allow('dynamodb:*', table)], 'dynamodb:GetItem', table],
    'an action by a question mark': [[allow('dynamodb:?etItem', table)], 'dynamodb:GetItem', table],
    'what has no resource, by a star': [[allow('polly:SynthesizeSpeech', '*')], 'polly:SynthesizeSpeech', '*'],
    'objects below a prefix': [
      [allow('s3:GetObject', 'arn:aws:s3:::media/speech/*')],
      's3:GetObject',
      'arn:aws:s3:::media/speech/a/b.mp3',
    ],
    'what the second statement names': [
      [allow('dynamodb:PutItem', table), allow('dynamodb:GetItem', table)],
      'dynamodb:GetItem',
      table,
    ],
  };
  test.each(Object.entries(allowed))('%s', (_, [statements, action, resource]) => {
    expect(decider(...statements)({ action, resource })).toBeUndefined();
  });
});

describe('a role may not', () => {
  const refused: Record<string, [statements: object[], action: string, resource: string, by?: string]> = {
    'anything without a statement': [[], 'dynamodb:GetItem', table],
    'another action': [[allow('dynamodb:GetItem', table)], 'dynamodb:PutItem', table],
    'an action that only begins so': [[allow('dynamodb:Get', table)], 'dynamodb:GetItem', table],
    'the same on another resource': [[allow('dynamodb:GetItem', table)], 'dynamodb:GetItem', `${table}2`],
    'an index by the grant of its table': [[allow('dynamodb:Query', table)], 'dynamodb:Query', `${table}/index/due`],
    'a resource in other letters': [[allow('dynamodb:GetItem', table)], 'dynamodb:GetItem', table.toUpperCase()],
    'a text that a dot would match': [[allow('s3:GetObject', 'arn:aws:s3:::a.b')], 's3:GetObject', 'arn:aws:s3:::axb'],
    'a bucket by the grant of its objects': [
      [allow('s3:*', 'arn:aws:s3:::media/*')],
      's3:ListBucket',
      'arn:aws:s3:::media',
    ],
    'what has no resource, by the grant of some': [
      [allow('polly:*', 'arn:aws:polly:*')],
      'polly:SynthesizeSpeech',
      '*',
    ],
    'what is allowed and denied, whichever comes first': [
      [deny('dynamodb:Get*', '*'), allow('*', '*')],
      'dynamodb:GetItem',
      table,
      'identity-based',
    ],
  };
  test.each(Object.entries(refused))('%s', (_, [statements, action, resource, by]) => {
    expect(decider(...statements)({ action, resource })).toEqual({ deniedBy: by });
  });
});

describe('a condition on leading keys', () => {
  const leading = { Condition: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['S#*', 'K#?'] } } };
  const refusalOf = decider(allow('dynamodb:PutItem', table, leading));
  const put = (...keys: string[]): Need => ({
    action: 'dynamodb:PutItem',
    resource: table,
    context: () => ({ 'dynamodb:LeadingKeys': keys }),
  });

  test('is met when every key is like one of its patterns, also after another call was refused', () => {
    expect(refusalOf(put('J#1'))).toEqual({ deniedBy: undefined });
    expect(refusalOf(put('S#1', 'K#1'))).toBeUndefined();
  });
  test.each([
    ['one other key', ['S#1', 'J#1']],
    ['a longer key', ['K#12']],
    ['an unreadable key', ['']],
  ])('is not met with %s', (_, keys) => expect(refusalOf(put(...keys))).toEqual({ deniedBy: undefined }));
  test('is not asked of calls that no such statement covers', () => {
    const need = { action: 'dynamodb:GetItem', resource: table, context: () => expect.fail('asked') };
    expect(decider(allow('dynamodb:GetItem', table))(need)).toBeUndefined();
  });
});

describe('the policy of a queue', () => {
  const overPlainHttp = { Condition: { Bool: { 'aws:SecureTransport': 'false' } } };
  const queue = 'arn:aws:sqs:us-east-1:000000000000:jobs';
  const refusalOf = (...Statement: object[]) =>
    createDecider([
      ...parseIdentityPolicy({ ...version, Statement: allow('sqs:*', '*') }, 'role'),
      ...parseResourcePolicy({ ...version, Statement }, 'queue'),
    ])({ action: 'sqs:SendMessage', resource: queue });

  test('that wants TLS lets calls on loopback through', () => {
    expect(refusalOf(deny('sqs:*', queue, { Principal: { AWS: '*' }, ...overPlainHttp }))).toBeUndefined();
  });
  test('denies everybody what it denies', () => {
    expect(refusalOf(deny('sqs:*', queue, { Principal: '*' }))).toEqual({ deniedBy: 'resource-based' });
  });
  test('allows no role anything by what it allows a service', () => {
    const forSns = allow('sqs:SendMessage', queue, { Principal: { Service: 'sns.amazonaws.com' } });
    const nobody = createDecider(parseResourcePolicy({ ...version, Statement: forSns }, 'queue'));
    expect(nobody({ action: 'sqs:SendMessage', resource: queue })).toEqual({ deniedBy: undefined });
  });
});

describe('a policy that cannot be judged is refused by name:', () => {
  const unknown: Record<string, [object, RegExp]> = {
    'an unknown operator': [{ Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } }, /IpAddress.*aws:SourceIp/],
    'an unknown key': [{ Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }, /MultiFactorAuthPresent/],
    'a variable in a condition': [
      { Condition: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': variable } } },
      /LeadingKeys/,
    ],
    'a variable in a resource': [{ Resource: `arn:aws:s3:::${variable}` }, /\$\{aws:username}/],
    NotAction: [{ NotAction: 'iam:*' }, /NotAction/],
    NotResource: [{ NotResource: table }, /NotResource/],
    'a principal in the policy of a role': [{ Principal: '*' }, /Principal/],
  };
  test.each(Object.entries(unknown))('%s', (_, [more, named]) => {
    const parse = () => parseIdentityPolicy({ ...version, Statement: allow('x:Y', '*', more) }, 'service/SomePolicy');
    expect(parse).toThrow(named);
    expect(parse).toThrow(/^service\/SomePolicy/);
  });
  test('a grant to another account', () => {
    const Statement = allow('sqs:*', '*', { Principal: { AWS: '111111111111' } });
    expect(() => parseResourcePolicy({ ...version, Statement }, 'data/QueuePolicy')).toThrow(/^data\/QueuePolicy/);
  });
});
