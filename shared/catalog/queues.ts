/**
 * The seven priority classes. One row is one SQS queue, its dead-letter queue and its consumer; infra, runtime, dashboards and
 * docs are derived from it. To add a queue, add a row.
 */
export const queues = {
  booking: {
    priority: 10,
    carries: 'reservations and payments',
    pickUpTargetSeconds: 1,
    waitLimitSeconds: 7_200,
    firstLookSeconds: 60,
    attemptSeconds: 50,
    memoryMegabytes: 512,
    batchSize: 1,
  },
  voice_synthesis: {
    priority: 7,
    carries: 'narration',
    pickUpTargetSeconds: 3,
    waitLimitSeconds: 1_800,
    firstLookSeconds: 60,
    attemptSeconds: 80,
    memoryMegabytes: 1_024,
    batchSize: 1,
  },
  notifications: {
    priority: 6,
    carries: 'push, e-mail, webhooks',
    pickUpTargetSeconds: 2,
    waitLimitSeconds: 3_600,
    firstLookSeconds: 60,
    attemptSeconds: 50,
    memoryMegabytes: 512,
    batchSize: 10,
  },
  ai_generation: {
    priority: 5,
    carries: 'stories, highlights, assistant answers',
    pickUpTargetSeconds: 5,
    waitLimitSeconds: 3_600,
    firstLookSeconds: 60,
    attemptSeconds: 80,
    memoryMegabytes: 1_024,
    batchSize: 1,
  },
  default: {
    priority: 5,
    carries: 'everything without a class of its own',
    pickUpTargetSeconds: 5,
    waitLimitSeconds: 86_400,
    firstLookSeconds: 60,
    attemptSeconds: 50,
    memoryMegabytes: 512,
    batchSize: 1,
  },
  image_processing: {
    priority: 4,
    carries: 'photos',
    pickUpTargetSeconds: 10,
    waitLimitSeconds: 3_600,
    firstLookSeconds: 60,
    attemptSeconds: 80,
    memoryMegabytes: 2_048,
    batchSize: 1,
  },
  analytics: {
    priority: 3,
    carries: 'batch work: pre-generation, reports',
    pickUpTargetSeconds: 60,
    waitLimitSeconds: 86_400,
    firstLookSeconds: 600,
    attemptSeconds: 80,
    memoryMegabytes: 1_024,
    batchSize: 1,
  },
} as const satisfies Record<string, QueueDefinition>;

export type QueueName = keyof typeof queues;

export const queueNames = Object.keys(queues).filter(isQueueName);

export function isQueueName(name: string): name is QueueName {
  return Object.hasOwn(queues, name);
}

/** How often SQS may hand out one message before it goes to the dead-letter queue. A job's own attempts are counted in its record. */
export const maxReceiveCount = 10;

/** SQS retention. A job's waiting time is limited by its record (`waitLimitSeconds`), never by retention, which drops silently. */
export const retentionDays = { queue: 4, deadLetters: 14 } as const;

/** The longest delay SQS accepts, seconds (https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html). */
export const longestDelaySeconds = 900;

/** Time-outs of one queue, seconds, all from the one number `attemptSeconds`. */
export function timeouts(queue: QueueName): { functionSeconds: number; visibilitySeconds: number } {
  const functionSeconds = queues[queue].attemptSeconds + SECONDS_TO_RECORD_THE_OUTCOME;
  return { functionSeconds, visibilitySeconds: functionSeconds * visibilityFactor };
}

const SECONDS_TO_RECORD_THE_OUTCOME = 10;

/** AWS asks for six function time-outs (https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html). */
export const visibilityFactor = 6;

interface QueueDefinition {
  /** 10 is the most urgent. It names the class of service; isolation, not ordering, keeps the promise. */
  readonly priority: number;
  readonly carries: string;
  /** Message sent to processor started. */
  readonly pickUpTargetSeconds: number;
  /** A step that has not started by then expires. */
  readonly waitLimitSeconds: number;
  /** How long after a send the reconciler first looks whether the job was picked up. */
  readonly firstLookSeconds: number;
  /** The longest one attempt may run. */
  readonly attemptSeconds: number;
  readonly memoryMegabytes: number;
  readonly batchSize: number;
}
