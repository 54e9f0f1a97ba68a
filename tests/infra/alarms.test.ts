import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { stubCodeKey } from '../../infra/constructs/function-code.ts';
import { createApp } from '../../infra/stacks/create-app.ts';
import { alarmNames, alarms, cloudWatchName, runbookSection, versionAlarm } from '../../shared/catalog/alarms.ts';
import { objectiveNames, objectives } from '../../shared/catalog/objectives.ts';
import { queueNames } from '../../shared/catalog/queues.ts';
import { remediatedAlarms, remediations } from '../../shared/catalog/remediations.ts';
import { deployedText, Synthesized, targetOf } from './synthesized.ts';

const Dimension = z.object({ Name: z.string(), Value: z.unknown() });

const MetricStat = z.object({
  Metric: z.object({ MetricName: z.string(), Dimensions: z.array(Dimension) }),
  Stat: z.string(),
  Period: z.number(),
});

const Alarm = z.looseObject({
  AlarmName: z.unknown().transform(deployedText),
  AlarmDescription: z.string(),
  ComparisonOperator: z.string(),
  Threshold: z.number().optional(),
  TreatMissingData: z.enum(['breaching', 'notBreaching']),
  Period: z.number().optional(),
  Statistic: z.string().optional(),
  MetricName: z.string().optional(),
  EvaluationPeriods: z.number(),
  DatapointsToAlarm: z.number().optional(),
  Metrics: z.array(z.object({ Expression: z.string().optional(), MetricStat: MetricStat.optional() })).default([]),
  AlarmActions: z.array(z.unknown()).default([]),
  OKActions: z.array(z.unknown()).default([]),
});

const Composite = z.object({
  AlarmName: z.string(),
  AlarmDescription: z.string(),
  AlarmRule: z.unknown(),
  AlarmActions: z.tuple([z.unknown()]),
  OKActions: z.tuple([z.unknown()]),
});

let prod: Synthesized;
beforeAll(() => {
  prod = new Synthesized({ stage: 'prod' });
});

type DeployedAlarm = z.infer<typeof Alarm> & { readonly id: string };

/** Of all stacks. */
function metricAlarms(): readonly DeployedAlarm[] {
  return prod.all
    .filter(({ Type }) => Type === 'AWS::CloudWatch::Alarm')
    .map(({ id, Properties }) => ({ id, ...Alarm.parse(Properties) }));
}

/** The alarms on what the service does; those of deployments are not in it. */
function catalogAlarms(): readonly DeployedAlarm[] {
  return metricAlarms().filter(({ AlarmName }) => kindOf(AlarmName) !== versionAlarm.name);
}

/** `oldest_message_too_old` of `RoadtripJobs-prod-oldest_message_too_old-booking`. */
function kindOf(alarmName: string): string {
  return /^RoadtripJobs-prod-(\w+)(?:-|$)/.exec(alarmName)?.[1] ?? '';
}

/** Subscriptions that lead out of AWS. */
function peopleOf({ operations }: Synthesized) {
  return operations.ofType('AWS::SNS::Subscription').filter(({ Properties }) => Properties.Protocol !== 'lambda');
}

function composites(): readonly z.infer<typeof Composite>[] {
  return prod.operations.ofType('AWS::CloudWatch::CompositeAlarm').map(({ Properties }) => Composite.parse(Properties));
}

/** Logical ids of the alarms that a composite watches. */
function causes({ AlarmRule }: z.infer<typeof Composite>): readonly string[] {
  return [...JSON.stringify(AlarmRule).matchAll(/"Fn::GetAtt":\["(\w+)","Arn"\]/g)].map(([, id]) => id ?? '');
}

/**
 * So late may a figure be. A quarter of an hour has figures although its last minutes are not there; a minute has none, and is filled in.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html FILL
 */
const latenessSeconds = 120;

/** AWS Budgets warns by itself. */
const notOfCloudWatch = 'spend_high';

