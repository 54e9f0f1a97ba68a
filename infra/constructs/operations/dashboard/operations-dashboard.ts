import { Duration } from 'aws-cdk-lib';
import {
  AlarmStatusWidget,
  CustomWidget,
  Dashboard,
  type IAlarm,
  type IWidget,
  Metric,
  TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Alias } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { cloudWatchName } from '../../../../shared/catalog/alarms.ts';
import { jobTypeNames } from '../../../../shared/catalog/job-types.ts';
import type { WatchedQueue } from '../catalog-alarms.ts';
import { metricOf, type Watched } from '../watched.ts';
import { byQueue, byType, formulaByQueue, graph, type Observed, percentileByType, rowHeight } from './graphs.ts';
import { completionRate, qualityPanel } from './quality-panel.ts';

export interface OperationsDashboardProps {
  readonly watched: Watched;
  readonly queues: readonly WatchedQueue[];
  /** Runs at a time that each consumer may have, by queue. */
  readonly concurrency: ReadonlyMap<string, number>;
  readonly incidents: readonly IAlarm[];
  readonly deadLettersWidget: Alias;
}

/** One screen: is it healthy, who is waiting, what failed, what does it cost. Made from the catalogs, so that a new queue or type is on it. */
export class OperationsDashboard extends Construct {
  constructor(scope: Construct, id: string, props: OperationsDashboardProps) {
    super(scope, id);
    const { watched, queues } = props;
    const observed: Observed = { watched, queues, period: Duration.minutes(5) };
    new Dashboard(this, 'Dashboard', {
      dashboardName: cloudWatchName(watched.stage, 'operations'),
      defaultInterval: Duration.hours(3),
      widgets: [
        [new AlarmStatusWidget({ title: 'Is it healthy', alarms: [...props.incidents], width: 24, height: 2 })],
        [heading('Who is waiting')],
        ...waiting(observed, props),
        [heading('What failed')],
        failing(observed, props),
        qualityPanel(observed),
        [heading('What does it cost, and what does it do')],
        ...working(observed),
      ],
    });
  }
}

function heading(markdown: string): TextWidget {
  return new TextWidget({ markdown: `### ${markdown}`, width: 24, height: 1 });
}

function waiting(observed: Observed, { concurrency }: OperationsDashboardProps): IWidget[][] {
  const used = (queue: WatchedQueue) => `100 * running / ${concurrency.get(queue.name) ?? 1}`;
  const running = { running: { of: 'consumer', name: 'ConcurrentExecutions', statistic: 'Maximum' } } as const;
  const sqs = (name: string) => ({ of: 'queue', name, statistic: 'Maximum' }) as const;
  return [
    [
      byQueue('Waiting messages', sqs('ApproximateNumberOfMessagesVisible'), observed),
      byQueue('Age of the oldest, s', sqs('ApproximateAgeOfOldestMessage'), observed),
      byQueue('In flight', sqs('ApproximateNumberOfMessagesNotVisible'), observed),
    ],
    [
      byQueue('Pick-up latency p95, ms', { own: 'pick_up_latency', by: 'queue', statistic: 'p95' }, observed),
      percentileByType('Duration of a step p95, ms', 'step_duration', 'p95', observed),
      formulaByQueue('Consumers in use, % of what they may', used, running, observed),
    ],
  ];
}

function failing(observed: Observed, { deadLettersWidget }: OperationsDashboardProps): IWidget[] {
  return [
    completionRate(observed),
    byType('Failed by type', 'jobs_failed', jobTypeNames, observed),
    new CustomWidget({
      title: 'Failed jobs kept',
      functionArn: deadLettersWidget.functionArn,
      updateOnRefresh: true,
      updateOnTimeRangeChange: false,
      updateOnResize: false,
      width: 8,
      height: rowHeight,
    }),
  ];
}

function working(observed: Observed): IWidget[][] {
  const { watched, period } = observed;
  const own = (metric: Parameters<typeof metricOf>[0]) => metricOf(metric, {}, watched, period);
  const hourly = { period: Duration.hours(1) };
  const spoken = new Metric({
    namespace: 'AWS/Polly',
    metricName: 'RequestCharacters',
    dimensionsMap: { Operation: 'SynthesizeSpeech' },
    statistic: 'Sum',
    label: 'characters spoken',
  });
  return [
    [
      graph('Model, micro-dollars an hour', [own({ own: 'model_cost', statistic: 'Sum' }).with(hourly)]),
      graph('Voice, characters an hour (of the account)', [spoken.with(hourly)]),
      graph('API, ms', [
        own({ own: 'request_duration', statistic: 'p50' }).with({ label: 'p50' }),
        own({ own: 'request_duration', statistic: 'p95' }).with({ label: 'p95' }),
      ]),
    ],
    [
      byType('Accepted by type', 'jobs_accepted', jobTypeNames, observed),
      byType('Completed by type', 'jobs_completed', jobTypeNames, observed),
      byType('Completed without model or voice', 'jobs_degraded', jobTypeNames, observed),
    ],
  ];
}
