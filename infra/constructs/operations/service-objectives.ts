import { Duration } from 'aws-cdk-lib';
import { CfnServiceLevelObjective } from 'aws-cdk-lib/aws-applicationsignals';
import { Alarm, ComparisonOperator, MathExpression, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { cloudWatchName, runbookSection, type WatchedMetric } from '../../../shared/catalog/alarms.ts';
import {
  burnAlarm,
  type ObjectiveDefinition,
  type ObjectiveName,
  objectiveDays,
  objectiveNames,
  objectives,
} from '../../../shared/catalog/objectives.ts';
import { pascalCase } from '../deployed-queues.ts';
import type { CatalogAlarm, WatchedQueue } from './catalog-alarms.ts';
import { metricOf, type Subject, type Watched } from './watched.ts';

export interface ServiceObjectivesProps {
  readonly watched: Watched;
  readonly queues: readonly WatchedQueue[];
}

type MetricQuery = CfnServiceLevelObjective.MetricDataQueryProperty;

/** The objectives of the catalog in Application Signals, each with an alarm on how fast its error budget goes. */
export class ServiceObjectives extends Construct {
  readonly burning: readonly CatalogAlarm[];
  readonly #watched: Watched;

  constructor(scope: Construct, id: string, { watched, queues }: ServiceObjectivesProps) {
    super(scope, id);
    this.#watched = watched;
    this.burning = objectiveNames.flatMap((name) => {
      const row: ObjectiveDefinition = objectives[name];
      return row.per === 'queue' ? queues.map((queue) => this.#add(name, row, queue)) : [this.#add(name, row)];
    });
  }

  #add(name: ObjectiveName, row: ObjectiveDefinition, queue?: WatchedQueue): CatalogAlarm {
    const label = queue ? `${name}-${queue.name}` : name;
    const objective = new CfnServiceLevelObjective(this, pascalCase(label), {
      name: cloudWatchName(this.#watched.stage, label),
      description: `${row.goalPercent} % ${row.promise}`,
      goal: {
        interval: { rollingInterval: { duration: objectiveDays, durationUnit: 'DAY' } },
        attainmentGoal: row.goalPercent,
        warningThreshold: 50,
      },
      burnRateConfigurations: Object.values(burnAlarm.windowsMinutes).map((lookBackWindowMinutes) => ({
        lookBackWindowMinutes,
      })),
      ...this.#indicator(row, queue),
    });
    const alarm = this.#burnAlarm(label, objective.name);
    return { alarm, severity: burnAlarm.severity, ...(queue && { queue: queue.name }) };
  }

  #indicator(row: ObjectiveDefinition, queue: WatchedQueue | undefined) {
    if ('bad' in row) {
      return {
        requestBasedSli: {
          requestBasedSliMetric: {
            totalRequestCountMetric: this.#queries(row.total.watches, row.total.expression, queue),
            monitoredRequestCountMetric: {
              badCountMetric: this.#queries(row.bad.watches, row.bad.expression, queue),
            },
          },
        },
      };
    }
    return {
      sli: {
        sliMetric: { metricDataQueries: this.#queries({ latency: row.latency }, undefined, queue) },
        comparisonOperator: 'LessThanOrEqualTo',
        metricThreshold: row.atMostMilliseconds(queue?.promise ?? { pickUpTargetSeconds: 0 }),
      },
    };
  }

  #queries(
    watches: Readonly<Record<string, WatchedMetric>>,
    expression: string | undefined,
    subject: Subject = {},
  ): MetricQuery[] {
    const parts = Object.entries(watches).map(([id, wanted]): MetricQuery => {
      const metric = metricOf(wanted, subject, this.#watched, Duration.minutes(1));
      const dimensions = Object.entries(metric.dimensions ?? {}).map(([name, value]) => ({
        name,
        value: String(value),
      }));
      const { namespace, metricName, statistic: stat } = metric;
      const metricStat = { metric: { namespace, metricName, dimensions }, period: 60, stat };
      return { id, metricStat, returnData: expression === undefined };
    });
    return expression === undefined ? parts : [...parts, { id: 'result', expression, returnData: true }];
  }

  /** Both windows at once: the long one says that it matters, the short one that it still goes on. */
  #burnAlarm(label: string, SloName: string): Alarm {
    const { long, short } = burnAlarm.windowsMinutes;
    const burn = (minutes: number) =>
      new Metric({
        namespace: 'AWS/ApplicationSignals',
        metricName: 'BurnRate',
        dimensionsMap: { SloName, BurnRateWindowMinutes: String(minutes) },
        statistic: 'Maximum',
        period: Duration.minutes(1),
      });
    return new Alarm(this, `${pascalCase(label)}Burning`, {
      alarmName: cloudWatchName(this.#watched.stage, burnAlarm.name, label),
      alarmDescription: `${burnAlarm.impact} Runbook: ${runbookSection(burnAlarm.name)}`,
      metric: new MathExpression({
        expression: `IF(long > ${burnAlarm.burnRate} AND short > ${burnAlarm.burnRate}, 1, 0)`,
        usingMetrics: { long: burn(long), short: burn(short) },
        period: Duration.minutes(1),
      }),
      threshold: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: 3,
      datapointsToAlarm: 2,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
  }
}
