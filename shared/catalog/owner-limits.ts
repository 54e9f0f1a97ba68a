import * as z from 'zod';
import { type QueueName, queueNames } from './queues.ts';
import type { RouteDefinition } from './routes.ts';
import { mostSchedules, shortestIntervalSeconds } from './schedules.ts';

/**
 * The route classes: each owner has one token bucket for each. A route that submits a job for its owner is in `submit` unless its row of the
 * routes table names another; reads are in none, because counting one would cost more than the read: API Gateway's throttle bounds them.
 */
export const limitClasses = {
  submit: { means: 'submits of single jobs' },
  batch: { means: 'submits of batches' },
  booking: { means: 'bookings and their cancellations' },
  assistant: { means: 'messages to the assistant' },
  uploads: { means: 'forms to upload photos with' },
  control: { means: 'cancels, retries, and changes of schedules' },
  scheduled: { means: 'runs of schedules' },
} as const satisfies Record<string, { readonly means: string }>;

export type LimitClass = keyof typeof limitClasses;

const limitClassNames = Object.keys(limitClasses).filter(isLimitClass);

function isLimitClass(name: string): name is LimitClass {
  return Object.hasOwn(limitClasses, name);
}

/** The bucket that requests to the route take from; undefined for one that is not limited per owner. */
export function limitClassOf({ limit, jobType, scope }: RouteDefinition): LimitClass | undefined {
  return limit ?? (jobType && scope === 'jobs:write' ? 'submit' : undefined);
}

/** A bucket of `size` tokens, one a request. An empty one is full again after `fullAfterSeconds`; it fills steadily. */
const Bucket = z.strictObject({ size: z.int().positive(), fullAfterSeconds: z.int().positive() });

export type Bucket = z.infer<typeof Bucket>;

/** What a stage grants each owner. */
export const OwnerLimitSettings = z.strictObject({
  buckets: z.record(z.enum(limitClassNames), Bucket),
  /** Jobs submitted to a queue that have not ended. The list of them is part of the owner's item, which each submit rewrites, so keep it short. */
  unfinished: z.partialRecord(z.enum(queueNames), z.int().min(1).max(1_000)),
  unfinishedOtherwise: z.int().min(1).max(1_000),
  /** Requests held at the same time (`Prefer: wait`): each occupies a sandbox for up to 20 seconds. */
  heldRequests: z.int().min(1).max(100),
  /** What an owner's jobs may cost in a day (UTC). What runs when it is spent still ends, so the bounds above bound how far it is passed. */
  dailyBudgetMicroUsd: z.int().positive(),
});

export type OwnerLimitSettings = z.infer<typeof OwnerLimitSettings>;

/** Enough for a car full of travellers with one account, and little enough that a loop in an app is noticed within a minute. */
export const ownerLimits: OwnerLimitSettings = {
  buckets: {
    submit: { size: 30, fullAfterSeconds: 60 },
    batch: { size: 4, fullAfterSeconds: 240 },
    booking: { size: 6, fullAfterSeconds: 300 },
    assistant: { size: 30, fullAfterSeconds: 60 },
    uploads: { size: 60, fullAfterSeconds: 120 },
    control: { size: 60, fullAfterSeconds: 60 },
    scheduled: { size: 2 * mostSchedules, fullAfterSeconds: shortestIntervalSeconds },
  },
  unfinished: { booking: 10, analytics: 10, image_processing: 40 },
  unfinishedOtherwise: 20,
  heldRequests: 2,
  dailyBudgetMicroUsd: 10_000_000,
};

/** Unfinished jobs an owner may have that were submitted to the queue. */
export function mostUnfinished(queue: QueueName, { unfinished, unfinishedOtherwise }: OwnerLimitSettings): number {
  return unfinished[queue] ?? unfinishedOtherwise;
}

/** How long a refused caller should wait for one of too many unfinished jobs to end, seconds: a story with a voice takes about that long. */
export const unfinishedRetrySeconds = 15;
