import { CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import {
  type ConsumerNeed,
  type FunctionName,
  imagingAsset,
  narratingAsset,
  reconciler,
  schedules,
} from '../../shared/catalog/functions.ts';
import { longestHoldSeconds } from '../../shared/catalog/problems.ts';
import { pascalCase } from '../constructs/deployed-queues.ts';
import { GradualDeployment } from '../constructs/gradual-deployment.ts';
import { JobsApi, type RoutedFunction } from '../constructs/jobs-api.ts';
import { grantMessages } from '../constructs/message-access.ts';
import { configureModel, grantModel } from '../constructs/model-access.ts';
import { limitOwners } from '../constructs/owner-limits.ts';
import { buryTimeout, type PriorityQueue } from '../constructs/priority-queue.ts';
import { grantPayments, grantReservations } from '../constructs/provider-access.ts';
import { consume, grantConsumerChanges, type QueueConsumer } from '../constructs/queue-consumer.ts';
import { missedRuns, runRegularly } from '../constructs/regular-runs.ts';
import { grantRoutes } from '../constructs/route-access.ts';
import { grantSecrets } from '../constructs/secret-access.ts';
import { type ReleasedFunction, ServiceFunction, type ServiceFunctionProps } from '../constructs/service-function.ts';
import { grantVoice } from '../constructs/voice-access.ts';
import { buryConcurrency, concurrencyOf, type StageSettings } from '../stage-settings.ts';
import { apiAccess } from './api-access.ts';
import type { DataStack } from './data-stack.ts';

export interface ServiceStackProps {
  readonly stage: string;
  readonly settings: StageSettings;
  readonly data: Pick<DataStack, 'jobs' | 'media' | 'queues'>;
}

/** What runs: the API, a consumer for each queue, and what keeps jobs from being forgotten. */
export class ServiceStack extends Stack {
  readonly api: JobsApi;
  /** By queue. */
  readonly consumers: ReadonlyMap<string, DeployedConsumer>;
  /** The functions that no queue of jobs feeds, by name. */
  readonly otherFunctions = new Map<FunctionName, ReleasedFunction>();
  /** Scheduled runs that could not be started. */
  readonly missedRuns: Queue;
  readonly #props: ServiceStackProps;
  readonly #deployment: GradualDeployment;

  constructor(scope: Construct, id: string, props: ServiceStackProps) {
    super(scope, id, {
      description: 'Roadtrip Jobs: API, consumers and reconciler',
      terminationProtection: props.settings.keepData,
    });
    this.#props = props;
    this.#deployment = new GradualDeployment(this, 'Deployments', { stage: props.stage, ...props.settings });
    const { api, operate } = this.#addApi();
    this.api = api;
    const consumers = props.data.queues.all.map((queue) => [queue.definition.name, this.#addConsumer(queue)] as const);
    this.consumers = new Map(consumers);
    grantConsumerChanges(operate, Object.fromEntries(consumers));
    this.#addBury();
    this.missedRuns = missedRuns(this);
    this.#addReconciler();
  }

  /** Answers the operators' function too, which must yet be told the consumers. */
  #addApi(): { readonly api: JobsApi; readonly operate: ServiceFunction<'operate'> } {
    const operate = this.#apiFunction('operate');
    const api = new JobsApi(this, 'Api', {
      settings: this.#props.settings,
      functions: {
        'submit-job': this.#apiFunction('submit-job', longestSubmit).live,
        'answer-messages': this.#apiFunction('answer-messages').live,
        'read-jobs': this.#apiFunction('read-jobs').live,
        'control-jobs': this.#apiFunction('control-jobs').live,
        'schedule-jobs': this.#apiFunction('schedule-jobs').live,
        operate: operate.live,
        'receive-webhooks': this.#apiFunction('receive-webhooks').live,
      },
      otherwise: 'read-jobs',
    });
    new CfnOutput(this, 'ApiUrl', { value: api.url, description: 'Base of every route' });
    return { api, operate };
  }

  #apiFunction<F extends RoutedFunction>(name: F, timeout: Duration = requestTimeout): ServiceFunction<F> {
    const added = this.#function(name, { timeout, memoryMegabytes: 1_024 });
    apiAccess[name](added, this.#props);
    return added;
  }

  #addConsumer({ definition, queue }: PriorityQueue): DeployedConsumer {
    const { settings, data } = this.#props;
    const { name, needs, functionTimeout, memoryMegabytes, batchSize } = definition;
    const consumer = this.#function('process-job', {
      id: `Process${pascalCase(name)}`,
      asset: assetFor(needs),
      timeout: functionTimeout,
      memoryMegabytes,
      mayRecur: true,
    });
    consumer.setVariable('QUEUE_NAME', name);
    consumer.setVariable('STORY_KEPT_SECONDS', String(settings.storyKeptSeconds));
    consumer.setVariable('UPSTREAMS', JSON.stringify(settings.upstreams));
    data.jobs.grantProcess(consumer);
    data.media.configure(consumer);
    if (needs.includes('imaging')) data.media.grantImages(consumer);
    if (needs.includes('voice')) data.media.grantSpeech(consumer);
    data.queues.grantSend(consumer);
    configureModel(consumer, settings.model);
    if (needs.includes('narrator')) grantModel(consumer, settings.model);
    if (needs.includes('voice')) grantVoice(consumer);
    if (needs.includes('routes')) grantRoutes(consumer, settings.routes);
    if (needs.includes('webhooks')) grantSecrets(consumer, this.#props.stage, ['webhook_master']);
    if (needs.includes('payments')) {
      grantPayments(consumer, this.#props);
      grantReservations(consumer, this.#props);
    }
    if (needs.includes('messages')) grantMessages(consumer, settings.notifications);
    const { live, logGroup } = consumer;
    const maxConcurrency = concurrencyOf(settings, name);
    return { live, logGroup, maxConcurrency, ...consume(live, queue, { batchSize, maxConcurrency }) };
  }

  /** One function for all dead-letter queues: what it does to a message does not depend on the queue. */
  #addBury(): void {
    const { jobs, queues } = this.#props.data;
    const bury = this.#function('bury-job', { timeout: buryTimeout, memoryMegabytes: 512, mayRecur: true });
    jobs.grantBury(bury);
    queues.grantSend(bury);
    for (const { deadLetters } of queues.all) {
      consume(bury.live, deadLetters, { batchSize: 1, maxConcurrency: buryConcurrency });
    }
  }

  #addReconciler(): void {
    const { jobs, queues } = this.#props.data;
    const reconcile = this.#function(reconciler, {
      timeout: Duration.minutes(schedules[reconciler].rateMinutes),
      memoryMegabytes: 512,
    });
    jobs.grantReconcile(reconcile);
    queues.grantSend(reconcile);
    limitOwners(reconcile, this.#props.settings);
    runRegularly(this, reconciler, reconcile.live, this.missedRuns);
  }

  #function<F extends FunctionName>(name: F, { id, ...options }: FunctionOptions): ServiceFunction<F> {
    const added = new ServiceFunction(this, id ?? pascalCase(name), {
      name,
      stage: this.#props.stage,
      logRetentionDays: this.#props.settings.logRetentionDays,
      deployment: this.#deployment,
      ...options,
    });
    if (!id) this.otherFunctions.set(name, added);
    return added;
  }
}

export interface DeployedConsumer extends ReleasedFunction, QueueConsumer {
  readonly maxConcurrency: number;
}

function assetFor(needs: readonly ConsumerNeed[]): string | undefined {
  if (needs.includes('imaging')) return imagingAsset.name;
  return needs.includes('narrator') ? narratingAsset.name : undefined;
}

type FunctionOptions = Pick<
  ServiceFunctionProps<FunctionName>,
  'timeout' | 'memoryMegabytes' | 'asset' | 'mayRecur'
> & {
  /** @default the function's name; needed where one function is deployed several times */
  readonly id?: string;
};

/** API Gateway waits 30 s at most; a request that takes ten without having been asked to wait is lost already. */
const requestTimeout = Duration.seconds(10);

/** A submit may be held (`Prefer: wait`), and is answered in the time that is left. */
const longestSubmit = Duration.seconds(longestHoldSeconds + 5);
