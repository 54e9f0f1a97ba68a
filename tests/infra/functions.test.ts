import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { stageNames } from '../../infra/stages.ts';
import { environments } from '../../shared/catalog/environment.ts';
import { type FunctionName, functions } from '../../shared/catalog/functions.ts';
import { longestHoldSeconds } from '../../shared/catalog/problems.ts';
import { queueNames } from '../../shared/catalog/queues.ts';
import { deployedText, type Resource, Synthesized, type SynthesizedStack, targetOf } from './synthesized.ts';

const LambdaFunction = z.object({
  Architectures: z.tuple([z.literal('arm64')]),
  Description: z.string(),
  Runtime: z.literal('nodejs24.x'),
  Role: z.unknown(),
  Timeout: z.number(),
  Environment: z.object({ Variables: z.record(z.string(), z.unknown()) }),
  LoggingConfig: z.object({ LogFormat: z.literal('JSON'), LogGroup: z.unknown() }),
});

const functionNames: readonly FunctionName[] = [
  'submit-job',
  'answer-messages',
  'read-jobs',
  'control-jobs',
  'schedule-jobs',
  'operate',
  'process-job',
  'receive-webhooks',
  'bury-job',
  'reconcile-jobs',
  'probe-queues',
  'analyze-patterns',
  'remediate',
  'show-dead-letters',
];

const WatchedBy = z.object({ AlarmConfiguration: z.object({ Alarms: z.tuple([z.object({ Name: z.unknown() })]) }) });

const VersionAlarm = z.object({
  AlarmName: z.object({ 'Fn::Join': z.tuple([z.literal(''), z.tuple([z.string(), z.unknown()])]) }),
  Dimensions: z.array(z.object({ Name: z.string(), Value: z.unknown() })),
});

let app: Synthesized;
beforeAll(() => {
  app = new Synthesized({ stage: 'local' });
});

