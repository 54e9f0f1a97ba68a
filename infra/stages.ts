import * as z from 'zod';
import { routeFinders } from '../shared/catalog/batches.ts';
import { modelIdSchema } from '../shared/catalog/models.ts';
import { OwnerLimitSettings, ownerLimits } from '../shared/catalog/owner-limits.ts';
import { queueNames } from '../shared/catalog/queues.ts';
import { jobRetentionDays, speechReuseDays } from '../shared/catalog/retention.ts';
import { NotificationSettings, notificationSettings } from './notification-settings.ts';

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
  /** `iss` of the access tokens; its discovery document must be reachable when API Gateway creates the authorizer. */
  issuer: z.url({ protocol: /^https$/ }),
  audience: z.string().min(1),
  corsOrigins: z.array(Origin).min(1),
  apiThrottle: z.strictObject({ requestsPerSecond: z.int().positive(), burst: z.int().positive() }),
  ownerLimits: OwnerLimitSettings,
  model: z.strictObject({
    id: modelIdSchema,
    /** Bedrock reserves quota for this many tokens at each call (https://docs.aws.amazon.com/bedrock/latest/userguide/quotas-token-burndown.html). */
    maxTokens: z.int().min(100).max(4_096),
    temperature: z.number().min(0).max(1),
    guardrail: z.strictObject({ id: z.string().min(1), version: z.string().min(1) }).optional(),
  }),
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
  /** The secret in Secrets Manager that holds the HTTPS address of PagerDuty's integration. Without it nobody is paged. */
  pagerDutySecret: z.string().min(1).optional(),
  /** The channel that gets pages and warnings; the workspace must have been authorized in the console once. */
  slack: z.strictObject({ workspaceId: z.string().min(1), channelId: z.string().min(1) }).optional(),
  /** Whether table and media outlive their stack. */
  keepData: z.boolean(),
  /** How a new version takes over: at once, or 10 % of the calls for five minutes first. */
  deployment: z.enum(['at_once', 'canary']),
});

/** All that differs between two deployments. */
export const StageSettings = StageFields.refine(
  leavesRoomForTheApi,
  'the consumers together must leave apiConcurrency free in the account',
);

export type StageSettings = z.infer<typeof StageFields>;

/** Messages of all dead-letter queues are buried by one function, with this many runs a queue. */
export const buryConcurrency = 2;

const production: z.input<typeof StageSettings> = {
  accountConcurrency: 1_000,
  apiConcurrency: 200,
  concurrency: {
    booking: 50,
    voice_synthesis: 40,
    notifications: 30,
    ai_generation: 80,
    image_processing: 20,
    analytics: 10,
  },
  concurrencyOtherwise: 20,
  issuer: 'https://login.roadtrip-jobs.example',
  audience: 'roadtrip-jobs',
  corsOrigins: ['https://app.roadtrip-jobs.example'],
  apiThrottle: { requestsPerSecond: 500, burst: 1_000 },
  ownerLimits,
  model: { id: 'global.anthropic.claude-haiku-4-5-20251001-v1:0', maxTokens: 800, temperature: 0.7 },
  routes: 'location',
  providers: { stripe: 'https://api.stripe.com', partner: 'https://partner.roadtrip-jobs.example' },
  notifications: notificationSettings.prod,
  logRetentionDays: 90,
  uploadRetentionDays: 30,
  speechRetentionDays: 90,
  imageRetentionDays: 90,
  dailyModelUsd: 200,
  dailyBudgetUsd: 400,
  pagerDutySecret: 'roadtrip-jobs/pagerduty-url',
  keepData: true,
  deployment: 'canary',
};

