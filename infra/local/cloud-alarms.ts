import * as z from 'zod';
import type { AlarmChange, AlarmDefinition, AlarmState } from './aws/cloudwatch/alarm.ts';
import { judgeRule } from './aws/cloudwatch/composite-rule.ts';
import type { CloudWatch } from './aws/cloudwatch/create-cloudwatch.ts';
import { ExpressionError, parseExpression } from './aws/cloudwatch/expression.ts';
import { comparisonNames, judgeMetric, missingDataTreatments } from './aws/cloudwatch/metric-condition.ts';
import { compileQueries, MetricDataQuery } from './aws/cloudwatch/metric-query.ts';
import { alarmNotification } from './aws/cloudwatch/notification.ts';
import type { Topics } from './aws/sns/topic-delivery.ts';
import { ignored, readProperties } from './read-properties.ts';
import { localArn } from './template/physical-names.ts';
import type { ResolvedResource, ResolvedTemplate } from './template/resolve.ts';
import { TemplateError } from './template/template-error.ts';

const arns = z.array(z.string()).default([]);
const actionFields = {
  AlarmName: ignored,
  AlarmDescription: z.string().optional(),
  ActionsEnabled: z.boolean().default(true),
  AlarmActions: arns,
  OKActions: arns,
  InsufficientDataActions: arns,
  Tags: ignored,
};

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudwatch-alarm.html */
const MetricAlarmProperties = z
  .strictObject({
    ...actionFields,
    ComparisonOperator: z.enum(comparisonNames),
    Threshold: z.number(),
    EvaluationPeriods: z.int().min(1),
    DatapointsToAlarm: z.int().min(1).optional(),
    TreatMissingData: z.enum(missingDataTreatments).optional(),
    Metrics: z.array(MetricDataQuery).optional(),
    Namespace: z.string().optional(),
    MetricName: z.string().optional(),
    Dimensions: ignored,
    Period: ignored,
    Statistic: z.string().optional(),
    ExtendedStatistic: z.string().optional(),
    Unit: ignored,
  })
  .transform((alarm) => ({ ...alarm, queries: alarm.Metrics ?? [singleMetric(alarm)] }));

