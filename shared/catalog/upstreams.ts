import * as z from 'zod';
import { type QueueName, queues } from './queues.ts';

/**
 * The services outside that all workers of a stage share one quota of, and where that quota is written down. Push, e-mail and webhooks are
 * none: their many receivers each have a limit of their own.
 */
export const upstreams = {
  bedrock: {
    means: 'the model that writes stories and answers',
    limits: 'https://docs.aws.amazon.com/bedrock/latest/userguide/quotas-runtime.html',
  },
  polly: {
    means: 'the voice that speaks them',
    limits: 'https://docs.aws.amazon.com/polly/latest/dg/limits.html',
  },
  stripe: { means: 'the payment provider', limits: 'https://docs.stripe.com/rate-limits' },
  partner: { means: 'the reservation partner', limits: 'the contract with the partner' },
  location: {
    means: 'the finder of ways on roads',
    limits: 'https://docs.aws.amazon.com/location/latest/developerguide/routes-quota-usage.html',
  },
} as const satisfies Record<string, { readonly means: string; readonly limits: string }>;

export type UpstreamName = keyof typeof upstreams;

export const upstreamNames = Object.keys(upstreams).filter(isUpstreamName);

function isUpstreamName(name: string): name is UpstreamName {
  return Object.hasOwn(upstreams, name);
}

/** `urgent` is work that somebody waits for; `batch` must leave it the reserved share of an upstream. */
export type CallClass = 'urgent' | 'batch';

/** Queues of this priority, and below it, do batch work: a traveller may choose 3 or less for what can wait. */
const BATCH_PRIORITY = 3;

/** Whether somebody waits for the calls of a queue's jobs, or a batch does. */
export function callClassOf(queue: QueueName): CallClass {
  return queues[queue].priority <= BATCH_PRIORITY ? 'batch' : 'urgent';
}

/** When an upstream is left alone: after so many failures, and at least as many as answers, within the window. */
const Breaker = z.strictObject({
  failures: z.int().min(2).max(1_000),
  windowSeconds: z.int().positive(),
  /** How long nobody calls. Then one call may try. */
  coolDownSeconds: z.int().positive().max(300),
});

const Upstream = z.strictObject({
  /** Calls a second, over time. */
  perSecond: z.number().positive(),
  /** Calls at once after a quiet time. */
  burst: z.int().positive(),
  /** The part of the burst that batch work must leave to urgent work. */
  reservedForUrgent: z.number().min(0).max(0.9),
  breaker: Breaker,
});

export type UpstreamLimits = z.infer<typeof Upstream>;

/** What a stage may ask of each upstream. */
export const UpstreamSettings = z.record(z.enum(upstreamNames), Upstream);

export type UpstreamSettings = z.infer<typeof UpstreamSettings>;

/**
 * The quotas of an account of its own. Polly gives neural voices 8 calls a second and 10 at once; a spoken piece is two calls. Stripe allows
 * 100 calls a second (25 in a sandbox), and 25 of one endpoint. Bedrock counts tokens and differs by account: divide what Service Quotas
 * shows by what a story takes, its `maxTokens` and prompt together, before a stage goes live. Amazon Location finds 20 routes a second, four
 * fifths of them at once. None of these is verified on AWS.
 */
export const upstreamLimits: UpstreamSettings = {
  bedrock: {
    perSecond: 20,
    burst: 40,
    reservedForUrgent: 0.5,
    breaker: { failures: 8, windowSeconds: 30, coolDownSeconds: 20 },
  },
  polly: {
    perSecond: 8,
    burst: 10,
    reservedForUrgent: 0.6,
    breaker: { failures: 8, windowSeconds: 30, coolDownSeconds: 20 },
  },
  stripe: {
    perSecond: 25,
    burst: 25,
    reservedForUrgent: 0,
    breaker: { failures: 8, windowSeconds: 30, coolDownSeconds: 10 },
  },
  partner: {
    perSecond: 10,
    burst: 20,
    reservedForUrgent: 0,
    breaker: { failures: 8, windowSeconds: 30, coolDownSeconds: 10 },
  },
  location: {
    perSecond: 20,
    burst: 16,
    reservedForUrgent: 0,
    breaker: { failures: 8, windowSeconds: 30, coolDownSeconds: 20 },
  },
};

/** Tokens that a worker takes from the table at once, to spend them without asking: at most so many, and at most half of what is there. */
export const lease = { mostTokens: 10, seconds: 60 } as const;

/** How long a call waits for its tokens in place, milliseconds; for longer, the attempt ends and the job comes again. */
export const longestPauseMilliseconds = 1_000;

/** An attempt that tries a silent upstream for all is over by then, seconds; if its worker died, the next one tries. */
export const probeSeconds = 90;
