import { SQSClient } from '@aws-sdk/client-sqs';
import { requestLimits } from '../request-limits.ts';

/** One client a function; short time-outs for the same reason as DynamoDB's. A message that could not be sent is sent by the reconciler. */
export function createSqsClient(): SQSClient {
  return new SQSClient({ maxAttempts: 2, requestHandler: requestLimits(500, 1_000) });
}
