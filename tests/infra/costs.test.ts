import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import * as z from 'zod';
import { type MetricDefinition, type MetricName, metrics } from '../../shared/catalog/metrics.ts';
import { objectives } from '../../shared/catalog/objectives.ts';
import { queueNames } from '../../shared/catalog/queues.ts';
import { Synthesized } from './synthesized.ts';

const guide = readFileSync(path.resolve(import.meta.dirname, '../../docs/deploy.md'), 'utf8').replaceAll('\n', ' ');

const Alarm = z.object({
  ThresholdMetricId: z.string().optional(),
  Metrics: z
    .array(z.object({ MetricStat: z.unknown().optional() }))
    .default([{ MetricStat: 'the one that the alarm is on' }]),
});

/** What a probe that went through its queue has counted. */
const probed: readonly MetricName[] = ['jobs_accepted', 'pick_up_latency', 'step_duration', 'jobs_completed'];

/** US dollars a month in us-east-1: https://aws.amazon.com/cloudwatch/pricing/ */
const prices = { alarmMetric: 0.1, composite: 0.5, dashboard: 3, series: 0.3 };

const prod = new Synthesized({ stage: 'prod' });
const ofType = (type: string) => prod.all.filter(({ Type }) => Type === type);

it('the guide counts what watches a stage, and what it costs, as the templates and catalogs have it', () => {
  const alarms = ofType('AWS::CloudWatch::Alarm').map(({ Properties }) => Alarm.parse(Properties));
  const watched = alarms.map(({ Metrics, ThresholdMetricId }) => {
    const real = Metrics.filter(({ MetricStat }) => MetricStat !== undefined).length;
    return ThresholdMetricId === undefined ? real : real + upperAndLower;
  });
  const alarmMetrics = sum(watched);
  const composites = ofType('AWS::CloudWatch::CompositeAlarm').length;
  const series = sum(probed.map(seriesAQueue)) * queueNames.length + reconcilerRuns;
  const usd = Math.round(
    alarmMetrics * prices.alarmMetric + composites * prices.composite + prices.dashboard + series * prices.series,
  );
  expect(ofType('AWS::CloudWatch::Dashboard')).toHaveLength(1);
  expect(guide).toContain(`${alarms.length} alarms over ${alarmMetrics} metrics`);
  expect(guide).toContain(`${composites} composite alarms`);
  expect(guide).toContain(`${series} series of our own metrics`);
  expect(guide).toContain(`about ${usd} USD a month`);
});

it('the guide counts what a job type adds, the queues that are polled and the objectives', () => {
  const byType = Object.values(metrics).filter(({ dimensions }) =>
    ['type', 'queue'].every((one) => dimensions.some((each) => each === one)),
  );
  expect(guide).toContain(`adds up to ${byType.length} series`);
  expect(guide).toContain(`polling of ${ofType('AWS::Lambda::EventSourceMapping').length} queues`);
  const objectiveCount = ofType('AWS::ApplicationSignals::ServiceLevelObjective').length;
  expect(objectiveCount).toBeGreaterThan(Object.keys(objectives).length);
  expect(guide).toContain(`its ${objectiveCount} objectives`);
});

/** An alarm on a band of what is usual is charged for its two edges too. */
const upperAndLower = 2;

const reconcilerRuns = 1;

function seriesAQueue(name: MetricName): number {
  const { alsoBy }: MetricDefinition = metrics[name];
  return alsoBy === undefined ? 1 : 2;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
