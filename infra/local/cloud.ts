import path from 'node:path';
import { reconciler as reconcilerName } from '../../shared/catalog/functions.ts';
import type { Alarm, AlarmChange } from './aws/cloudwatch/alarm.ts';
import { type Credentials, madeUpCredentials } from './aws/iam/callers.ts';
import type { InvokeResult, LocalFunction } from './aws/lambda/function.ts';
import { recordEmbeddedMetrics } from './aws/logs/embedded-metrics.ts';
import type { LocalQueue } from './aws/sqs/local-queue.ts';
import { type Clock, every } from './clock.ts';
import { createAccess } from './cloud-access.ts';
import { startAlarms } from './cloud-alarms.ts';
import { readTokenTrust, startApi } from './cloud-api.ts';
import { createFunctions } from './cloud-functions.ts';
import { createQueueSampler, inTimeOf, recordAnswer, recordInvocation, secondsBy } from './cloud-metrics.ts';
import { type LocalProviders, startProviders } from './cloud-providers.ts';
import { type AwsServices, awsEnvironment, type Endpoints, startServices } from './cloud-services.ts';
import { createStorage } from './cloud-storage.ts';
import { createTemplateTopics } from './cloud-topics.ts';
import { concurrencyFrom, readMappings, startMappings, startSchedules } from './cloud-triggers.ts';
import { issuerKeyFile, openDataFolder } from './data-folder.ts';
import { type End, endAll } from './end-all.ts';
import type { FaultKit } from './faults/fault-kit.ts';
import { startIssuer } from './issuer/issuer.ts';
import { openLocalSecrets } from './local-secrets.ts';
import { loadAssembly } from './template/assembly.ts';
import { resolveAssembly } from './template/resolve.ts';
import { inRealTime, type TimeLapse } from './time-lapse.ts';

export interface CloudOptions {
  /** The synthesized assembly. */
  readonly cdkOut: string;
  readonly dataFolder: string;
  /** Port of the HTTP API; 0 takes a free one. */
  readonly httpPort: number;
  readonly endpoints?: Endpoints;
  /**
   * Who the owner of the machine is at the stand-ins. Needed where an endpoint leads to AWS itself: then the functions are that too, and their
   * roles are not enforced. Default: a pair made up for this start.
   */
  readonly credentials?: Credentials;
  /** Receivers of webhooks on this machine: https origins, and who signs their certificates (PEM). */
  readonly callbackTests?: { readonly origins: readonly string[]; readonly certificateAuthority: string };
  readonly clock: Clock;
  /** Takes a line for whatever goes wrong in the cloud itself; what functions write goes to their log files. */
  readonly log: (line: string) => void;
  /** Breaks things on purpose. Without it nothing stands between the wire and the stand-ins. */
  readonly faults?: FaultKit | undefined;
  /** Told of every alarm that comes into another state, also into its first. */
  readonly onAlarm?: (change: AlarmChange) => void;
  /** An http address of this machine that is told what the template's topics tell. */
  readonly onCall?: string;
  /** What keeps another time than `clock`. */
  readonly timeLapse?: TimeLapse;
}

export interface LocalCloud {
  readonly apiUrl: string;
  /** An access token that the API accepts; `scope` holds scopes separated by spaces. */
  issueToken(request: { owner: string; scope: string; lifetimeSeconds?: number }): Promise<string>;
  /** Runs a function by its short name (`submit-job`, `process-booking`) or its physical one, as if something had triggered it. */
  invoke(functionName: string, event: unknown): Promise<InvokeResult>;
  /** What the payment provider was asked to do, and how to make it or the partner fail. */
  readonly providers: Pick<LocalProviders, 'payments' | 'webhookSecret' | 'addFault'>;
  /** The pushes and mails that were sent, and how to have a recipient in trouble. */
  readonly messages: Pick<AwsServices['messages'], 'all' | 'trouble'>;
  stats(): {
    readonly queues: Readonly<Record<string, ReturnType<LocalQueue['counts']>>>;
    readonly calls: ReturnType<AwsServices['calls']>;
  };
  /** The template's alarms as they stand; they are judged at the end of each minute. */
  alarms(): readonly Alarm[];
  /** Lets what runs go on for 1.5 s, then ends everything; done within 2 s. Whatever was not finished is in the records. */
  close(): Promise<void>;
}

const drainMs = 1500;
const sweepIntervalMs = 60_000;
const tokenLifetimeSeconds = 3600;

/**
 * Runs a synthesized template on this machine, on loopback ports only, with its data in one folder. Resolves once everything
 * listens and the jobs of an earlier start are on their queues again. Rejects with TemplateError (a template it cannot run),
 * FolderInUseError, or a taken port; nothing is left running then.
 */
