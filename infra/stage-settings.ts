import * as z from 'zod';
import { routeFinders } from '../shared/catalog/batches.ts';
import { modelIdSchema } from '../shared/catalog/models.ts';
import { OwnerLimitSettings } from '../shared/catalog/owner-limits.ts';
import { queueNames } from '../shared/catalog/queues.ts';
import { raisedQueues } from '../shared/catalog/remediations.ts';
import { jobRetentionDays, speechReuseDays } from '../shared/catalog/retention.ts';
import { storyCache } from '../shared/catalog/story-cache.ts';
import { UpstreamSettings } from '../shared/catalog/upstreams.ts';
import { NotificationSettings } from './notification-settings.ts';

/** Runs of one consumer at a time; an event source mapping takes no less than 2 (https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html). */
const Concurrency = z.int().min(2).max(1000);

const Origin = z.url().refine(isOrigin, 'must be an https origin without a path (http only for localhost)');

/** Log retentions that CloudWatch accepts and that make sense here, days. */
const LogRetention = z.literal([7, 30, 90, 365]);

/** Jobs live a while before they end, and what they made is as old as that. */
const daysToSpare = 2;

const StageFields = z.strictObject({
  /** Lambda's concurrency quota of the account: 1000 by default, as low as 10 in a new account. */
  accountConcurrency: z.int().min(10),
  /** The part of it that consumers must leave to the API, whatever waits in the queues. */
  apiConcurrency: z.int().min(2),
  concurrency: z.partialRecord(z.enum(queueNames), Concurrency),
  /** For a queue without a number of its own. */
  concurrencyOtherwise: Concurrency,
  /** What a queue that does not keep up may be raised to by itself (docs/adr/0016-bounded-remediation.md); one without a number never is. */
  mostConcurrency: z.partialRecord(z.enum(raisedQueues), Concurrency),
  /** `iss` of the access tokens; its discovery document must be reachable when API Gateway creates the authorizer. */
  issuer: z.url({ protocol: /^https$/ }),
  audience: z.string().min(1),
  corsOrigins: z.array(Origin).min(1),
  apiThrottle: z.strictObject({ requestsPerSecond: z.int().positive(), burst: z.int().positive() }),
  ownerLimits: OwnerLimitSettings,
  upstreams: UpstreamSettings,
  model: z.strictObject({
    id: modelIdSchema,
    /** Bedrock reserves quota for this many tokens at each call (https://docs.aws.amazon.com/bedrock/latest/userguide/quotas-token-burndown.html). */
    maxTokens: z.int().min(100).max(4_096),
    temperature: z.number().min(0).max(1),
    guardrail: z.strictObject({ id: z.string().min(1), version: z.string().min(1) }).optional(),
  }),
  /** How long a story is told again to whoever asks for the same. */
  storyKeptSeconds: z.int().min(60).max(storyCache.longestKeptSeconds),
  /** Who finds the routes of batches. */
  routes: z.enum(routeFinders),
  /** Base addresses of the services outside AWS; the local cloud puts its own in their place. */
  providers: z.strictObject({ stripe: z.url(), partner: z.url() }),
  notifications: NotificationSettings,
  logRetentionDays: LogRetention,
  uploadRetentionDays: z.int().positive(),
  /** A job may use speech that was made for another, up to `speechReuseDays` before. */
  speechRetentionDays: z.int().min(jobRetentionDays + speechReuseDays + daysToSpare),
  imageRetentionDays: z.int().min(jobRetentionDays + daysToSpare),
  /** What the model may cost in a day, US dollars, before somebody is warned. */
  dailyModelUsd: z.number().positive(),
  /** What the whole account may cost in a day, US dollars, before somebody is warned. */
  dailyBudgetUsd: z.number().positive(),
  /**
   * The secret in Secrets Manager that holds the HTTPS address of PagerDuty's integration. Without it nobody is paged. Another address needs
   * a secret of another name: CloudFormation does not read it again while the template is the same
   * (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references-secretsmanager.html).
   */
  pagerDutySecret: z.string().min(1).optional(),
  /** The channel that gets pages and warnings; the workspace must have been authorized in the console once. */
  slack: z.strictObject({ workspaceId: z.string().min(1), channelId: z.string().min(1) }).optional(),
  /** Whether what `shared/catalog/remediations.ts` says of an alarm is done, or only told to the log. */
  remediation: z.enum(['on', 'dry_run']),
  /** Whether table and media outlive their stack. */
  keepData: z.boolean(),
  /** How a new version takes over: at once, or 10 % of the calls for five minutes first. */
  deployment: z.enum(['at_once', 'canary']),
});

/** All that differs between two deployments. */
export const StageSettings = StageFields.refine(
  raisesOnly,
  'a queue’s mostConcurrency must not be below its concurrency',
).refine(
  leavesRoomForTheApi,
  'the consumers together, each raised as far as it may be, must leave apiConcurrency free in the account',
);

export type StageSettings = z.infer<typeof StageFields>;

/** Messages of all dead-letter queues are buried by one function, with this many runs a queue. */
export const buryConcurrency = 2;

/** How many runs of a queue's consumer there may be at a time. Takes any name: a new queue needs no row here. */
export function concurrencyOf(settings: StageSettings, queue: string): number {
  const byName: Readonly<Record<string, number | undefined>> = settings.concurrency;
  return byName[queue] ?? settings.concurrencyOtherwise;
}

/** How many there may be once its alarm has raised it: as many as always, unless the stage says more. */
export function mostConcurrencyOf(settings: StageSettings, queue: string): number {
  const byName: Readonly<Record<string, number | undefined>> = settings.mostConcurrency;
  return byName[queue] ?? concurrencyOf(settings, queue);
}

function isOrigin(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && url.origin === text && (url.protocol === 'https:' || url.hostname === 'localhost');
}

function raisesOnly(settings: StageSettings): boolean {
  return queueNames.every((queue) => mostConcurrencyOf(settings, queue) >= concurrencyOf(settings, queue));
}

function leavesRoomForTheApi(settings: StageSettings): boolean {
  const consumers = queueNames.reduce((sum, queue) => sum + mostConcurrencyOf(settings, queue) + buryConcurrency, 0);
  return consumers + settings.apiConcurrency <= settings.accountConcurrency;
}
