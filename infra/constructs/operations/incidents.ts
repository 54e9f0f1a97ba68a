import { AlarmRule, CompositeAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import {
  type CompositeAlarmName,
  cloudWatchName,
  compositeAlarms,
  runbookSection,
} from '../../../shared/catalog/alarms.ts';
import { pascalCase } from '../deployed-queues.ts';
import type { CatalogAlarm } from './catalog-alarms.ts';
import type { IncidentTopics } from './incident-topics.ts';

export interface IncidentsProps {
  readonly stage: string;
  readonly alarms: readonly CatalogAlarm[];
  readonly topics: IncidentTopics;
}

/**
 * What tells people. An incident for each queue keeps trouble on a second queue from hiding behind the first; its end is told as well, so
 * that PagerDuty resolves it.
 */
export class Incidents extends Construct {
  readonly all: readonly CompositeAlarm[];

  constructor(scope: Construct, id: string, { stage, alarms, topics }: IncidentsProps) {
    super(scope, id);
    const pages = alarms.filter(({ severity }) => severity === 'page');
    const ofQueues = Map.groupBy(pages, ({ queue }) => queue);
    const add = (name: CompositeAlarmName, topic: Topic, causes: readonly CatalogAlarm[], queue?: string) =>
      this.#add(cloudWatchName(stage, name, queue), name, topic, causes);
    this.all = [
      ...[...ofQueues].map(([queue, causes]) =>
        queue === undefined
          ? add('service_in_trouble', topics.pages, causes)
          : add('queue_in_trouble', topics.pages, causes, queue),
      ),
      add(
        'something_to_look_at',
        topics.warnings,
        alarms.filter(({ severity }) => severity === 'warn'),
      ),
    ];
  }

  #add(
    compositeAlarmName: string,
    name: CompositeAlarmName,
    topic: Topic,
    causes: readonly CatalogAlarm[],
  ): CompositeAlarm {
    const composite = new CompositeAlarm(this, pascalCase(compositeAlarmName), {
      compositeAlarmName,
      alarmDescription: `${compositeAlarms[name].impact} Runbook: ${runbookSection(name)}`,
      alarmRule: AlarmRule.anyOf(...causes.map(({ alarm }) => alarm)),
    });
    composite.addAlarmAction(new SnsAction(topic));
    composite.addOkAction(new SnsAction(topic));
    return composite;
  }
}