const development: z.input<typeof StageSettings> = {
  ...production,
  accountConcurrency: 100,
  apiConcurrency: 20,
  concurrency: { booking: 4, ai_generation: 4, voice_synthesis: 4 },
  concurrencyOtherwise: 2,
  issuer: 'https://login.dev.roadtrip-jobs.example',
  corsOrigins: ['https://app.dev.roadtrip-jobs.example', 'http://localhost:8081'],
  apiThrottle: { requestsPerSecond: 50, burst: 100 },
  providers: { ...production.providers, partner: 'https://partner.dev.roadtrip-jobs.example' },
  notifications: notificationSettings.dev,
  logRetentionDays: 7,
  uploadRetentionDays: 7,
  speechRetentionDays: 62,
  imageRetentionDays: 32,
  dailyModelUsd: 5,
  dailyBudgetUsd: 10,
  pagerDutySecret: undefined,
  keepData: false,
  deployment: 'at_once',
};

/** One developer, or one test, is often the only owner there is. */
const generous: z.input<typeof StageSettings>['ownerLimits'] = {
  buckets: {
    submit: { size: 60_000, fullAfterSeconds: 60 },
    batch: { size: 60_000, fullAfterSeconds: 60 },
    booking: { size: 60_000, fullAfterSeconds: 60 },
    assistant: { size: 60_000, fullAfterSeconds: 60 },
    uploads: { size: 60_000, fullAfterSeconds: 60 },
    control: { size: 60_000, fullAfterSeconds: 60 },
    scheduled: { size: 60_000, fullAfterSeconds: 60 },
  },
  unfinished: {},
  unfinishedOtherwise: 1_000,
  heldRequests: 50,
  dailyBudgetMicroUsd: 1_000_000_000_000,
};

/** The deployments. `local` is the one that the local cloud runs. */
const stages = {
  dev: development,
  staging: {
    ...production,
    concurrency: {},
    concurrencyOtherwise: 4,
    issuer: 'https://login.staging.roadtrip-jobs.example',
    corsOrigins: ['https://app.staging.roadtrip-jobs.example'],
    providers: { ...production.providers, partner: 'https://partner.staging.roadtrip-jobs.example' },
    dailyModelUsd: 20,
    dailyBudgetUsd: 40,
    pagerDutySecret: undefined,
    notifications: notificationSettings.staging,
    logRetentionDays: 30,
  },
  prod: production,
  local: {
    ...development,
    issuer: 'https://issuer.roadtrip-jobs.local',
    routes: 'embedded',
    providers: { stripe: 'http://stripe.roadtrip-jobs.local', partner: 'http://partner.roadtrip-jobs.local' },
    corsOrigins: ['http://localhost:3000', 'http://localhost:8081'],
    apiThrottle: production.apiThrottle,
    ownerLimits: generous,
  },
} as const satisfies Record<string, z.input<typeof StageSettings>>;

type StageName = keyof typeof stages;

export const stageNames = Object.keys(stages).filter(isStageName);

/** The settings of a stage. Throws an error that names the stages when there is no such one, or the wrong field. */
export function stageSettings(name: string): StageSettings {
  if (!isStageName(name)) throw new Error(`There is no stage "${name}". Stages: ${stageNames.join(', ')}.`);
  const parsed = StageSettings.safeParse(stages[name]);
  if (parsed.success) return parsed.data;
  throw new Error(`Stage "${name}" is wrong:\n${z.prettifyError(parsed.error)}`);
}

/** How many runs of a queue's consumer there may be at a time. Takes any name: a new queue needs no row here. */
export function concurrencyOf(settings: StageSettings, queue: string): number {
  const byName: Readonly<Record<string, number | undefined>> = settings.concurrency;
  return byName[queue] ?? settings.concurrencyOtherwise;
}

function isStageName(name: string): name is StageName {
  return Object.hasOwn(stages, name);
}

function isOrigin(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && url.origin === text && (url.protocol === 'https:' || url.hostname === 'localhost');
}

function leavesRoomForTheApi(settings: StageSettings): boolean {
  const consumers = queueNames.reduce((sum, queue) => sum + concurrencyOf(settings, queue) + buryConcurrency, 0);
  return consumers + settings.apiConcurrency <= settings.accountConcurrency;
}
