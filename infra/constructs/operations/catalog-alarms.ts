import {
  Alarm,
  type AlarmBase,
  type AlarmProps,
  AnomalyDetectionAlarm,
  ComparisonOperator,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import {
  type AlarmDefinition,
  type AlarmName,
  alarmNames,
  alarms,
  type Breach,
  cloudWatchName,
  type QueuePromise,
  runbookSection,
  type StageLimits,
  severityOf,
  type Threshold,
} from '../../../shared/catalog/alarms.ts';
import { isRemediated, remediations } from '../../../shared/catalog/remediations.ts';
import { pascalCase } from '../deployed-queues.ts';
import { measureOf, type Subject, seconds, type Watched } from './watched.ts';

/** One queue, with its promise, for the alarms on it. */
export interface WatchedQueue extends Subject {
  readonly name: string;
  readonly promise: QueuePromise;
}

export interface CatalogAlarmsProps {
  readonly watched: Watched;
  readonly queues: readonly WatchedQueue[];
  /** By name. */
  readonly functions: ReadonlyMap<string, Subject>;
  readonly limits: StageLimits;
  /** Told when an alarm fires or ends that something is done about by itself. */
  readonly remediations: ITopic;
}

/** An alarm with what it takes to tell somebody. */
export interface CatalogAlarm {
  readonly alarm: AlarmBase;
  readonly severity: 'page' | 'warn';
  /** Undefined for the service as a whole. */
  readonly queue?: string;
}

/** Every alarm of the catalog: one, or one for each queue or function. They tell people only through composite alarms. */
export class CatalogAlarms extends Construct {
  readonly all: readonly CatalogAlarm[];
  readonly #props: CatalogAlarmsProps;

  constructor(scope: Construct, id: string, props: CatalogAlarmsProps) {
    super(scope, id);
    this.#props = props;
    this.all = alarmNames.flatMap((name) => this.#add(name, alarms[name]));
  }

  #add(name: AlarmName, row: AlarmDefinition): readonly CatalogAlarm[] {
    switch (row.per) {
      case 'queue':
        return this.#props.queues.map((queue) => ({
          alarm: this.#remediated(
            name,
            queue.name,
            this.#alarm(name, row, queue, breach(row.breaches, queue.promise), queue.name),
          ),
          severity: severityOf(row, queue.promise.priority),
          queue: queue.name,
        }));
      case 'function':
        return [...this.#props.functions].map(([functionName, subject]) => ({
          alarm: this.#alarm(name, row, subject, breach(row.breaches, this.#props.limits), functionName),
          severity: severityOf(row),
        }));
      case 'service':
        return [
          { alarm: this.#alarm(name, row, {}, breach(row.breaches, this.#props.limits)), severity: severityOf(row) },
        ];
    }
  }

  #remediated(name: AlarmName, queue: string, alarm: AlarmBase): AlarmBase {
    if (!isRemediated(name) || !remediations[name].queues.some((one) => one === queue)) return alarm;
    const action = new SnsAction(this.#props.remediations);
    alarm.addAlarmAction(action);
    alarm.addOkAction(action);
    return alarm;
  }

  #alarm(name: AlarmName, row: AlarmDefinition, subject: Subject, limit: Limit, suffix?: string): AlarmBase {
    const { watched } = this.#props;
    const [datapointsToAlarm, evaluationPeriods] = row.outOf;
    const options = {
      alarmName: cloudWatchName(watched.stage, name, suffix),
      alarmDescription: `${row.impact} Runbook: ${runbookSection(name)}`,
      metric: measureOf(row, subject, watched, seconds(row.periodSeconds)),
      datapointsToAlarm,
      evaluationPeriods,
      treatMissingData: row.missing === 'breaching' ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
    };
    const id = pascalCase(suffix === undefined ? name : `${name}_${suffix}`);
    if ('stdDevs' in limit) return new AnomalyDetectionAlarm(this, id, { ...options, ...limit });
    return new Alarm(this, id, { ...options, ...limit });
  }
}

type Limit =
  | Pick<AlarmProps, 'threshold' | 'comparisonOperator'>
  | { readonly stdDevs: number; readonly comparisonOperator: ComparisonOperator };

function breach<Limits>(breaches: Breach<Limits>, limits: Limits): Limit {
  if ('aboveUsualByDeviations' in breaches) {
    return {
      stdDevs: breaches.aboveUsualByDeviations,
      comparisonOperator: ComparisonOperator.GREATER_THAN_UPPER_THRESHOLD,
    };
  }
  const value = (threshold: Threshold<Limits>) => (typeof threshold === 'function' ? threshold(limits) : threshold);
  if ('above' in breaches) {
    return { threshold: value(breaches.above), comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD };
  }
  if ('atLeast' in breaches) {
    return {
      threshold: value(breaches.atLeast),
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    };
  }
  return { threshold: value(breaches.below), comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD };
}
