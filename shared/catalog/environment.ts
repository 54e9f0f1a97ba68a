import * as z from 'zod';
import { routeFinders } from './batches.ts';
import type { FunctionName } from './functions.ts';
import { modelIdSchema } from './models.ts';
import { OwnerLimitSettings } from './owner-limits.ts';
import { type QueueName, queueNames } from './queues.ts';
import { UpstreamSettings } from './upstreams.ts';

const text = z.string().min(1);

const jobTable = { JOB_TABLE_NAME: text };
const mediaBucket = { MEDIA_BUCKET_NAME: text };
const stage = { STAGE: text };

/** `{ booking: text, … }` as JSON, so that a new queue is one row of the catalog. */
const oneEachQueue = <T extends z.ZodType>(value: T) =>
  text.transform((json, context) => {
    const parsed = z.record(z.enum(queueNames), value).safeParse(parseJson(json));
    if (parsed.success) return parsed.data;
    context.addIssue({ code: 'custom', message: 'must be JSON with one entry a queue' });
    return z.NEVER;
  });

/** What the stage grants each owner, as JSON. */
const ownerLimits = { OWNER_LIMITS: text.transform(parseJson).pipe(OwnerLimitSettings) };

/** What the stage may ask of each upstream, as JSON. */
const upstreams = { UPSTREAMS: text.transform(parseJson).pipe(UpstreamSettings) };

const queueUrls = { QUEUE_URLS: oneEachQueue(z.url()) };
/** Id of each queue's event source mapping. */
const queueConsumers = { QUEUE_CONSUMERS: oneEachQueue(text) };
/** Attempts of each queue that may be under way at a time. */
const queueCapacity = { QUEUE_CAPACITY: oneEachQueue(z.int().positive()) };
/** Runs of each queue's consumer at a time: what the template says, and what it may be raised to. */
const queueConcurrency = {
  QUEUE_CONCURRENCY: oneEachQueue(z.object({ usual: z.int().positive(), most: z.int().positive() })),
};
const deadLetterUrls = { DEAD_LETTER_URLS: oneEachQueue(z.url()) };

/** The model that tells the stories: who writes them calls it, who looks for written ones knows them by it. */
const model = {
  MODEL_ID: modelIdSchema,
  MODEL_MAX_TOKENS: z.coerce.number().int().positive(),
  MODEL_TEMPERATURE: z.coerce.number().min(0).max(1),
  GUARDRAIL_ID: text.optional(),
  GUARDRAIL_VERSION: text.optional(),
};

/** Who e-mail comes from, and the contact list that knows who has unsubscribed; only a consumer that sends any has them. */
const mail = { MAIL_FROM: text.optional(), MAIL_CONTACT_LIST: text.optional() };

/** https origins on this machine, separated by spaces, and who signs their certificates (PEM). Heeded in the stage `local` only, and set by nothing that is deployed. */
const callbackTests = {
  CALLBACK_TEST_ORIGINS: text.transform((origins) => origins.split(' ')).optional(),
  CALLBACK_TEST_CA: text.optional(),
};

/** Where the payment provider and the reservation partner are. */
const stripe = { STRIPE_URL: z.url() };
const partner = { PARTNER_URL: z.url() };

/** What each function reads from its environment. Infra must supply it; the runtime parses it once, at cold start. */
export const environments = {
  'submit-job': z.object({
    ...stage,
    ...jobTable,
    ...queueUrls,
    ...mediaBucket,
    ...model,
    ...ownerLimits,
    ...callbackTests,
  }),
  'answer-messages': z.object({ ...stage, ...jobTable, ...queueUrls, ...model, ...ownerLimits, ...callbackTests }),
  'read-jobs': z.object({ ...stage, ...jobTable, ...mediaBucket }),
  'control-jobs': z.object({ ...stage, ...jobTable, ...queueUrls, ...mediaBucket, ...ownerLimits }),
  'schedule-jobs': z.object({ ...stage, ...jobTable, ...ownerLimits, ...callbackTests }),
  operate: z.object({ ...stage, ...jobTable, ...queueUrls, ...deadLetterUrls, ...queueConsumers }),
  'process-job': z.object({
    ...stage,
    ...jobTable,
    ...queueUrls,
    ...mediaBucket,
    ...model,
    ...callbackTests,
    ...mail,
    ...upstreams,
    QUEUE_NAME: z.enum(queueNames),
    STORY_KEPT_SECONDS: z.coerce.number().int().positive(),
    /** Only of the consumer that books. */
    ...z.object({ ...stripe, ...partner }).partial().shape,
    /** Only of the consumer that plans batches. */
    ROUTE_FINDER: z.enum(routeFinders).optional(),
  }),
  'receive-webhooks': z.object({ ...stage, ...jobTable, ...stripe }),
  'bury-job': z.object({ ...stage, ...jobTable, ...queueUrls }),
  'reconcile-jobs': z.object({ ...stage, ...jobTable, ...queueUrls, ...ownerLimits }),
  'probe-queues': z.object({ ...stage, ...jobTable, ...queueUrls }),
  'analyze-patterns': z.object({ ...stage, ...jobTable, ...queueCapacity }),
  remediate: z.object({
    ...stage,
    ...jobTable,
    ...queueUrls,
    ...queueConsumers,
    ...queueConcurrency,
    REMEDIATION: z.enum(['on', 'dry_run']),
  }),
  'show-dead-letters': z.object({ ...stage, ...jobTable, ...queueUrls }),
} as const satisfies Record<FunctionName, z.ZodObject>;

export type EnvironmentOf<F extends FunctionName> = z.infer<(typeof environments)[F]>;

/** The same variables as infra writes them: all strings. */
export type EnvironmentVariables<F extends FunctionName> = Readonly<
  Record<keyof z.input<(typeof environments)[F]>, string>
>;

export type QueueUrls = Readonly<Record<QueueName, string>>;

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