/** An alarm on one metric, as the query that an alarm on several would have. */
function singleMetric(alarm: Readonly<Record<string, unknown>>): z.infer<typeof MetricDataQuery> {
  const { Namespace, MetricName, Dimensions, Period, Statistic, ExtendedStatistic } = alarm;
  const Stat = Statistic ?? ExtendedStatistic;
  return MetricDataQuery.parse({
    Id: 'm1',
    MetricStat: { Metric: { Namespace, MetricName, Dimensions }, Period, Stat },
  });
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudwatch-compositealarm.html */
const CompositeAlarmProperties = z.strictObject({
  ...actionFields,
  AlarmRule: z.string(),
});

/** Why some alarms stay in INSUFFICIENT_DATA. */
const needsWeeks = 'Not judged locally: a band of what is usual needs weeks of history.';

export interface AlarmsOptions {
  readonly topics: Topics;
  /** Told of every change, whether or not anything is done about it. */
  readonly changed?: ((change: AlarmChange) => void) | undefined;
  /** Takes a line for each change, except that an alarm begins well. */
  readonly log: (line: string) => void;
  /** Records what is only looked at at the end of a minute. */
  readonly sample: (at: number) => void;
}

/**
 * Has the template's alarms judged from now on, and their topics told; answers how to stop. Throws TemplateError for an alarm that cannot be
 * judged, that names one that does not exist, or whose action is no topic of the template.
 */
export function startAlarms(
  template: ResolvedTemplate,
  { alarms, start }: CloudWatch,
  { topics, changed, log, sample }: AlarmsOptions,
): () => void {
  const add = (resource: ResolvedResource, read: (resource: ResolvedResource) => AlarmDefinition) => {
    const place = `${resource.stackName}/${resource.logicalId}`;
    const definition = explained(place, () => read(resource));
    const actions = Object.values(definition.actions).flat();
    const unknown = actions.find((action) => !topics.hasTopic(action));
    if (unknown !== undefined) throw new TemplateError(`${place}: the local cloud cannot tell ${unknown} of an alarm.`);
    alarms.add(definition);
  };
  for (const resource of template.resourcesOf('AWS::CloudWatch::Alarm')) add(resource, metricAlarm);
  for (const resource of template.resourcesOf('AWS::CloudWatch::CompositeAlarm')) add(resource, compositeAlarm);
  const tell = (change: AlarmChange) => {
    if (!isFirstOk(change)) log(alarmLine(change));
    changed?.(change);
    const { actions, state } = change.alarm;
    for (const action of actions[state]) topics.publish(action, alarmNotification(change));
  };
  return explained('the alarms', () => start(sample, tell));
}

/** Every alarm starts without data; over a hundred that find nothing wrong in the first minute are no news. */
function isFirstOk({ alarm, from }: AlarmChange): boolean {
  return from === 'INSUFFICIENT_DATA' && alarm.state === 'OK';
}

/** One line for people: when, which alarm, its state and why. */
export function alarmLine({ alarm: { name, state, reason, since }, from }: AlarmChange): string {
  return `${new Date(since).toISOString()} ${name} ${from} → ${state}: ${reason}`;
}

function metricAlarm(resource: ResolvedResource): AlarmDefinition {
  if ('ThresholdMetricId' in resource.properties) return inertAlarm(resource, needsWeeks);
  const alarm = readProperties(MetricAlarmProperties, resource);
  const [query, ...others] = compileQueries(alarm.queries).filter(({ returnsData }) => returnsData);
  if (!query || others.length > 0) throw new ExpressionError('exactly one metric or expression must return data');
  const isOfDynamoDb = alarm.queries.some(({ MetricStat }) => MetricStat?.Metric.Namespace === 'AWS/DynamoDB');
  const condition = {
    query,
    comparison: alarm.ComparisonOperator,
    threshold: alarm.Threshold,
    evaluationPeriods: alarm.EvaluationPeriods,
    datapointsToAlarm: alarm.DatapointsToAlarm ?? alarm.EvaluationPeriods,
    // https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
    treatMissingData: alarm.TreatMissingData ?? (isOfDynamoDb ? ('ignore' as const) : ('missing' as const)),
  };
  return {
    ...described(resource, alarm),
    kind: 'MetricAlarm',
    judge: ({ store, endedAt }) => judgeMetric(condition, store, endedAt),
    rangeMs: alarm.EvaluationPeriods * query.periodSeconds * 1000,
  };
}

function inertAlarm(resource: ResolvedResource, inert: string): AlarmDefinition {
  const alarm = readProperties(z.looseObject(actionFields), resource);
  return { ...described(resource, alarm), kind: 'MetricAlarm', judge: () => undefined, inert };
}

function compositeAlarm(resource: ResolvedResource): AlarmDefinition {
  const alarm = readProperties(CompositeAlarmProperties, resource);
  const rule = parseExpression(alarm.AlarmRule);
  return {
    ...described(resource, alarm),
    kind: 'CompositeAlarm',
    judge: ({ find }) => judgeRule(rule, find),
  };
}

interface Actions {
  readonly ActionsEnabled: boolean;
  readonly AlarmActions: readonly string[];
  readonly OKActions: readonly string[];
  readonly InsufficientDataActions: readonly string[];
}

function described({ name, properties }: ResolvedResource, alarm: Actions) {
  const declared = { OK: alarm.OKActions, ALARM: alarm.AlarmActions, INSUFFICIENT_DATA: alarm.InsufficientDataActions };
  const none: Record<AlarmState, readonly string[]> = { OK: [], ALARM: [], INSUFFICIENT_DATA: [] };
  return {
    name,
    arn: localArn('cloudwatch', `alarm:${name}`),
    properties,
    actions: alarm.ActionsEnabled ? declared : none,
  };
}

/** What CloudWatch says of an alarm, with the alarm's place in the template. */
function explained<T>(place: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    throw new TemplateError(`${place}: ${error.message}`, { cause: error });
  }
}
