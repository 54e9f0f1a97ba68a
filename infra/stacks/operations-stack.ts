import { Duration, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { FunctionName } from '../../shared/catalog/functions.ts';
import { pausedQueues, raisedQueues } from '../../shared/catalog/remediations.ts';
import { pascalCase } from '../constructs/deployed-queues.ts';
import { GradualDeployment } from '../constructs/gradual-deployment.ts';
import { grantMetrics } from '../constructs/metrics-access.ts';
import { CatalogAlarms, type WatchedQueue } from '../constructs/operations/catalog-alarms.ts';
import { OperationsDashboard } from '../constructs/operations/dashboard/operations-dashboard.ts';
import { IncidentTopics } from '../constructs/operations/incident-topics.ts';
import { Incidents } from '../constructs/operations/incidents.ts';
import { SavedQueries } from '../constructs/operations/saved-queries.ts';
import { ServiceObjectives } from '../constructs/operations/service-objectives.ts';
import { SpendBudget } from '../constructs/operations/spend-budget.ts';
import type { Watched } from '../constructs/operations/watched.ts';
import { grantConsumerChanges } from '../constructs/queue-consumer.ts';
import { runRegularly } from '../constructs/regular-runs.ts';
import { type ReleasedFunction, ServiceFunction, type ServiceFunctionProps } from '../constructs/service-function.ts';
import { concurrencyOf, mostConcurrencyOf, type StageSettings } from '../stage-settings.ts';
import type { DataStack } from './data-stack.ts';
import type { ServiceStack } from './service-stack.ts';

export interface OperationsStackProps {
  readonly stage: string;
  readonly settings: StageSettings;
  readonly data: Pick<DataStack, 'jobs' | 'queues'>;
  readonly service: Pick<ServiceStack, 'api' | 'consumers' | 'otherFunctions' | 'missedRuns'>;
}

/** What watches: alarms, objectives, the dashboard, and who is told. Nothing that travellers use depends on it. */
export class OperationsStack extends Stack {
  readonly #props: OperationsStackProps;
  readonly #deployment: GradualDeployment;
  /** By name, with those of the service: what alarms watch and queries search. */
  readonly #functions: Map<FunctionName, ReleasedFunction>;

  constructor(scope: Construct, id: string, props: OperationsStackProps) {
    super(scope, id, { description: 'Roadtrip Jobs: alarms, objectives and dashboard' });
    const { stage, settings, data, service } = props;
    this.#props = props;
    this.#functions = new Map(service.otherFunctions);
    this.#deployment = new GradualDeployment(this, 'Deployments', { stage, deployment: 'at_once' });
    const widget = this.#addDeadLettersWidget();
    this.#addProbe();
    this.#addAnalysis();
    const topics = new IncidentTopics(this, 'Topics', { stage, ...settings });
    this.#addRemediation(topics);
    const watched = watchedService(props, topics);
    const queues = watchedQueues(data, service);
    const functions = new Map([...this.#functions].map(([name, { live }]) => [name, { function: live }]));
    const alarms = new CatalogAlarms(this, 'Alarms', {
      watched,
      queues,
      functions,
      limits: settings,
      remediations: topics.remediations,
    });
    const objectives = new ServiceObjectives(this, 'Objectives', { watched, queues });
    const incidents = new Incidents(this, 'Incidents', {
      stage,
      alarms: [...alarms.all, ...objectives.burning],
      topics,
    });
    new SpendBudget(this, 'Spend', { stage, dailyUsd: settings.dailyBudgetUsd, warnings: topics.warnings });
    new OperationsDashboard(this, 'Dashboard', {
      watched,
      queues,
      concurrency: new Map([...service.consumers].map(([name, { maxConcurrency }]) => [name, maxConcurrency])),
      incidents: incidents.all,
      deadLettersWidget: widget.live,
    });
    this.#addQueries();
  }

  #addQueries(): void {
    const { stage, service } = this.#props;
    const logGroups = [...service.consumers.values(), ...this.#functions.values()].map(({ logGroup }) => logGroup);
    new SavedQueries(this, 'Queries', { stage, logGroups });
  }

  #addDeadLettersWidget(): ReleasedFunction {
    const { jobs, queues } = this.#props.data;
    const widget = this.#function('show-dead-letters', { timeout: Duration.seconds(30), memoryMegabytes: 512 });
    jobs.grantRedrive(widget);
    queues.grantSend(widget);
    return widget;
  }

  #addProbe(): void {
    const { jobs, queues } = this.#props.data;
    const probe = this.#function('probe-queues', { timeout: Duration.seconds(30), memoryMegabytes: 512 });
    jobs.grantSubmit(probe);
    queues.grantSend(probe);
    runRegularly(this, 'probe-queues', probe.live, this.#props.service.missedRuns);
  }

  #addAnalysis(): void {
    const { data, service, settings } = this.#props;
    const analysis = this.#function('analyze-patterns', { timeout: Duration.minutes(1), memoryMegabytes: 512 });
    data.jobs.grantAnalyze(analysis);
    grantMetrics(analysis);
    const capacity = data.queues.all.map(({ definition: { name, batchSize } }) => [
      name,
      concurrencyOf(settings, name) * batchSize,
    ]);
    analysis.setVariable('QUEUE_CAPACITY', JSON.stringify(Object.fromEntries(capacity)));
    runRegularly(this, 'analyze-patterns', analysis.live, service.missedRuns);
  }

  #addRemediation(topics: IncidentTopics): void {
    const { data, service, settings } = this.#props;
    const remediate = this.#function('remediate', { timeout: Duration.minutes(1), memoryMegabytes: 512 });
    data.jobs.grantRemediate(remediate);
    data.queues.grantSend(remediate);
    grantConsumerChanges(remediate, Object.fromEntries(service.consumers), [...pausedQueues, ...raisedQueues]);
    const concurrency = data.queues.all.map(({ definition: { name } }) => [
      name,
      { usual: concurrencyOf(settings, name), most: mostConcurrencyOf(settings, name) },
    ]);
    remediate.setVariable('QUEUE_CONCURRENCY', JSON.stringify(Object.fromEntries(concurrency)));
    remediate.setVariable('REMEDIATION', settings.remediation);
    topics.remediateWith(remediate.live);
    runRegularly(this, 'remediate', remediate.live, service.missedRuns);
  }

  #function<F extends FunctionName>(
    name: F,
    options: Pick<ServiceFunctionProps<F>, 'timeout' | 'memoryMegabytes'>,
  ): ServiceFunction<F> {
    const added = new ServiceFunction(this, pascalCase(name), {
      name,
      stage: this.#props.stage,
      logRetentionDays: this.#props.settings.logRetentionDays,
      deployment: this.#deployment,
      ...options,
    });
    this.#functions.set(name, added);
    return added;
  }
}

function watchedQueues(
  { queues }: OperationsStackProps['data'],
  { consumers }: OperationsStackProps['service'],
): readonly WatchedQueue[] {
  return queues.all.map(({ definition, queue, deadLetters }) => {
    const { name } = definition;
    const consumer = consumers.get(name)?.live;
    return { name, promise: definition, queue, deadLetters, ...(consumer && { consumer }) };
  });
}

function watchedService({ stage, data, service }: OperationsStackProps, { pages }: IncidentTopics): Watched {
  const { api, missedRuns } = service;
  return { stage, apiId: api.http.apiId, table: data.jobs.table, missedRuns, pages };
}
