import { App, Tags, Validations } from 'aws-cdk-lib';
import cdkJson from '../../cdk.json' with { type: 'json' };
import { type DeployedQueue, deployedQueues } from '../constructs/deployed-queues.ts';
import { ProjectNag } from '../constructs/project-nag.ts';
import type { StageSettings } from '../stage-settings.ts';
import { stageSettings } from '../stages.ts';
import { DataStack } from './data-stack.ts';
import { OperationsStack } from './operations-stack.ts';
import { ServiceStack } from './service-stack.ts';

export interface CreateAppOptions {
  /** @default context key `stage`, else `dev` */
  readonly stage?: string;
  /** Over the feature flags of cdk.json, which only the CLI would read by itself. */
  readonly context?: Readonly<Record<string, unknown>>;
  /** @default where the CLI says, else a temporary folder */
  readonly outdir?: string;
  /** Check the templates against CloudFormation's schemas and the AwsSolutions rules; any finding fails synthesis. @default true */
  readonly validate?: boolean;
  /** @default the stage's */
  readonly ownerLimits?: StageSettings['ownerLimits'];
  /** @default the catalog's */
  readonly queues?: readonly DeployedQueue[];
}

export interface RoadtripJobsApp {
  readonly app: App;
  readonly data: DataStack;
  readonly service: ServiceStack;
  readonly operations: OperationsStack;
  synth(): void;
}

/**
 * The stacks of one stage, not tied to an account or region. Data depends on nothing, service on data, operations on both.
 * Throws when the stage does not exist or its settings are wrong.
 */
export function createApp(options: CreateAppOptions = {}): RoadtripJobsApp {
  const { validate = true, queues = deployedQueues() } = options;
  const app = new App({
    context: { ...cdkJson.context, ...options.context },
    outdir: options.outdir,
    builtinCloudFormationValidation: validate,
  });
  if (validate) Validations.of(app).addPlugins(new ProjectNag(app));
  const stage = options.stage ?? contextText(app, 'stage') ?? 'dev';
  const ofStage = stageSettings(stage);
  const settings = { ...ofStage, ownerLimits: options.ownerLimits ?? ofStage.ownerLimits };
  const data = new DataStack(app, `RoadtripJobs-${stage}-data`, { settings, queues });
  const service = new ServiceStack(app, `RoadtripJobs-${stage}-service`, { stage, settings, data });
  const operations = new OperationsStack(app, `RoadtripJobs-${stage}-operations`, { stage, settings, data, service });
  Tags.of(app).add('application', 'roadtrip-jobs');
  Tags.of(app).add('stage', stage);
  return { app, data, service, operations, synth: () => void app.synth() };
}

function contextText(app: App, key: string): string | undefined {
  const value: unknown = app.node.tryGetContext(key);
  return typeof value === 'string' ? value : undefined;
}
