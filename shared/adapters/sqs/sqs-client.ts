import { SQSClient } from '@aws-sdk/client-sqs';

/** One client a function; short time-outs for the same reason as DynamoDB's. A message that could not be sent is sent by the reconciler. */
export function createSqsClient(): SQSClient {
  return new SQSClient({ maxAttempts: 3, requestHandler: { connectionTimeout: 500, requestTimeout: 2_000 } });
}
