import * as z from 'zod';
import type { DynamoDb } from './aws/dynamodb/create-dynamodb.ts';
import type { S3 } from './aws/s3/create-s3.ts';
import type { Sqs } from './aws/sqs/create-sqs.ts';
import type { LocalQueue } from './aws/sqs/local-queue.ts';
import { readProperties } from './read-properties.ts';
import type { ResolvedResource, ResolvedTemplate } from './template/resolve.ts';
import type { Redelivery } from './time-lapse.ts';

/**
 * Creates the template's tables, buckets and queues, and answers the queues. What earlier starts stored in tables and buckets is found again.
 * `redelivery` may shorten a queue's visibility time-out.
 */
export function createStorage(
  template: ResolvedTemplate,
  services: { readonly dynamoDb: DynamoDb; readonly s3: S3; readonly sqs: Sqs },
  redelivery: Redelivery = () => undefined,
): readonly LocalQueue[] {
  for (const table of template.resourcesOf('AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable')) {
    services.dynamoDb.createTable(table.name, table.properties);
  }
  for (const bucket of template.resourcesOf('AWS::S3::Bucket')) {
    services.s3.createBucket(bucket.name, bucket.properties);
  }
  return deadLetterQueuesFirst(template.resourcesOf('AWS::SQS::Queue')).map(({ name, properties }) => {
    const VisibilityTimeout = redelivery(name) ?? properties.VisibilityTimeout;
    return services.sqs.createQueue(name, {
      ...properties,
      ...(VisibilityTimeout !== undefined && { VisibilityTimeout }),
    });
  });
}

const Redrive = z.looseObject({ RedrivePolicy: z.looseObject({ deadLetterTargetArn: z.string() }).optional() });

/** A queue can name its dead-letter queue only once that exists; a dead-letter queue never has one itself. */
function deadLetterQueuesFirst(queues: readonly ResolvedResource[]): ResolvedResource[] {
  const hasOne = (queue: ResolvedResource) => readProperties(Redrive, queue).RedrivePolicy !== undefined;
  return [...queues.filter((queue) => !hasOne(queue)), ...queues.filter(hasOne)];
}