export async function startCloud(options: CloudOptions): Promise<LocalCloud> {
  const ends: End[] = [];
  try {
    return await start(options, ends);
  } catch (error) {
    await endAll(ends);
    throw error;
  }
}

async function start(options: CloudOptions, ends: End[]): Promise<LocalCloud> {
  const { clock, log, faults, endpoints = {}, credentials } = options;
  const { watching = inRealTime(clock), schedules = clock, redelivery } = options.timeLapse ?? {};
  const startedAt = new Date(clock.now()).toISOString();
  const assembly = loadAssembly(options.cdkOut);
  const data = openDataFolder(options.dataFolder);
  ends.push(() => data.close());
  const secrets = openLocalSecrets(data.path);
  const aws = await startServices(data, credentials ?? madeUpCredentials(), secrets, { clock, watching, faults });
  ends.push(() => aws.close());
  const providers = await startProviders(data.database, secrets, { clock, log });
  ends.push(() => providers.close());
  const metrics = inTimeOf(watching, aws.cloudWatch.metrics);

  const template = resolveAssembly(assembly, { aws: aws.url, api: undefined });
  const queues = createStorage(template, aws, redelivery);
  ends.push(every(sweepIntervalMs, clock, () => aws.dynamoDb.sweep()));
  const mappings = readMappings(template);
  const functions = createFunctions(template, {
    environment: {
      ...awsEnvironment(aws.url, endpoints),
      ...callbackEnvironment(options.callbackTests),
    },
    credentialsOf: createAccess(template, { callers: aws.callers, endpoints, credentials, log }),
    addresses: providers.addresses,
    concurrencyOf: concurrencyFrom(mappings),
    log: (name, line) => {
      data.logs.write(name, line);
      recordEmbeddedMetrics(line, metrics);
    },
    observe: (invocation) => recordInvocation(metrics, invocation),
    clock,
    sandboxes: faults?.sandboxes,
  });
  ends.push(() => functions.close());

  const trust = readTokenTrust(template);
  const issuer = await startIssuer({ name: trust.issuer, keyFile: issuerKeyFile(data.path), port: 0, clock });
  ends.push(() => issuer.close());
  const api = await startApi(template, {
    functions,
    clock,
    log,
    issuerUrl: issuer.url,
    port: options.httpPort,
    observe: (apiId, answer) => recordAnswer(metrics, apiId, answer),
  });
  ends.push(() => api.close());
  providers.tell(api.url);
  startMappings(mappings, aws, { functions, clock, log });
  ends.push(() => Promise.all([functions.drain(drainMs), aws.lambda.stopMappings(drainMs)]));
  for (const schedule of startSchedules(template, { functions, clock: schedules, log }))
    ends.push(() => schedule.stop());

  const topics = createTemplateTopics(template, { functions, clock, log, onCall: options.onCall });
  ends.push(() => topics.close());
  ends.push(
    startAlarms(template, aws.cloudWatch, {
      topics,
      log: (line) => data.logs.write('alarms', line),
      changed: options.onAlarm,
      sample: createQueueSampler(aws.cloudWatch.metrics, queues, secondsBy(watching, clock)),
    }),
  );

  await reconcileAll(functions.find(reconcilerName), startedAt, data.logs.path);
  return {
    apiUrl: api.url,
    issueToken: ({ owner, scope, lifetimeSeconds = tokenLifetimeSeconds }) =>
      issuer.issueToken({ owner, scope, lifetimeSeconds, audience: trust.audience }),
    invoke: (name, event) => functions.find(name).invoke(event),
    providers,
    messages: aws.messages,
    stats: () => ({
      queues: Object.fromEntries(queues.map((queue) => [queue.name, queue.counts()])),
      calls: aws.calls(),
    }),
    alarms: () => aws.cloudWatch.alarms.all(),
    close: () => endAll(ends),
  };
}

/** Sends every job again that an earlier start left unfinished: queues are in memory, the records are not. */
async function reconcileAll(reconciler: LocalFunction, startedAt: string, logsFolder: string): Promise<void> {
  const result = await reconciler.invoke({ everything: true, abandoned_before: startedAt });
  if (result.status === 'succeeded') return;
  const reason = result.status === 'failed' ? result.error.errorMessage : result.reason;
  const logFile = path.join(logsFolder, `${reconcilerName}.log`);
  throw new Error(`The jobs of the last start could not be taken up again: ${reason}\nSee ${logFile}.`);
}

/** The variables by which the local stage's functions may call receivers on this machine. */
function callbackEnvironment(tests: CloudOptions['callbackTests']): Record<string, string> {
  if (!tests) return {};
  return { CALLBACK_TEST_ORIGINS: tests.origins.join(' '), CALLBACK_TEST_CA: tests.certificateAuthority };
}
