import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { pascalCase } from '../../infra/constructs/deployed-queues.ts';
import { grantModel } from '../../infra/constructs/model-access.ts';
import type { StageSettings } from '../../infra/stage-settings.ts';
import { queueNames } from '../../shared/catalog/queues.ts';
import { pausedQueues, raisedQueues } from '../../shared/catalog/remediations.ts';
import { Synthesized, SynthesizedStack, targetOf } from './synthesized.ts';

const oneOrMore = <T extends z.ZodType>(schema: T) => z.union([z.array(schema), schema.transform((one) => [one])]);

const Statement = z.object({
  Effect: z.enum(['Allow', 'Deny']),
  Action: oneOrMore(z.string()),
  Resource: oneOrMore(z.unknown()).optional(),
  Condition: z.unknown().optional(),
});

const Policy = z.object({
  PolicyDocument: z.object({ Statement: z.array(Statement) }),
  Roles: z.array(z.unknown()).default([]),
});

let app: Synthesized;
beforeAll(() => {
  app = new Synthesized({ stage: 'prod' });
});

describe('policies', () => {
  it('allow no action by a wildcard', () => {
    expect(allowed().length).toBeGreaterThan(50);
    expect(
      allowed()
        .flatMap(({ Action }) => Action)
        .filter((action) => action.includes('*')),
    ).toEqual([]);
  });

  it('name what they are for, except speech synthesis, metrics and the suppression list, which have no resource to name', () => {
    const everywhere = allowed().filter(({ Resource }) => Resource?.includes('*'));
    expect(new Set(everywhere.flatMap(({ Action }) => Action))).toEqual(
      new Set(['polly:SynthesizeSpeech', 'cloudwatch:GetMetricData', 'ses:GetSuppressedDestination']),
    );
  });

  it('let only consumers that narrate reach the model and the voice', () => {
    expect(functionsAllowed('bedrock:InvokeModel')).toEqual(['ProcessAiGeneration', 'ProcessAnalytics']);
    expect(functionsAllowed('polly:SynthesizeSpeech')).toEqual(['ProcessAnalytics', 'ProcessVoiceSynthesis']);
  });

  it('let only the consumer that plans ask for routes, and only on a stage that finds them with Amazon Location', () => {
    expect(functionsAllowed('geo-routes:CalculateRoutes')).toEqual(['ProcessAnalytics']);
    const asking = allowed().filter(({ Action }) => Action.includes('geo-routes:CalculateRoutes'));
    expect(JSON.stringify(asking.map(({ Resource }) => Resource))).toMatch(/:geo-routes:[^/]*::provider\/default/);
    expect(JSON.stringify(new Synthesized({ stage: 'local' }).all)).not.toContain('geo-routes');
  });

  it('let each secret be read by who needs it, and by nobody else', () => {
    const readOf = (role: string) =>
      allowed((id) => id.startsWith(role))
        .filter(({ Action }) => Action.includes('ssm:GetParameter'))
        .flatMap(({ Resource = [] }) => [
          ...JSON.stringify(Resource).matchAll(/parameter\/roadtrip-jobs\/prod\/([\w/*-]+)/g),
        ])
        .map(([, parameter]) => parameter)
        .toSorted();
    const readers = functionsAllowed('ssm:GetParameter');
    expect(Object.fromEntries(readers.map((role) => [role, readOf(role)]))).toEqual({
      ProcessBooking: ['partner/token', 'stripe/secret-key'],
      ProcessNotifications: ['webhooks/master-secret'],
      ReadJobs: ['webhooks/master-secret'],
      ReceiveWebhooks: ['stripe/secret-key', 'stripe/webhook-secret'],
    });
  });

  it('let the consumer of photos read uploads and write pictures, and the API sign uploads and what was made, and no more of the media', () => {
    const media = (role: string) =>
      allowed((id) => id.startsWith(role)).flatMap(({ Action, Resource }) =>
        Action.filter((action) => /^s3:.*Object$/.test(action)).map((action) => `${action} ${keysIn(Resource)}`),
      );
    expect(media('ProcessImageProcessing').sort()).toEqual(['s3:GetObject uploads/*', 's3:PutObject images/*']);
    expect(media('SubmitJob').sort()).toEqual(['s3:GetObject images/* speech/*', 's3:PutObject uploads/*']);
  });

  it('let operators alone look into the queues, and nobody of the API take a message from one', () => {
    expect(functionsAllowed('sqs:GetQueueAttributes').filter((name) => !/^(Process|BuryJob)/.test(name))).toEqual([
      'Operate',
    ]);
    expect(functionsAllowed('sqs:ReceiveMessage').filter((name) => !/^(Process|BuryJob)/.test(name))).toEqual([]);
  });

  it('let operators read and redrive dead letters, and find jobs no other way', () => {
    const statements = allowed((role) => role.startsWith('Operate')).filter(({ Action }) =>
      Action.some((action) => action.startsWith('dynamodb:')),
    );
    expect(statements.flatMap(({ Action }) => Action).toSorted()).toEqual([
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:Query',
      'dynamodb:UpdateItem',
    ]);
    const indexes = JSON.stringify(statements.map(({ Resource }) => Resource)).matchAll(/\/index\/(\w+|\*)/g);
    expect([...indexes].map(([, index]) => index)).toEqual(['dead']);
  });

  it('let the probe accept jobs, the analysis read failed ones and the dashboard redrive them, and nothing else with records', () => {
    const records = (role: string) =>
      allowed((id) => id.startsWith(role))
        .flatMap(({ Action }) => Action)
        .filter((action) => action.startsWith('dynamodb:'))
        .toSorted();
    expect(records('ProbeQueues')).toEqual(['dynamodb:PutItem']);
    expect(records('AnalyzePatterns')).toEqual(['dynamodb:BatchGetItem', 'dynamodb:Query']);
    const redriving = ['GetItem', 'PutItem', 'Query', 'UpdateItem'].map((call) => `dynamodb:${call}`);
    expect(records('ShowDeadLetters')).toEqual(redriving);
    expect(writable('ShowDeadLetters'), 'the job that tells of the failure').toEqual(['J#*']);
  });

  it('let remediation pause and raise what the catalog says and nothing else, redrive, and write its own item', () => {
    const statements = allowed((role) => role.startsWith('Remediate'));
    const [switching] = statements.filter(({ Action }) => Action.includes('lambda:UpdateEventSourceMapping'));
    const changed = new Set([...pausedQueues, ...raisedQueues]);
    expect(changed).not.toContain('voice_synthesis');
    expect(switching?.Resource).toHaveLength(changed.size);
    for (const queue of changed) expect(JSON.stringify(switching?.Resource)).toContain(`Process${pascalCase(queue)}`);
    expect(writable('Remediate')).toEqual(['J#*', 'R#*']);
    const records = statements.flatMap(({ Action }) => Action).filter((action) => action.startsWith('dynamodb:'));
    const redriving = ['GetItem', 'PutItem', 'Query', 'UpdateItem'].map((call) => `dynamodb:${call}`);
    expect([...new Set(records)].toSorted()).toEqual(redriving);
  });

  it('let the keeper of schedules touch neither jobs nor queues', () => {
    const statements = allowed((role) => role.startsWith('ScheduleJobs'));
    const actions = statements.flatMap(({ Action }) => Action).filter((action) => !action.startsWith('logs:'));
    expect(actions.toSorted()).toEqual(['GetItem', 'PutItem', 'Query', 'UpdateItem'].map((call) => `dynamodb:${call}`));
    const [used] = statements.filter(({ Action }) => Action.includes('dynamodb:UpdateItem'));
    expect(used?.Action).toEqual(['dynamodb:UpdateItem']);
    expect(used?.Condition).toEqual({ 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['B#owner#*'] } });
    const [table] = statements.filter(({ Action }) => Action.includes('dynamodb:PutItem'));
    expect(table?.Condition).toEqual({ 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['S#*', 'K#*'] } });
    expect(JSON.stringify(table?.Resource)).not.toContain('/index/');
  });

  it('let operators alone pause a queue, and nothing but a queue', () => {
    expect(functionsAllowed('lambda:UpdateEventSourceMapping')).toEqual(['Operate']);
    const [statement] = allowed((role) => role.startsWith('Operate')).filter(({ Action }) =>
      Action.includes('lambda:UpdateEventSourceMapping'),
    );
    const named = JSON.stringify(statement?.Resource).matchAll(
      /:event-source-mapping:",{"Ref":"(Process[A-Z]\w+?)Function/g,
    );
    expect([...named].map(([, consumer]) => consumer).toSorted()).toEqual(
      queueNames.map((name) => `Process${pascalCase(name)}`).toSorted(),
    );
    expect(statement?.Resource).toHaveLength(queueNames.length);
  });

  it('let only the consumer of notifications push and mail, to devices of the stage’s apps and as its own sender', () => {
    const sending = ['sns:Publish', 'ses:SendEmail', 'ses:GetContact', 'ses:GetSuppressedDestination'];
    expect(sending.map(functionsAllowed)).toEqual(sending.map(() => ['ProcessNotifications']));
    const named = (action: string) =>
      allowed()
        .filter(({ Action }) => Action.includes(action))
        .flatMap(({ Resource = [] }) =>
          Resource.map((one) => JSON.stringify(one).replace(/^.*":([^:"]+)"\].*$/, '$1')),
        );
    expect(named('sns:Publish')).toEqual(['endpoint/APNS/roadtrip/*', 'endpoint/GCM/roadtrip/*']);
    expect(named('ses:SendEmail')).toEqual(['contact-list/roadtrip-jobs', 'identity/mail.roadtrip-jobs.example']);
    expect(named('ses:GetContact')).toEqual(['contact-list/roadtrip-jobs']);
  });

  it('let what only reads jobs change nothing', () => {
    const actions = allowed((role) => role.startsWith('ReadJobs')).flatMap(({ Action }) => Action);
    const writing = actions.filter((action) => /Put|Update|Delete|Send/.test(action) && !action.startsWith('logs:'));
    expect(actions).toContain('dynamodb:GetItem');
    expect(writing).toEqual([]);
  });
});

describe('access to the model', () => {
  it('covers the profile and the model in each region that it may be sent to', () => {
    expect(modelArns('us.amazon.nova-2-lite-v1:0')).toHaveLength(4);
    expect(modelArns('global.anthropic.claude-haiku-4-5-20251001-v1:0')).toHaveLength(3);
  });
});

/** Every statement that allows something: of roles, queues and buckets. */
function allowed(ofRole?: (id: string) => boolean) {
  const policies = app.all.filter(({ Type }) => /::(Policy|QueuePolicy|BucketPolicy)$/.test(Type));
  return policies
    .map(({ Properties }) => Policy.parse(Properties))
    .filter(({ Roles }) => !ofRole || Roles.some((role) => ofRole(targetOf(role))))
    .flatMap(({ PolicyDocument }) => PolicyDocument.Statement)
    .filter(({ Effect }) => Effect === 'Allow');
}

/** Construct names of the functions whose role allows an action. */
function functionsAllowed(action: string): readonly string[] {
  const roles = app.service.ofType('AWS::IAM::Role').map(({ id }) => id);
  return roles
    .filter((id) => allowed((role) => role === id).some(({ Action }) => Action.includes(action)))
    .map((id) => id.replace(/Role[0-9A-F]{8}$/, ''))
    .sort();
}

/** The keys at the end of each ARN of a bucket. */
function keysIn(resource: unknown): string {
  return [...JSON.stringify(resource).matchAll(/"\/([^"]*)"/g)].map(([, keys]) => keys).join(' ');
}

function modelArns(id: StageSettings['model']['id']): readonly unknown[] {
  const stack = new Stack(new App({ builtinCloudFormationValidation: false }));
  const role = new Role(stack, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
  grantModel(Object.assign(role, { setVariable: () => undefined }), { id, maxTokens: 600, temperature: 0.7 });
  const [policy] = new SynthesizedStack(Template.fromStack(stack).toJSON()).ofType('AWS::IAM::Policy');
  return Policy.parse(policy?.Properties).PolicyDocument.Statement.flatMap(({ Resource = [] }) => Resource);
}

const Keys = z.object({ 'ForAllValues:StringLike': z.object({ 'dynamodb:LeadingKeys': z.array(z.string()) }) });

/** The keys of the items that the function may put into the job table; rejects when it may put any. */
function writable(role: string): readonly string[] {
  const putting = allowed((id) => id.startsWith(role)).filter(({ Action }) => Action.includes('dynamodb:PutItem'));
  return putting.flatMap(({ Condition }) => Keys.parse(Condition)['ForAllValues:StringLike']['dynamodb:LeadingKeys']);
}