describe('alarms', () => {
  it.each(queueNames)('of every kind watch %s', (queue) => {
    const names = catalogAlarms().map(({ AlarmName }) => AlarmName);
    for (const alarm of alarmNames.filter((name) => alarms[name].per === 'queue')) {
      expect(names).toContain(cloudWatchName('prod', alarm, queue));
    }
  });

  it('say what they mean and where the runbook is', () => {
    for (const { AlarmName, AlarmDescription } of [...metricAlarms(), ...composites()]) {
      const kind = kindOf(AlarmName);
      expect(AlarmDescription).toMatch(/^[A-Z].{20,}\. Runbook: /);
      expect(AlarmDescription).toContain(runbookSection(kind));
    }
  });

  it('have a section of the runbook, every one of them, and every section has its alarm', () => {
    const runbook = readFileSync(join(import.meta.dirname, '../../docs/runbook.md'), 'utf8');
    const sections = [...runbook.matchAll(/^## ([a-z_]+)$/gm)].map(([, name]) => name);
    const kinds = new Set([...metricAlarms(), ...composites()].map(({ AlarmName }) => kindOf(AlarmName)));
    expect(sections.toSorted()).toEqual([...kinds, notOfCloudWatch].toSorted());
  });

  it('on dead letters see the first one: within a minute, whether it is still there or has been taken', () => {
    const letters = catalogAlarms().filter(({ AlarmName }) => AlarmName.includes('dead_letters_arrived'));
    expect(letters).toHaveLength(queueNames.length);
    const watched = letters.map((alarm) => {
      expect(alarm).toMatchObject({ Threshold: 1, ComparisonOperator: 'GreaterThanOrEqualToThreshold' });
      const parts = alarm.Metrics.flatMap(({ MetricStat }) => MetricStat ?? []);
      expect(parts).toMatchObject([
        { Metric: { MetricName: 'ApproximateNumberOfMessagesVisible' }, Stat: 'Maximum', Period: 60 },
        { Metric: { MetricName: 'NumberOfMessagesReceived' }, Stat: 'Sum', Period: 60 },
      ]);
      const queues = parts.map(({ Metric }) => Metric.Dimensions[0]?.Value);
      expect(queues[1]).toEqual(queues[0]);
      return prod.dataResource(queues[0]);
    });
    for (const { Properties } of watched) expect(Properties).toHaveProperty('RedriveAllowPolicy');
    expect(new Set(watched.map(({ id }) => id)).size).toBe(queueNames.length);
  });

  it('can fire although the newest figures are late, and filled in until they come', () => {
    const filled = metricAlarms().filter(({ Metrics }) =>
      Metrics.some(({ Expression }) => Expression?.includes('FILL(')),
    );
    expect(filled.length).toBeGreaterThan(queueNames.length);
    const stuck = filled.filter(({ Metrics, EvaluationPeriods, DatapointsToAlarm = EvaluationPeriods }) => {
      const periodSeconds = Math.max(...Metrics.map(({ MetricStat }) => MetricStat?.Period ?? 0));
      return EvaluationPeriods - DatapointsToAlarm < Math.floor(latenessSeconds / periodSeconds);
    });
    expect(stuck.map(({ AlarmName }) => AlarmName)).toEqual([]);
  });

  it('take missing data for trouble only where silence is the trouble', () => {
    const breaching = catalogAlarms().filter(({ TreatMissingData }) => TreatMissingData === 'breaching');
    const kinds = breaching.map(({ AlarmName }) => AlarmName.split('-')[2]);
    expect(new Set(kinds)).toEqual(new Set(['probe_late', 'reconciler_silent']));
  });
});

describe('incidents', () => {
  it('hold every alarm once, and only they tell people; those that something is done about tell the function that does it', () => {
    const held = composites().flatMap(causes);
    expect(held.toSorted()).toEqual(
      catalogAlarms()
        .map(({ id }) => id)
        .toSorted(),
    );
    const acting = catalogAlarms().filter(({ AlarmActions }) => AlarmActions.length > 0);
    const remediated = remediatedAlarms.flatMap((name) =>
      remediations[name].queues.map((queue) => cloudWatchName('prod', name, queue)),
    );
    expect(acting.map(({ AlarmName }) => AlarmName).toSorted()).toEqual(remediated.toSorted());
    const people = new Set(composites().map(({ AlarmActions }) => targetOf(AlarmActions[0])));
    for (const { AlarmActions, OKActions } of acting) {
      expect(OKActions, 'the end is told too').toEqual(AlarmActions);
      expect(people).not.toContain(targetOf(AlarmActions[0]));
    }
  });

  it('tell of their end as of their beginning', () => {
    for (const { AlarmActions, OKActions } of composites()) expect(OKActions).toEqual(AlarmActions);
  });

  it('are one for each queue, so that no trouble hides behind another, one for the service, and one that wakes nobody', () => {
    const topicOf = (name: string) => {
      const found = composites().find(({ AlarmName }) => AlarmName === cloudWatchName('prod', name));
      return targetOf(found?.AlarmActions[0]);
    };
    for (const queue of queueNames) expect(topicOf(`queue_in_trouble-${queue}`)).toBe(topicOf('service_in_trouble'));
    expect(topicOf('something_to_look_at')).not.toBe(topicOf('service_in_trouble'));
    expect(composites()).toHaveLength(queueNames.length + 2);
  });

  it('are within what CloudWatch takes: a hundred alarms, 10,240 characters', () => {
    const longestArn = `ALARM("arn:aws:cloudwatch:ap-southeast-2:123456789012:alarm:") OR `.length;
    const names = new Map(catalogAlarms().map(({ id, AlarmName }) => [id, AlarmName.replace('prod', 'staging')]));
    for (const composite of composites()) {
      const lengths = causes(composite).map((id) => longestArn + (names.get(id)?.length ?? 0));
      expect(lengths.length).toBeLessThanOrEqual(100);
      expect(lengths.reduce((sum, length) => sum + length, 0)).toBeLessThan(10_240);
    }
  });
});

describe('topics', () => {
  it('let CloudWatch of this account publish, and nobody who does not use TLS', () => {
    const policies = prod.operations
      .ofType('AWS::SNS::TopicPolicy')
      .map(({ Properties }) => JSON.stringify(Properties));
    expect(policies).toHaveLength(3);
    for (const policy of policies) {
      expect(policy).toContain('"Service":"cloudwatch.amazonaws.com"');
      expect(policy).toContain('"aws:SourceAccount":{"Ref":"AWS::AccountId"}');
      expect(policy).toContain('"aws:SecureTransport":"false"');
    }
  });

  it('tell the function that remediates of its alarms alone', () => {
    const lambda = prod.operations
      .ofType('AWS::SNS::Subscription')
      .filter(({ Properties }) => Properties.Protocol === 'lambda');
    expect(lambda.map(({ Properties }) => targetOf(Properties.TopicArn))).toEqual([
      expect.stringMatching(/^TopicsRemediations/),
    ]);
    expect(targetOf(lambda[0]?.Properties.Endpoint)).toMatch(/^Remediate/);
  });

  it('page through PagerDuty where the stage says so, with an address that is in no template', () => {
    const [subscription, ...more] = peopleOf(prod);
    expect(more).toEqual([]);
    expect(subscription?.Properties).toMatchObject({
      Protocol: 'https',
      Endpoint: '{{resolve:secretsmanager:roadtrip-jobs/pagerduty-url:SecretString:::}}',
      RedrivePolicy: { deadLetterTargetArn: expect.anything() },
    });
    expect(peopleOf(new Synthesized({ stage: 'dev' }))).toEqual([]);
  });

  it('hear of a day that cost too much', () => {
    const [budget] = prod.operations.ofType('AWS::Budgets::Budget');
    expect(budget?.Properties).toMatchObject({
      Budget: { TimeUnit: 'DAILY', BudgetLimit: { Amount: 400, Unit: 'USD' } },
      NotificationsWithSubscribers: [{ Subscribers: [{ SubscriptionType: 'SNS' }] }],
    });
  });
});

describe('objectives', () => {
  it('are one for each queue or for the service, each with an alarm on its error budget', () => {
    const named = prod.operations
      .ofType('AWS::ApplicationSignals::ServiceLevelObjective')
      .map(({ Properties }) => Properties.Name);
    const expected = objectiveNames.flatMap((name) =>
      objectives[name].per === 'queue'
        ? queueNames.map((queue) => cloudWatchName('prod', name, queue))
        : [cloudWatchName('prod', name)],
    );
    expect(named.toSorted()).toEqual(expected.toSorted());
    const burning = catalogAlarms().filter(({ AlarmName }) => AlarmName.includes('objective_burning'));
    expect(burning).toHaveLength(expected.length);
  });
});

describe('the operations stack', () => {
  it('is needed by nothing that travellers use', () => {
    const { service, data, operations } = createApp({ validate: false, context: { [stubCodeKey]: true } });
    expect([...data.dependencies, ...service.dependencies]).not.toContain(operations);
  });

  it('asks the logs of every function', () => {
    const queries = prod.operations.ofType('AWS::Logs::QueryDefinition');
    const functions = [
      ...prod.service.ofType('AWS::Lambda::Function'),
      ...prod.operations.ofType('AWS::Lambda::Function'),
    ];
    expect(queries.length).toBeGreaterThan(3);
    for (const { Properties } of queries) expect(Properties.LogGroupNames).toHaveLength(functions.length);
  });
});
