import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { stageNames } from '../../infra/stages.ts';
import { environments } from '../../shared/catalog/environment.ts';
import { type FunctionName, functions } from '../../shared/catalog/functions.ts';
import { longestHoldSeconds } from '../../shared/catalog/problems.ts';
import { queueNames } from '../../shared/catalog/queues.ts';
import { deployedText, Synthesized, type SynthesizedStack, targetOf } from './synthesized.ts';

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