describe('functions', () => {
  it('are all of the catalog, the consumer once a queue', () => {
    expect(Object.keys(functions).sort()).toEqual([...functionNames].sort());
    for (const name of functionNames)
      expect(deployed(name)).toHaveLength(name === 'process-job' ? queueNames.length : 1);
    expect(deployed()).toHaveLength(functionNames.length - 1 + queueNames.length);
  });

  it.each(functionNames)('%s gets an environment that it can read', (name) => {
    for (const { Environment } of deployed(name)) {
      const variables = Object.entries(Environment.Variables).map(([key, value]) => [key, deployedText(value)]);
      expect(environments[name].safeParse(Object.fromEntries(variables))).toMatchObject({ success: true });
    }
  });

  it.each(stageNames)('in the stage %s are told of no receiver that is not public', (stage) => {
    expect(JSON.stringify(new Synthesized({ stage }).service)).not.toContain('CALLBACK_TEST');
  });

  it('run as a role of their own', () => {
    const roles = deployed().map(({ Role }) => targetOf(Role));
    expect(new Set(roles).size).toBe(roles.length);
  });

  it('write to a log group of their own, whose logs end', () => {
    const groups = stacks().flatMap((stack) =>
      functionsOf(stack).map(({ LoggingConfig }) => stack.target(LoggingConfig.LogGroup)),
    );
    expect(new Set(groups.map(({ id }) => id)).size).toBe(groups.length);
    for (const group of groups) expect(group.Properties.RetentionInDays).toBe(7);
  });

  it('answer the API before API Gateway stops waiting', () => {
    for (const name of ['answer-messages', 'read-jobs', 'control-jobs', 'schedule-jobs', 'operate'] as const) {
      for (const { Timeout } of deployed(name)) expect(Timeout).toBeLessThanOrEqual(10);
    }
    const [submit] = deployed('submit-job');
    expect(submit?.Timeout, 'it may be held, and then still answers').toBeGreaterThan(longestHoldSeconds + 3);
    expect(submit?.Timeout).toBeLessThan(30);
  });

  it('are each released through an alias that falls back when its alarm fires', () => {
    const groups = stacks().flatMap((stack) => stack.ofType('AWS::CodeDeploy::DeploymentGroup'));
    expect(groups).toHaveLength(deployed().length);
    for (const { Properties } of groups) {
      expect(Properties.AutoRollbackConfiguration).toMatchObject({ Enabled: true });
      expect(Properties.AlarmConfiguration).toMatchObject({ Enabled: true, Alarms: [expect.anything()] });
    }
  });

  it('are judged, while they take over, by what their new version does, in an alarm that is new with it', () => {
    for (const stack of stacks()) {
      for (const { Properties } of stack.ofType('AWS::CodeDeploy::DeploymentGroup')) {
        const [{ Name }] = WatchedBy.parse(Properties).AlarmConfiguration.Alarms;
        const { AlarmName, Dimensions } = VersionAlarm.parse(stack.target(Name).Properties);
        const values = Object.fromEntries(Dimensions.map((each) => [each.Name, each.Value]));
        const version = values.ExecutedVersion;
        expect(stack.target(version).Type).toBe('AWS::Lambda::Version');
        expect(stack.target(version).Properties.FunctionName).toEqual(values.FunctionName);
        expect(JSON.stringify(values.Resource)).toMatch(/":live"/);
        expect(JSON.stringify(AlarmName)).toContain(JSON.stringify(version));
        expect(AlarmName['Fn::Join'][1][0]).toMatch(/^RoadtripJobs-local-version_fails-[a-z-]+-$/);
      }
    }
  });

  it('take over five at a time, and those of the API after those that do the work', () => {
    const aliases = app.service.ofType('AWS::Lambda::Alias');
    const ids = new Set(aliases.map(({ id }) => id));
    const after = new Map(aliases.map(({ id, DependsOn }) => [id, DependsOn.filter((other) => ids.has(other))]));
    expect([...after.values()].filter((others) => others.length === 0)).toHaveLength(5);
    const awaited = [...after.values()].flat();
    expect(awaited).toHaveLength(aliases.length - 5);
    expect(new Set(awaited).size, 'each is followed by one').toBe(awaited.length);
    expect(after.get(idOf('SubmitJob'))).toHaveLength(1);
    expect(after.get(idOf('ReconcileJobs'))).toEqual([]);
  });

  it('depend on each other in no circle', () => {
    for (const stack of stacks()) expect(() => inOrder(stack)).not.toThrow();
  });

  it('reconcile and probe every minute, end pauses every five, analyse every hour, and a run that could not start is kept', () => {
    const scheduled = stacks().flatMap((stack) => stack.ofType('AWS::Scheduler::Schedule'));
    const rates = scheduled.map(({ Properties }) => Properties.ScheduleExpression);
    expect(rates.toSorted()).toEqual(['rate(1 hour)', 'rate(1 minute)', 'rate(1 minute)', 'rate(5 minutes)']);
    for (const { Properties } of scheduled) {
      expect(Properties).toMatchObject({
        Target: { DeadLetterConfig: { Arn: expect.anything() }, RetryPolicy: { MaximumEventAgeInSeconds: 60 } },
      });
    }
  });
});

/** The alias of a function of the service stack. */
function idOf(construct: string): string {
  const found = app.service.ofType('AWS::Lambda::Alias').find(({ id }) => id.startsWith(`${construct}Function`));
  return found?.id ?? '';
}

/** The resources in an order in which CloudFormation could make them. Throws when there is none. */
function inOrder({ resources }: SynthesizedStack): readonly string[] {
  const made: string[] = [];
  const waiting = new Map(resources.map((resource) => [resource.id, needsOf(resource)]));
  while (waiting.size > 0) {
    const ready = [...waiting].filter(([, needs]) => needs.every((need) => !waiting.has(need)));
    if (ready.length === 0) throw new Error(`each of these needs another: ${[...waiting.keys()].join(', ')}`);
    for (const [id] of ready) waiting.delete(id);
    made.push(...ready.map(([id]) => id));
  }
  return made;
}

function needsOf({ Properties, DependsOn, UpdatePolicy }: Resource): readonly string[] {
  const text = JSON.stringify([Properties, UpdatePolicy]);
  return [...DependsOn, ...[...text.matchAll(/"(?:Ref|Fn::GetAtt)":\[?"(\w+)"/g)].map(([, id = '']) => id)];
}

function stacks(): readonly SynthesizedStack[] {
  return [app.service, app.operations];
}

function functionsOf(stack: SynthesizedStack) {
  return stack.ofType('AWS::Lambda::Function').map(({ Properties }) => LambdaFunction.parse(Properties));
}

function deployed(name?: FunctionName): readonly z.infer<typeof LambdaFunction>[] {
  return stacks()
    .flatMap(functionsOf)
    .filter(({ Description }) => !name || Description === functions[name].purpose);
}
