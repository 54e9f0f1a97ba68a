import * as z from 'zod';
import { queueNames } from '../queues.ts';

/**
 * One queue as it is now. There is no age, rate or percentile here: SQS tells none of them, and the record of a job is not indexed by the time
 * it ended. They are CloudWatch metrics: `ApproximateAgeOfOldestMessage` of the queue, `pick_up_latency` and the counts of our own.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html
 */
const QueueState = z
  .object({
    queue: z.enum(queueNames),
    priority: z.int().meta({ description: '10 is the most urgent.' }),
    carries: z.string(),
    waiting: z.int().meta({ description: 'Messages that a consumer may take now.' }),
    in_flight: z.int().meta({ description: 'Messages that a consumer has taken and not yet finished.' }),
    delayed: z.int().meta({ description: 'Messages kept back: retries, and jobs scheduled for soon.' }),
    dead_letter_messages: z.int().meta({
      description:
        'Normally 0: they become job records at once, which `GET /ops/dead-letters` lists. If not, burying is broken.',
    }),
    pick_up_target: z.number().meta({ description: 'Seconds from message sent to processor started, as promised.' }),
    wait_limit: z.number().meta({ description: 'Seconds after which a step that has not started expires.' }),
  })
  .meta({ id: 'QueueState' });

export const QueueStats = z
  .object({
    at: z.iso.datetime(),
    queues: z.array(QueueState).meta({
      description:
        'Most urgent first. Counts are approximate and may be a minute late. Ages, rates and percentiles are in CloudWatch.',
    }),
  })
  .meta({ id: 'QueueStats' });
