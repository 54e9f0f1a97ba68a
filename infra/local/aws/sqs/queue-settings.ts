import * as z from 'zod';

/** Largest message and largest batch, in bytes: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html */
export const maximumMessageBytes = 1_048_576;
/** Longest delay and longest visibility time-out, in seconds (same page). */
export const maximumDelaySeconds = 900;
export const maximumVisibilitySeconds = 43_200;

/** Changes nothing on one machine: encryption, permissions, tags. */
const inert = z.unknown().optional();

/**
 * The properties of an `AWS::SQS::Queue`, in seconds and bytes; one it does not know is refused, FIFO included.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sqs-queue.html
 */
export const queueProperties = z.strictObject({
  QueueName: z.string().optional(),
  DelaySeconds: z.coerce.number().int().min(0).max(maximumDelaySeconds).default(0),
  MaximumMessageSize: z.coerce.number().int().min(1024).max(maximumMessageBytes).default(maximumMessageBytes),
  MessageRetentionPeriod: z.coerce.number().int().min(60).max(1_209_600).default(345_600),
  ReceiveMessageWaitTimeSeconds: z.coerce.number().int().min(0).max(20).default(0),
  VisibilityTimeout: z.coerce.number().int().min(0).max(maximumVisibilitySeconds).default(30),
  RedrivePolicy: z
    .strictObject({ deadLetterTargetArn: z.string(), maxReceiveCount: z.coerce.number().int().min(1).max(1000) })
    .optional(),
  RedriveAllowPolicy: inert,
  KmsMasterKeyId: inert,
  KmsDataKeyReusePeriodSeconds: inert,
  SqsManagedSseEnabled: inert,
  Tags: inert,
});

export type QueueSettings = Readonly<z.output<typeof queueProperties>>;
